/// The members of a lane's line, each opened by the comma before it, its key and the colon.
extension JSONOutput {
  mutating func append(_ opening: StaticString, _ text: String) {
    append(raw: opening)
    append(text)
  }

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
    append(date: time.day)
    append(raw: "T")
    append(time.seconds / 3_600 % 24, width: 2)
    append(raw: ":")
    append(time.seconds / 60 % 60, width: 2)
    append(raw: ":")
    append(time.seconds % 60, width: 2)
    append(raw: "Z\"")
  }

  mutating func append(_ opening: StaticString, _ texts: [String]) {
    append(raw: opening)
    appendList(texts) { output, text in output.append(text) }
  }

  mutating func append(_ opening: StaticString, _ numbers: [Int]) {
    append(raw: opening)
    appendList(numbers) { output, number in output.append(number) }
  }

  mutating func append(_ opening: StaticString, _ days: DayRuns) {
    append(raw: opening)
    appendList(days.runs) { output, run in
      output.append(raw: "[\"")
      output.append(date: run.first)
      output.append(raw: "\",")
      output.append(run.length)
      output.append(raw: "]")
    }
  }

  /// Counts by case, those at zero left out.
  mutating func append<Key: RawRepresentable<String>>(_ opening: StaticString, _ counts: [Key: Int]) {
    append(raw: opening)
    append(counts: counts.lazy.filter { $0.value != 0 }.map { (key: $0.key.rawValue, value: $0.value) })
  }

  /// Counts by outcome, those at zero left out.
  mutating func append(_ opening: StaticString, _ counts: OutcomeCounts) {
    append(raw: opening)
    let named = [("denied", counts.denied), ("failed", counts.failed), ("success", counts.success)]
    append(sorted: named.lazy.filter { $0.1 > 0 }.map { (key: $0.0, value: $0.1) })
  }

  mutating func append(_ opening: StaticString, _ counts: BoundedCounts) {
    append(raw: opening)
    append(raw: "{")
    if counts.omittedValues > 0 {
      append(raw: #""omitted_observations":"#)
      append(counts.omittedObservations)
      append(raw: #","omitted_values":"#)
      append(counts.omittedValues)
      append(raw: ",")
    }
    append(raw: #""values":"#)
    append(sorted: counts.counts)
    append(raw: "}")
  }

  private mutating func append(counts: some Sequence<(key: String, value: Int)>) {
    append(sorted: counts.sorted { $0.key < $1.key })
  }

  private mutating func append(sorted: some Sequence<(key: String, value: Int)>) {
    append(raw: "{")
    for (index, entry) in sorted.enumerated() {
      if index > 0 { append(raw: ",") }
      append(entry.key)
      append(raw: ":")
      append(entry.value)
    }
    append(raw: "}")
  }

  private mutating func appendList<Element>(
    _ elements: [Element], _ appendElement: (inout JSONOutput, Element) -> Void
  ) {
    append(raw: "[")
    for (index, element) in elements.enumerated() {
      if index > 0 { append(raw: ",") }
      appendElement(&self, element)
    }
    append(raw: "]")
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
