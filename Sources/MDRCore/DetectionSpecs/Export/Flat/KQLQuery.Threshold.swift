extension KQLQuery {
  /// The events of each group by the minute, the windows that hold enough, and where their runs start.
  init(
    _ threshold: EventThreshold, _ predicate: RawPredicate, _ lowering: ExportLowering
  ) throws(ExportLimit) {
    var keys: [String] = []
    var values: [String] = []
    let derived = Self.derived(for: threshold.keys, and: threshold.distinct.map { [$0] } ?? [])
    let (source, rest, notes) = try Self.source(predicate, derived) { renderer throws(ExportLimit) in
      for key in threshold.keys { keys.append(try Self.text(of: key, lowering, &renderer)) }
      if let distinct = threshold.distinct { values = try Self.texts(of: distinct, lowering, &renderer) }
    }
    let names = keys.indices.map { "key\($0 + 1)" }
    let list = names.joined(separator: ", ")
    let filled = (names + values.indices.prefix(1).map { "value\($0 + 1)" }).map { "isnotempty(\($0))" }
    let columns =
      zip(names, keys).map { "\($0) = tostring(\($1))" }
      + values.enumerated().map { "value\($0 + 1) = tostring(\($1))" }
    let units =
      values.isEmpty
      ? ["matched | summarize n = count() by \(list), unit = slot"]
      : values.indices.map {
        "matched | summarize n = count() by \(list), unit = slot, value = value\($0 + 1)"
      }
    let total = values.isEmpty ? "sum(n)" : "array_length(make_set(value))"
    let lines =
      source.lets + [
        "let matched = " + source.events,
        (rest.map { "| where \($0)\n" } ?? "") + "| extend \(columns.joined(separator: ", "))",
        "| where \(filled.joined(separator: " and "))",
      ] + Self.timed + [
        "| extend slot = tolong(floor(seconds / 60.0, 1));",
        "let units = " + (units.count == 1 ? units[0] : "union (\(units.joined(separator: "), (")))") + ";",
        "let windows = matched", "| distinct \(list), slot", "| join kind=inner units on \(list)",
        "| where unit <= slot and unit > slot - \(threshold.minutes)",
        "| summarize first_slot = min(unit), total = \(total) by \(list), last_slot = slot",
        "| where total >= \(threshold.atLeast);", "let inside = windows",
        "| join kind=inner (windows | project \(list), other_first = first_slot, other_last = last_slot) on \(list)",
        "| where other_first < first_slot and other_last >= first_slot", "| distinct \(list), first_slot;",
        "windows", "| distinct \(list), first_slot", "| join kind=leftanti inside on \(list), first_slot",
        "| join kind=inner (matched | project \(list), first_slot = slot, seconds, AwsEventId, TimeGenerated) on \(list), first_slot",
        "| extend place = strcat(seconds, ' ', AwsEventId)",
        "| summarize arg_min(place, AwsEventId, TimeGenerated) by \(list), first_slot",
        "| project AwsEventId, TimeGenerated, \(list)",
      ]
    self.init(lines: lines, notes: notes + threshold.startNotes)
  }
}
