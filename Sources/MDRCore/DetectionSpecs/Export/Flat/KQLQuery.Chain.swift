extension KQLQuery {
  /// A chain: each group's first pass through all steps.
  ///
  /// Of the events of one step in one minute the first and the last count, as this engine keeps them.
  init(
    _ chain: EventChain, _ steps: [RawPredicate], _ lowering: ExportLowering
  ) throws(ExportLimit) {
    var keys: [String] = []
    var conditions: [String] = []
    let (source, _, notes) = try Self.source(
      Self.gate(steps), Self.derived(for: chain.keys)
    ) { renderer throws(ExportLimit) in
      for key in chain.keys { keys.append(try Self.text(of: key, lowering, &renderer)) }
      for step in steps { conditions.append(try renderer.condition(step, nil)) }
    }
    let names = keys.indices.map { "key\($0 + 1)" }
    let list = names.joined(separator: ", ")
    let columns = zip(names, keys).map { "\($0) = tostring(\($1))" }.joined(separator: ", ")
    let matched = conditions.enumerated().map { place, condition in
      "(timed | where \(condition)\n| project \(list), AwsEventId, TimeGenerated, slot, place, seconds, step = \(place + 1))"
    }
    let kept = "AwsEventId, TimeGenerated, seconds"
    var lines =
      source.lets + ["let timed = " + source.events, "| extend \(columns)"]
      + ["| where \(names.map { "isnotempty(\($0))" }.joined(separator: " and "))"] + Self.timed + [
        "| extend slot = tolong(floor(seconds / 60.0, 1)), place = strcat(seconds, ' ', AwsEventId);",
        "let matched = union \(matched.joined(separator: ",\n"));",
        "let ends = union (matched | summarize arg_min(place, \(kept)) by \(list), step, slot),",
        "(matched | summarize arg_max(place, \(kept)) by \(list), step, slot)",
        "| distinct \(list), step, place, \(kept);",
        "let pass1 = ends | where step == 1 | project \(list), \(Self.named(1));",
      ]
    for step in 2...max(2, steps.count) {
      let before = (1..<step).map { "id\($0), time\($0), seconds\($0), place\($0)" }.joined(separator: ", ")
      let others = (1..<step).map { "id\(step) != id\($0)" }.joined(separator: " and ")
      lines += [
        "let pass\(step) = pass\(step - 1)",
        "| join kind=inner (ends | where step == \(step) | project \(list), \(Self.named(step))) on \(list)",
        "| where seconds\(step) >= seconds\(step - 1) and \(others)",
        "| summarize arg_min(place\(step), id\(step), time\(step), seconds\(step)) by \(list), \(before)",
        "| where seconds\(step) <= seconds1 + \(chain.minutes * 60);",
      ]
    }
    let last = max(2, steps.count)
    let shown = (1...last).map { "id\($0), time\($0)" }.joined(separator: ", ")
    lines += [
      "pass\(last)", "| summarize arg_min(place1, \(shown)) by \(list)",
      "| project AwsEventId = id\(last), TimeGenerated = time\(last), \(list), "
        + (1..<last).map { "id\($0), time\($0)" }.joined(separator: ", "),
    ]
    self.init(lines: lines, notes: notes + chain.notes)
  }

  /// The columns of an event as the step of a pass.
  private static func named(_ step: Int) -> String {
    "id\(step) = AwsEventId, time\(step) = TimeGenerated, seconds\(step) = seconds, place\(step) = place"
  }

  /// What the table's own columns say of the steps, as a first choice among all events.
  private static func gate(_ steps: [RawPredicate]) throws(ExportLimit) -> RawPredicate {
    var gates: [RawPredicate] = []
    for step in steps { gates.append(.and(try step.split(KQLRenderer.isPlain).plain)) }
    return .or(gates)
  }
}
