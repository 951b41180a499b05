import Foundation

/// `business-baseline compare`: the same framework at two customers, and what it means at each.
package enum CompareBaselines {
  static let baselines = Option<[String]>.list(
    "--baseline", "DIR", help: "a folder written by business-baseline; give two")
  static let names = Option<[String]>.list(
    "--name", "NAME",
    help: "what to call a customer, in the order of the baselines; what tells the folders apart unless given")
  static let events = Option<[String]>.list(
    "--event", "EVENT", help: "one more row, such as iam.amazonaws.com:CreateUser; * and ? match anything")
  static let top = Option<Int>.number(
    "--top", in: 0...100, default: 0, help: "add the events whose share of all differs most")

  /// The command, for the executable.
  package static let command = Command(
    "compare", "prints what the same operations mean at two customers, and the numbers behind it",
    options: [baselines.declaration, names.declaration, events.declaration, top.declaration]
  ) { arguments, _ in
    let paths = try arguments(baselines)
    guard paths.count == 2 else {
      throw CommandError.usage(
        "two baselines are compared, not \(paths.count)", mend: "give --baseline twice")
    }
    let given = try arguments(names)
    guard given.isEmpty || given.count == 2 else {
      throw CommandError.usage(
        "there is a name for \(given.count) of two customers", mend: "give --name twice")
    }
    let loaded = try paths.map { path throws(CommandError) in try Baseline.load(path) }
    let titles = given.isEmpty ? names(of: paths) : given
    let extra = try arguments(events).map { ComparedOperation(name: $0, events: [$0.qualified]) }
    let apart = CustomerComparison.farthestApart(loaded, count: try arguments(top))
    let comparison = try CustomerComparison(
      loaded, names: titles, operations: ComparedOperation.reviewed + extra + apart)
    return CommandOutcome(
      summary: [String(comparison.document.rendered.dropLast())], json: comparison.json,
      caveats: zip(titles, loaded).flatMap { title, baseline in baseline.caveats.map { "\(title): \($0)" } })
  }

  /// The folders' names; where these are alike, as every case's `business-baseline` is, the last that differ above them.
  private static func names(of paths: [String]) -> [String] {
    let parts = paths.map { URL(fileURLWithPath: $0).standardizedFileURL.pathComponents.reversed() }
    let different = zip(parts[0], parts[1]).first { $0 != $1 }
    return different.map { [$0, $1] } ?? paths
  }
}

extension String {
  /// The event with its service; a name alone stands for that name in any service.
  fileprivate var qualified: String { contains(":") ? self : "*:" + self }
}

extension CustomerComparison {
  /// The page: the table of meanings first, then the numbers.
  var document: Document {
    var document = Document([
      .heading(1, "Same framework, different meaning"),
      .paragraph(
        """
        Each sentence is made from the customer's own baseline: how often, by whom, beside what else. A critical \
        outcome stays alertable at both, however often it recurs.
        """),
      .table(
        Table(
          ["Event"] + names.map { Column("\($0) interpretation") },
          rows: rows.map { row in
            let closes: Inline =
              row.evidence.isEmpty ? "" : .text(" Evidence: \(row.evidence.joined(separator: "; ")).")
            return [.text(row.operation)] + row.sides.map { .text($0.interpretation) + closes }
          })),
      .heading(2, "The customers"),
      .table(Table(["Measure"] + names.map { Column(.text($0), .trailing) }, rows: customers)),
      .heading(2, "The numbers behind it"),
    ])
    document.append(
      .table(
        Table(
          [
            "Event", "Customer", Column("Observations", .trailing), Column("Share", .trailing),
            Column("Lanes", .trailing), Column("Established", .trailing), Column("Accounts", .trailing),
            Column("Days", .trailing), "In a known lane", "From a new tuple",
          ],
          rows: rows.flatMap { row in
            zip(names, row.sides).map { name, side -> [Inline] in
              let facts = side.facts
              return [
                .text(row.operation), .text(name), "\(facts.observations)",
                Inline(stringLiteral: facts.share.percent),
                "\(facts.lanes)", "\(facts.established)", "\(facts.accounts)", "\(facts.days)",
                .text(side.knownPosition?.title ?? "no such lane"), .text(side.newPosition.title),
              ]
            }
          })))
    return document
  }

  private var customers: [[Inline]] {
    let counts: [(Inline, (Baseline) -> Int)] = [
      ("Observations", \.observations), ("Accounts", \.accounts.count), ("Days", \.window.days),
      ("Lanes", \.lanes.count),
    ]
    let totals = counts.map { title, count in [title] + baselines.map { "\(count($0))" } }
    let families = BusinessFamily.allCases.filter { family in
      baselines.contains { $0.families[family] ?? 0 > 0 }
    }
    return totals
      + families.map { family in
        [.text(family.title)]
          + baselines.map {
            Inline(stringLiteral: Share($0.families[family] ?? 0, of: $0.observations).percent)
          }
      }
  }

  /// The comparison for programs.
  var json: JSONValue {
    [
      "customers": JSONValue(names),
      "rows": .array(
        rows.map { row in
          [
            "event": .string(row.operation), "evidence": JSONValue(row.evidence),
            "sides": .array(
              zip(names, row.sides).map { name, side in
                [
                  "customer": .string(name), "interpretation": .string(side.interpretation),
                  "observations": .number(side.facts.observations),
                  "share": .decimal(side.facts.share.rounded), "lanes": .number(side.facts.lanes),
                  "established_lanes": .number(side.facts.established),
                  "accounts": .number(side.facts.accounts), "days": .number(side.facts.days),
                  "archetypes": .counts(side.facts.archetypes),
                  "known_lane_position": JSONValue(side.knownPosition?.rawValue),
                  "new_tuple_position": .string(side.newPosition.rawValue),
                ]
              }),
          ]
        }),
    ]
  }
}
