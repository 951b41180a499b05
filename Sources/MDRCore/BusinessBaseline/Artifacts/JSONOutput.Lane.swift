/// The members of a lane's line, each opened by the comma before it, its key and the colon.
extension JSONOutput {
  @inline(__always)
  mutating func append(_ opening: StaticString, _ text: String) {
    append(raw: opening)
    append(text)
  }

  @inline(__always)
  mutating func append(_ opening: StaticString, _ number: Int) {
    append(raw: opening)
    append(number)
  }

  mutating func append(_ opening: StaticString, _ value: JSONValue) {
    append(raw: opening)
    append(value)
  }

  mutating func append(_ opening: StaticString, _ time: Timestamp) {
    append(raw: opening)
    append(raw: "\"")
    let day = time.day
    append(date: day)
    let second = time.seconds - day * 86_400
    append(raw: "T")
    append(second / 3_600, width: 2)
    append(raw: ":")
    append(second / 60 % 60, width: 2)
    append(raw: ":")
    append(second % 60, width: 2)
    append(raw: "Z\"")
  }

  mutating func append(_ opening: StaticString, _ cases: [some RawRepresentable<String>]) {
    append(raw: opening)
    append(raw: "[")
    var isFirst = true
    for element in cases {
      if !isFirst { append(raw: ",") }
      isFirst = false
      append(element.rawValue)
    }
    append(raw: "]")
  }

  mutating func append(_ opening: StaticString, _ numbers: [Int]) {
    append(raw: opening)
    append(atMost: numbers.count * (DecimalDigits.longest + 1) + 2) { place in
      place.pointee = UInt8(ascii: "[")
      var end = 1
      for number in numbers {
        if end > 1 {
          place[end] = UInt8(ascii: ",")
          end += 1
        }
        end += DecimalDigits.write(number, to: place + end)
      }
      place[end] = UInt8(ascii: "]")
      return end + 1
    }
  }

  mutating func append(_ opening: StaticString, _ days: DayRuns) {
    append(raw: opening)
    append(raw: "[")
    var isFirst = true
    days.forEachRun { first, length in
      isFirst ? append(raw: "[\"") : append(raw: ",[\"")
      isFirst = false
      append(date: first)
      append(raw: "\",")
      append(length)
      append(raw: "]")
    }
    append(raw: "]")
  }

  /// Counts by case, those at zero left out.
  mutating func append<Key: RawRepresentable<String>>(_ opening: StaticString, _ counts: [Key: Int]) {
    append(raw: opening)
    var named: [(key: String, value: Int)] = []
    if !counts.isEmpty {
      for (key, count) in counts where count != 0 { named.append((key.rawValue, count)) }
      named.sort { $0.key < $1.key }
    }
    append(sorted: named)
  }

  /// Counts by outcome, those at zero left out.
  mutating func append(_ opening: StaticString, _ counts: OutcomeCounts) {
    append(raw: opening)
    append(raw: "{")
    var isFirst = true
    append(member: #""denied":"#, counts.denied, &isFirst)
    append(member: #""failed":"#, counts.failed, &isFirst)
    append(member: #""success":"#, counts.success, &isFirst)
    append(raw: "}")
  }

  private mutating func append(member key: StaticString, _ count: Int, _ isFirst: inout Bool) {
    guard count > 0 else { return }
    if !isFirst { append(raw: ",") }
    isFirst = false
    append(key, count)
  }

  mutating func append(_ opening: StaticString, _ counts: BoundedCounts) {
    append(raw: opening)
    if counts.omittedValues > 0 {
      append(#"{"omitted_observations":"#, counts.omittedObservations)
      append(#","omitted_values":"#, counts.omittedValues)
      append(raw: #","values":"#)
    } else {
      append(raw: #"{"values":"#)
    }
    append(sorted: counts.counts)
    append(raw: "}")
  }

  private mutating func append(sorted: some RandomAccessCollection<(key: String, value: Int)>) {
    guard !sorted.isEmpty else { return append(raw: "{}") }
    var isFirst = true
    for entry in sorted {
      isFirst ? append(raw: "{") : append(raw: ",")
      isFirst = false
      append(entry.key)
      append(raw: ":")
      append(entry.value)
    }
    append(raw: "}")
  }

  /// Appends a day counted from 1970-01-01 as a date.
  private mutating func append(date day: Int) {
    let (year, month, dayOfMonth) = Timestamp.civil(fromDay: day)
    append(year, width: 4)
    append(raw: "-")
    append(month, width: 2)
    append(raw: "-")
    append(dayOfMonth, width: 2)
  }
}
