extension KQLQuery {
  /// A change: each statement beside the last one that said anything of the same thing.
  init(
    _ change: StateChange, _ predicate: RawPredicate, _ lowering: ExportLowering
  ) throws(ExportLimit) {
    if let list = change.tests.first(where: \.comparesLists) {
      throw ExportLimit("it compares the list in \(list.path) with the one last seen")
    }
    var keys: [String] = []
    var values: [String] = []
    let derived = Self.derived(for: change.keys, and: change.tests.map(\.path))
    let (source, rest, notes) = try Self.source(predicate, derived) { renderer throws(ExportLimit) in
      for key in change.keys { keys.append(try Self.text(of: key, lowering, &renderer)) }
      for test in change.tests { values.append(try Self.texts(of: test.path, lowering, &renderer)[0]) }
    }
    let names = keys.indices.map { "key\($0 + 1)" }
    let list = names.joined(separator: ", ")
    let columns =
      zip(names, keys).map { "\($0) = tostring(\($1))" }
      + values.enumerated().map { "value\($0 + 1) = tostring(\($1))" }
    // A setting that is left out stays as it was: each is compared among the statements that name it.
    let stated = change.tests.indices.map { place in
      "(matched | where isnotempty(value\(place + 1))\n"
        + "| project \(list), AwsEventId, TimeGenerated, place, test = \(place + 1), now = value\(place + 1))"
    }
    let tests = change.tests.enumerated().map { place, test in
      let holds =
        switch test.kind {
        case .lowered: "\(Self.number("now")) < \(Self.number("before"))"
        case .raised: "\(Self.number("now")) > \(Self.number("before"))"
        case .changed, .lost, .gained: "now != before"
        }
      return "(test == \(place + 1) and \(holds))"
    }
    self.init(
      lines: source.lets + ["let matched = " + source.events]
        + (rest.map { ["| where \($0)"] } ?? []) + ["| extend \(columns.joined(separator: ", "))"]
        + ["| where \(names.map { "isnotempty(\($0))" }.joined(separator: " and "))"] + Self.timed + [
          "| extend place = strcat(seconds, ' ', AwsEventId);",
          "let stated = \(stated.count == 1 ? stated[0] : "union \(stated.joined(separator: ",\n"))");",
          "stated",
          "| join kind=inner (stated | project \(list), test, place_before = place, before = now) on \(list), test",
          "| where place_before < place",
          "| summarize arg_max(place_before, before) by \(list), test, AwsEventId, TimeGenerated, now",
          "| where \(tests.joined(separator: " or "))", "| distinct AwsEventId, TimeGenerated, \(list)",
        ],
      notes: notes + StateChange.notes)
  }

  /// A text as a number, with the truth values as one and nought.
  private static func number(_ text: String) -> String {
    "case(\(text) =~ 'true', 1.0, \(text) =~ 'false', 0.0, todouble(\(text)))"
  }
}
