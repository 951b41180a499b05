/// Writes JSON into room that was asked for beforehand, and stops the program rather than go beyond it.
///
/// A line of many members is written through two addresses, without a look at the growing buffer for each of them.
struct JSONCursor {
  /// Where the next byte goes.
  private(set) var place: UnsafeMutablePointer<UInt8>
  private let end: UnsafeMutablePointer<UInt8>
  /// The date written last: the moments of a line often share theirs.
  private var date = DateText()

  /// A cursor over room for `size` bytes from `place` on, which outlives it.
  init(_ place: UnsafeMutablePointer<UInt8>, _ size: Int) {
    self.place = place
    end = place + size
  }

  /// Bytes that a quoted text takes at most.
  static func longest(_ text: String) -> Int { text.utf8.count * JSONEscaping.longest + 2 }

  /// The same of a text's bytes.
  @inline(__always)
  static func longest(_ text: UnsafeBufferPointer<UInt8>) -> Int { text.count * JSONEscaping.longest + 2 }

  @inline(__always)
  private func requireRoom(_ size: Int) {
    precondition(end - place >= size, "a line is longer than the room that was asked for")
  }

  /// Gives the place for bytes that are written next.
  @inline(__always)
  mutating func take(_ size: Int) -> UnsafeMutablePointer<UInt8> {
    requireRoom(size)
    let start = place
    place += size
    return start
  }

  /// Writes bytes as they are.
  @inline(__always)
  mutating func write(_ text: StaticString) {
    take(text.utf8CodeUnitCount).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// Writes an ASCII character as it is.
  @inline(__always)
  mutating func write(mark: Unicode.Scalar) { take(1).pointee = UInt8(truncatingIfNeeded: mark.value) }

  /// Writes bytes as they are, and then a quoted, escaped string.
  @inline(__always)
  mutating func write(_ opening: StaticString, _ text: String) {
    write(opening)
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { quote($0) }
    if isDone == nil {
      var text = text
      text.withUTF8 { quote($0) }
    }
  }

  /// Writes bytes as they are, and then a quoted, escaped text.
  @inline(__always)
  mutating func write(_ opening: StaticString, _ text: UnsafeBufferPointer<UInt8>) {
    write(opening)
    quote(text)
  }

  private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
    requireRoom(text.count + 2)
    place.pointee = 0x22
    if JSONEscaping.copyPlain(text, to: place + 1) {
      place[text.count + 1] = 0x22
      place += text.count + 2
    } else {
      escape(text)
    }
  }

  @inline(never)
  private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
    requireRoom(text.count * JSONEscaping.longest + 2)
    let length = JSONEscaping.escape(text, to: place + 1)
    place[length + 1] = 0x22
    place += length + 2
  }

  /// Writes bytes as they are, and then a text that is JSON already.
  mutating func write(_ opening: StaticString, json text: String) {
    write(opening)
    for byte in text.utf8 { take(1).pointee = byte }
  }

  /// Writes bytes as they are, and then the name of a case, which nothing in has to be escaped.
  @inline(__always)
  mutating func write(_ opening: StaticString, _ name: some RawRepresentable<String>) {
    write(opening, name.rawValue)
  }

  /// Writes bytes as they are, and then a whole number.
  @inline(__always)
  mutating func write(_ opening: StaticString, _ number: Int) {
    write(opening)
    requireRoom(DecimalDigits.longest)
    place += DecimalDigits.write(number, to: place)
  }

  /// Writes bytes as they are, and then a number of thousandths as a decimal, spelled as a `Double` is.
  mutating func write(_ opening: StaticString, thousandths number: Int) {
    guard number >= 0, number < 1_000_000 else {
      return write(opening, json: "\(Double(number) / 1_000)")
    }
    write(opening, number / 1_000)
    write(mark: ".")
    var rest = number % 1_000
    repeat {
      take(1).pointee = 0x30 + UInt8(rest / 100)
      rest = rest % 100 * 10
    } while rest > 0
  }

  /// Writes bytes as they are, and then a moment.
  mutating func write(_ opening: StaticString, _ time: Timestamp) {
    let day = time.day
    guard date.isOf(day) else { return write(opening, time.iso8601) }
    write(opening)
    let second = time.seconds - day * 86_400
    let place = take(22)
    place[0] = UInt8(ascii: "\"")
    date.write(to: place + 1)
    place[11] = UInt8(ascii: "T")
    DecimalDigits.write(twoOf: second / 3_600, to: place + 12)
    place[14] = UInt8(ascii: ":")
    DecimalDigits.write(twoOf: second / 60 % 60, to: place + 15)
    place[17] = UInt8(ascii: ":")
    DecimalDigits.write(twoOf: second % 60, to: place + 18)
    place[20] = UInt8(ascii: "Z")
    place[21] = UInt8(ascii: "\"")
  }

  /// Writes the date of a day counted from 1970-01-01, quoted.
  @inline(__always)
  mutating func write(dateOf day: Int) {
    guard date.isOf(day) else { return write("", Timestamp.startOfDay(day).date) }
    let place = take(12)
    place[0] = UInt8(ascii: "\"")
    date.write(to: place + 1)
    place[11] = UInt8(ascii: "\"")
  }
}

/// The ten bytes of a date.
private struct DateText {
  /// Days since 1970-01-01.
  private var day = Int.min
  private var yearAndMonth: UInt64 = 0
  private var dayOfMonth: UInt16 = 0

  /// Makes this the text of a day; not where four digits can't write the year.
  @inline(__always)
  mutating func isOf(_ day: Int) -> Bool { self.day == day || becomes(day) }

  @inline(never)
  private mutating func becomes(_ day: Int) -> Bool {
    let date = Timestamp.civil(fromDay: day)
    guard (0..<10_000).contains(date.year) else { return false }
    self.day = day
    withUnsafeMutableBytes(of: &yearAndMonth) { bytes in
      guard let place = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
      DecimalDigits.write(twoOf: date.year / 100, to: place)
      DecimalDigits.write(twoOf: date.year, to: place + 2)
      place[4] = UInt8(ascii: "-")
      DecimalDigits.write(twoOf: date.month, to: place + 5)
      place[7] = UInt8(ascii: "-")
    }
    withUnsafeMutableBytes(of: &dayOfMonth) { bytes in
      guard let place = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
      DecimalDigits.write(twoOf: date.day, to: place)
    }
    return true
  }

  @inline(__always)
  func write(to place: UnsafeMutablePointer<UInt8>) {
    let raw = UnsafeMutableRawPointer(place)
    raw.storeBytes(of: yearAndMonth, as: UInt64.self)
    raw.storeBytes(of: dayOfMonth, toByteOffset: 8, as: UInt16.self)
  }
}
