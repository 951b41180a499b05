/// A time as exporters write it: as CloudTrail does, as a number since 1970, or as a spreadsheet shows it.
struct ExportedTime {
  let timestamp: Timestamp
  /// How an ambiguous spelling was read.
  let note: String?

  private init(timestamp: Timestamp, note: String? = nil) {
    self.timestamp = timestamp
    self.note = note
  }

  init?(_ value: JSONValue) {
    if let number = value.double {
      self.init(number: number)
    } else if let text = value.string {
      if let time = Timestamp(parsing: text) {
        self.init(timestamp: time)
      } else if let number = Double(text) {
        self.init(number: number)
      } else {
        self.init(date: text)
      }
    } else {
      return nil
    }
  }

  /// Seconds, milliseconds, microseconds or nanoseconds: logs begin with CloudTrail, in 2013.
  private init?(number: Double) {
    guard number >= 1e9, number < 9e18 else { return nil }
    var seconds = Int(number)
    while seconds > 100_000_000_000 { seconds /= 1_000 }
    self.init(timestamp: Timestamp(seconds: seconds))
  }

  /// `29/03/2025, 11:10:09.000` and `3/29/2025, 11:10:09.000 AM`.
  ///
  /// Clocks of twelve hours go with the month first; otherwise the day is first, unless it can't be.
  private init?(date text: String) {
    let parts = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\u{202F}" })
    guard (1...3).contains(parts.count) else { return nil }
    let numbers = parts[0].split(separator: "/").compactMap { Int($0) }
    guard numbers.count == 3, numbers[2] >= 2_000, numbers[2] < 10_000 else { return nil }
    let half = parts.count == 3 ? parts[2].uppercased() : nil
    let monthFirst = numbers[1] > 12 || half != nil && numbers[0] <= 12
    let (day, month) = monthFirst ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
    var clock = (parts.count > 1 ? parts[1] : "00:00:00").split(separator: ":").map(String.init)
    guard clock.count >= 2, var hour = Int(clock[0]) else { return nil }
    switch half {
    case "AM": hour %= 12
    case "PM": hour = hour % 12 + 12
    case nil: break
    default: return nil
    }
    clock[0] = Self.twoDigits(hour)
    let date = "\(numbers[2])-\(Self.twoDigits(month))-\(Self.twoDigits(day))"
    guard let time = Timestamp(parsing: date + "T" + clock.joined(separator: ":")) else { return nil }
    let isAmbiguous = numbers[0] <= 12 && numbers[1] <= 12 && numbers[0] != numbers[1]
    self.init(
      timestamp: time,
      note: isAmbiguous
        ? "event_time: \(parts[0]) read with the \(monthFirst ? "month" : "day") first" : nil)
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
