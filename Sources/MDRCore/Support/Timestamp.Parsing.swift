extension Timestamp {
  /// Reads a time as logs and people write it, or gives `nil`.
  ///
  /// `2026-01-31`, `2026-01-31T06:00:00Z`, with a space for the `T`, with a fraction of a second, with an
  /// offset such as `+11:00`; a time without an offset is UTC. Sub-second digits are dropped.
  package init?(parsing text: String) {
    var text = text
    guard let time = text.withUTF8({ Timestamp(utf8: $0) }) else { return nil }
    self = time
  }

  /// Reads a time from its bytes.
  package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    if let usual = Self(usual: bytes) {
      self = usual
      return
    }
    var reader = DigitReader(bytes: bytes)
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
      let day = reader.number(2), (1...12).contains(month), day >= 1,
      day <= Self.lengthOfMonth(month, year: year)
    else { return nil }
    let start = Self.day(year: year, month: month, day: day) * 86_400
    if reader.isAtEnd {
      self.init(seconds: start)
      return
    }
    guard reader.skip("T") || reader.skip(" ") || reader.skip("t"), let hour = reader.number(2), hour < 24,
      reader.skip(":"), let minute = reader.number(2), minute < 60
    else { return nil }
    var second = 0
    if reader.skip(":") {
      // 60 is a leap second, which CloudTrail's clock never shows but other exporters do.
      guard let value = reader.number(2), value <= 60 else { return nil }
      second = min(value, 59)
      if reader.skip(".") || reader.skip(",") { guard reader.skipDigits() else { return nil } }
    }
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    let seconds = start + hour * 3_600 + minute * 60 + second - offset
    // An offset may lead out of the years that four digits can write.
    guard Self.writable.contains(seconds) else { return nil }
    self.init(seconds: seconds)
  }

  /// A time as CloudTrail writes it, `2026-01-31T06:00:00Z`; `nil` for any other.
  @inline(__always)
  fileprivate init?(usual bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 20, let base = bytes.baseAddress,
      let date = EightDigits(base, "0000-00-"), let middle = EightDigits(base + 8, "00T00:00"),
      let end = EightDigits(base + 12, "0:00:00Z")
    else { return nil }
    let year = date.pair(0) * 100 + date.pair(2)
    let (month, day) = (date.pair(5), middle.pair(0))
    let (hour, minute, second) = (middle.pair(3), middle.pair(6), end.pair(5))
    guard (1...12).contains(month), day >= 1, day <= Self.lengthOfMonth(month, year: year), hour < 24,
      minute < 60,
      second < 60
    else { return nil }
    self.init(
      seconds: Self.day(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second)
  }

  /// 0000-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
  private static let writable = -62_167_219_200...253_402_300_799

  private static func lengthOfMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// Reads times that are mostly written as CloudTrail does and of the same hour as the one before.
struct TimestampReader {
  /// The first thirteen bytes of the usual time that was read last, and the hour's first second.
  private var date: UInt64 = 0
  private var hour: UInt64 = 0
  private var start = 0

  /// Reads a time from its bytes.
  @inline(__always)
  mutating func time(_ bytes: UnsafeBufferPointer<UInt8>) -> Timestamp? {
    guard bytes.count == 20, let base = bytes.baseAddress else { return Timestamp(utf8: bytes) }
    let (date, hour) = (EightDigits.word(base), EightDigits.word(base + 8) & 0xFF_FFFF_FFFF)
    if date == self.date, hour == self.hour, let end = EightDigits(base + 12, "0:00:00Z") {
      let (minute, second) = (end.pair(2), end.pair(5))
      if minute < 60, second < 60 { return Timestamp(seconds: start + minute * 60 + second) }
    }
    guard let time = Timestamp(usual: bytes) else { return Timestamp(utf8: bytes) }
    (self.date, self.hour, start) = (date, hour, (time.day * 24 + time.hour) * 3_600)
    return time
  }
}

/// Eight bytes, read at once, that are decimal digits and marks between them.
private struct EightDigits {
  /// The digits' values, and zeros for the marks, the first in the lowest byte.
  private let values: UInt64

  /// Reads eight bytes that look like a form, in which `0` stands for any digit; `nil` where they don't.
  @inline(__always)
  init?(_ bytes: UnsafePointer<UInt8>, _ form: StaticString) {
    let high: UInt64 = 0x8080_8080_8080_8080
    let expected = Self.word(form.utf8Start)
    // What differs from the form: at most 9 for a digit, nothing for a mark.
    let values = Self.word(bytes) ^ expected
    let areMarks = ((expected ^ 0x3030_3030_3030_3030) &+ 0x7F7F_7F7F_7F7F_7F7F) & high
    let excess = 0x7676_7676_7676_7676 &+ (areMarks >> 7) &* 9
    guard (values | (values &+ excess)) & high == 0 else { return nil }
    self.values = values
  }

  static func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }

  /// The number that two digits at a place write.
  @inline(__always)
  func pair(_ place: UInt64) -> Int {
    Int(values >> (place * 8) & 15) * 10 + Int(values >> (place * 8 + 8) & 15)
  }
}

/// A cursor over fixed-width decimal fields.
private struct DigitReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  var isAtEnd: Bool { position == bytes.count }

  mutating func number(_ width: Int) -> Int? {
    guard position + width <= bytes.count else { return nil }
    var value = 0
    for index in position..<position + width {
      guard case 0x30...0x39 = bytes[index] else { return nil }
      value = value * 10 + Int(bytes[index] & 15)
    }
    position += width
    return value
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(character.value) else { return false }
    position += 1
    return true
  }

  mutating func skipDigits() -> Bool {
    let start = position
    while position < bytes.count, case 0x30...0x39 = bytes[position] { position += 1 }
    return position > start
  }

  /// Seconds east of UTC; none written means UTC.
  mutating func offset() -> Int? {
    if isAtEnd || skip("Z") || skip("z") { return 0 }
    _ = skip(" ")
    if skip("U") { return skip("T") && skip("C") ? 0 : nil }
    let sign: Int
    if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
    guard let hours = number(2), hours <= 18 else { return nil }
    _ = skip(":")
    let minutes = isAtEnd ? 0 : number(2)
    guard let minutes, minutes < 60 else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }
}
