extension AccountModel {
  /// The orders in which an actor's changes recur here, the most frequent first.
  var sequences: [Block] {
    let own = model.baseline.sequences.filter { $0.account == account.id }
      .sorted { ($1.runs, $0.actor, $0.title) < ($0.runs, $1.actor, $1.title) }
    guard !own.isEmpty else { return [] }
    let rows = own.prefix(OperatingModel.shortLimit).map { sequence -> [Inline] in
      [
        .code(sequence.actor), .code(sequence.title),
        "\(sequence.runs) of \(sequence.runsOfActor)", "\(sequence.days)",
        "\(Self.duration(sequence.seconds))",
      ]
    }
    return [
      .heading(3, "In which order"),
      .table(
        Table(
          [
            "Actor", "Changes of one run", Column("Runs in this order", .trailing), Column("Days", .trailing),
            Column("Takes", .trailing),
          ], rows: Array(rows))),
    ]
      + (own.count > OperatingModel.shortLimit
        ? [.paragraph("\(own.count - OperatingModel.shortLimit) more are in `sequences.jsonl`.")] : [])
  }

  /// A length of time in its largest fitting unit.
  private static func duration(_ seconds: Int) -> String {
    seconds < 120 ? "\(seconds) s" : seconds < 7_200 ? "\(seconds / 60) min" : "\(seconds / 3_600) h"
  }
}
