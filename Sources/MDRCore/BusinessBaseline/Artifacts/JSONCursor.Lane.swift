/// The members of a lane's line, each opened by the comma before it, its key and the colon.
extension JSONCursor {
  mutating func write(_ opening: StaticString, _ classes: OverrideClasses) {
    write(opening)
    var isFirst = true
    for element in classes {
      write(mark: isFirst ? "[" : ",")
      write("", element)
      isFirst = false
    }
    if isFirst { write(mark: "[") }
    write(mark: "]")
  }

  mutating func write(_ opening: StaticString, _ hours: HoursOfDay) {
    write(opening)
    var isFirst = true
    for hour in hours {
      write(mark: isFirst ? "[" : ",")
      write("", hour)
      isFirst = false
    }
    if isFirst { write(mark: "[") }
    write(mark: "]")
  }

  mutating func write(_ opening: StaticString, days: some RandomAccessCollection<Int>) {
    write(opening)
    write(mark: "[")
    var isFirst = true
    days.forEachRun { first, length in
      if !isFirst { write(mark: ",") }
      isFirst = false
      write(mark: "[")
      write(dateOf: first)
      write(",", length)
      write(mark: "]")
    }
    write(mark: "]")
  }

  /// Counts by case, those at zero left out.
  mutating func write<Key: RawRepresentable<String>>(_ opening: StaticString, _ counts: [Key: Int]) {
    write(opening)
    guard !counts.isEmpty else { return write("{}") }
    write(NamedCounts(counts.lazy.filter { $0.value != 0 }.map { (key: $0.key.rawValue, value: $0.value) }))
  }

  /// Counts by case, those at zero left out.
  mutating func write(_ opening: StaticString, _ counts: FewCounts<some RawRepresentable<String>>) {
    write(opening)
    write(
      NamedCounts(
        counts.entries.lazy.filter { $0.count != 0 }.map { (key: $0.value.rawValue, value: $0.count) }))
  }

  /// Counts by outcome, those at zero left out.
  mutating func write(_ opening: StaticString, _ counts: OutcomeCounts) {
    write(opening)
    var isFirst = true
    if counts.denied > 0 { write(member: #""denied":"#, counts.denied, &isFirst) }
    if counts.failed > 0 { write(member: #""failed":"#, counts.failed, &isFirst) }
    if counts.success > 0 { write(member: #""success":"#, counts.success, &isFirst) }
    if isFirst { write(mark: "{") }
    write(mark: "}")
  }

  @inline(__always)
  private mutating func write(member key: StaticString, _ count: Int, _ isFirst: inout Bool) {
    write(mark: isFirst ? "{" : ",")
    isFirst = false
    write(key, count)
  }

  /// The names of a list with their counts, and the sum of those that aren't listed.
  @inline(__always)
  mutating func write(
    _ opening: StaticString, list: LaneRecord.List, of lane: LaneRecord, _ names: LaneNameBytes,
    _ rarities: LaneRarities
  ) {
    write(opening)
    let omitted = rarities.omitted(list)
    if omitted.values > 0 {
      write(#"{"omitted_observations":"#, omitted.observations)
      write(#","omitted_values":"#, omitted.values)
      write(#","values":"#)
    } else {
      write(#"{"values":"#)
    }
    write(lane.entries(list), names)
    write(mark: "}")
  }

  private mutating func write(_ entries: LaneRecord.Entries, _ names: LaneNameBytes) {
    var isFirst = true
    for entry in entries {
      write(isFirst ? "{" : ",", names[entry.value])
      isFirst = false
      write(":", entry.count)
    }
    if isFirst { write(mark: "{") }
    write(mark: "}")
  }

  private mutating func write(_ counts: NamedCounts) {
    var isFirst = true
    counts.forEachName { name, count in
      write(mark: isFirst ? "{" : ",")
      write("", name)
      isFirst = false
      write(":", count)
    }
    if isFirst { write(mark: "{") }
    write(mark: "}")
  }
}
