extension AccountModel {
  /// Each actor with the families it works in, and how much of its next day should be known.
  var actorTable: [Block] {
    let leading = actors.first(OperatingModel.laneLimit) {
      ($1.observations, $0.actor) < ($0.observations, $1.actor)
    }
    let rows = leading.map { actor -> [Inline] in
      let families = actor.families.ranked.prefix(3).map { family, count in
        "\(family.title) \(Share(count, of: actor.observations).percent)"
      }
      return [
        .code(actor.actor), .text(actor.archetype.title), .text(families.joined(separator: "; ")),
        "\(actor.establishedLanes) of \(actor.lanes)", "\(actor.maturity.days)",
        MaturityWording(maturity: actor.maturity).recognised,
      ]
    }
    return [
      .table(
        Table(
          [
            "Actor", "Archetype", "Families expected of it", Column("Lanes established", .trailing),
            Column("Days", .trailing), Column("Next day known", .trailing),
          ], rows: rows))
    ]
      + (actors.count > OperatingModel.laneLimit
        ? [.paragraph("\(actors.count - OperatingModel.laneLimit) more are in `actors.jsonl`.")] : [])
  }

  /// Lanes that missed their beat at the end of the window: jobs that stopped, or were stopped.
  var silences: [Block] {
    let end = model.baseline.window.end
    let silent = facts.regular.filter { $0.cadence?.isOverdue(at: end, after: $0.lastSeen) == true }
      .sorted { ($1.lastSeen, $0.key) < ($0.lastSeen, $1.key) }
    guard !silent.isEmpty else { return [] }
    let rows = silent.prefix(OperatingModel.shortLimit).map { lane -> [Inline] in
      [
        .code(lane.key.actor), .code(lane.eventName), .text(lane.cadence?.description ?? ""),
        Inline(stringLiteral: lane.lastSeen.date),
      ]
    }
    return [
      .heading(3, "Regular, and overdue at the end"),
      .table(Table(["Actor", "Event", "Beat", "Last seen"], rows: Array(rows))),
    ] + remainder(silent.count, OperatingModel.shortLimit)
  }
}
