/// A moment in UTC, in whole seconds since 1970 like CloudTrail's own `eventTime`.
package struct Timestamp: BitwiseCopyable, Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package let seconds: Int

  package init(seconds: Int) { self.seconds = seconds }

  package static func < (one: Timestamp, other: Timestamp) -> Bool { one.seconds < other.seconds }

  /// Days since 1970-01-01.
  package var day: Int { Self.floorDivide(seconds, 86_400) }

  /// The hour of the day, 0 to 23.
  package var hour: Int { Self.floorDivide(seconds, 3_600) - day * 24 }

  /// The moment as `2026-01-31T06:00:00Z`.
  package var iso8601: String {
    let (year, month, dayOfMonth) = Self.civil(fromDay: day)
    let second = seconds - day * 86_400
    guard (0...9_999).contains(year) else {
      return Self.longText(year, month, dayOfMonth, second)
    }
    return String(unsafeUninitializedCapacity: 20) { text in
      var place = 0
      func append(_ value: Int, behind sign: StaticString = "") {
        if sign.utf8CodeUnitCount == 1 {
          text[place] = sign.utf8Start[0]
          place += 1
        }
        text[place] = 0x30 + UInt8(value / 10)
        text[place + 1] = 0x30 + UInt8(value % 10)
        place += 2
      }
      append(year / 100)
      append(year % 100)
      append(month, behind: "-")
      append(dayOfMonth, behind: "-")
      append(second / 3_600, behind: "T")
      append(second / 60 % 60, behind: ":")
      append(second % 60, behind: ":")
      text[place] = UInt8(ascii: "Z")
      return place + 1
    }
  }

  /// The same for a year that four digits can't write.
  private static func longText(_ year: Int, _ month: Int, _ dayOfMonth: Int, _ second: Int) -> String {
    Self.digits(year, 4) + "-" + Self.digits(month, 2) + "-" + Self.digits(dayOfMonth, 2) + "T"
      + Self.digits(second / 3_600, 2) + ":" + Self.digits(second / 60 % 60, 2) + ":"
      + Self.digits(second % 60, 2) + "Z"
  }

  /// The date as `2026-01-31`.
  package var date: String { String(iso8601.prefix(10)) }

  /// The moment some seconds later.
  package func adding(_ count: Int) -> Timestamp { Timestamp(seconds: seconds + count) }

  /// The moment at the start of a day counted from 1970-01-01.
  package static func startOfDay(_ day: Int) -> Timestamp { Timestamp(seconds: day * 86_400) }

  private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }

  private static func digits(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// Howard Hinnant's civil-from-days algorithm for the proleptic Gregorian calendar.
  static func civil(fromDay day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  static func day(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
