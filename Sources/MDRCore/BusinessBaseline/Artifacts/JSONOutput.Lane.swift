/// The members of a lane's line, each opened by the comma before it, its key and the colon.
extension JSONOutput {
  mutating func append(_ opening: StaticString, _ value: JSONValue) {
    append(raw: opening)
    append(value)
  }

  mutating func append(_ opening: StaticString, _ time: Timestamp) {
    append(raw: opening)
    let day = time.day
    let (year, month, dayOfMonth) = Timestamp.civil(fromDay: day)
    guard Self.fourDigits.contains(year) else { return append(time.iso8601) }
    let second = time.seconds - day * 86_400
    append(atMost: 22) { place in
      place[0] = UInt8(ascii: "\"")
      Self.write(year, month, dayOfMonth, to: place + 1)
      place[11] = UInt8(ascii: "T")
      DecimalDigits.write(twoOf: second / 3_600, to: place + 12)
      place[14] = UInt8(ascii: ":")
      DecimalDigits.write(twoOf: second / 60 % 60, to: place + 15)
      place[17] = UInt8(ascii: ":")
      DecimalDigits.write(twoOf: second % 60, to: place + 18)
      place[20] = UInt8(ascii: "Z")
      place[21] = UInt8(ascii: "\"")
      return 22
    }
  }

  /// Years that a date writes with four digits.
  private static let fourDigits = 0..<10_000

  /// Writes a date of ten bytes.
  @inline(__always)
  private static func write(_ year: Int, _ month: Int, _ day: Int, to place: UnsafeMutablePointer<UInt8>) {
    DecimalDigits.write(twoOf: year / 100, to: place)
    DecimalDigits.write(twoOf: year, to: place + 2)
    place[4] = UInt8(ascii: "-")
    DecimalDigits.write(twoOf: month, to: place + 5)
    place[7] = UInt8(ascii: "-")
    DecimalDigits.write(twoOf: day, to: place + 8)
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

  mutating func append(_ opening: StaticString, _ hours: HoursOfDay) {
    append(raw: opening)
    append(atMost: 24 * 3 + 1) { place in
      place.pointee = UInt8(ascii: "[")
      var end = 1
      for hour in hours {
        end += DecimalDigits.write(hour, to: place + end)
        place[end] = UInt8(ascii: ",")
        end += 1
      }
      // The last comma becomes the end of the list.
      if end > 1 { end -= 1 }
      place[end] = UInt8(ascii: "]")
      return end + 1
    }
  }

  mutating func append(_ opening: StaticString, _ days: DayRuns) {
    append(raw: opening)
    append(raw: "[")
    var isFirst = true
    days.forEachRun { first, length in
      isFirst ? append(raw: "[") : append(raw: ",[")
      isFirst = false
      let (year, month, day) = Timestamp.civil(fromDay: first)
      if Self.fourDigits.contains(year) {
        append(atMost: 12) { place in
          place[0] = UInt8(ascii: "\"")
          Self.write(year, month, day, to: place + 1)
          place[11] = UInt8(ascii: "\"")
          return 12
        }
      } else {
        append(Timestamp.startOfDay(first).date)
      }
      append(",", length)
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
    append(NamedCounts(sorted: named))
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
    append(counts.counts)
    append(raw: "}")
  }

  private mutating func append(_ counts: NamedCounts) {
    guard !counts.isEmpty else { return append(raw: "{}") }
    var isFirst = true
    counts.forEachName { name, count in
      isFirst ? append("{", name) : append(",", name)
      isFirst = false
      append(":", count)
    }
    append(raw: "}")
  }
}
