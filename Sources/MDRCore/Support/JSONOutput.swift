/// A growing buffer of JSON bytes with deterministic spelling.
package struct JSONOutput: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init(reserving capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// The bytes as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Empties the buffer and keeps its room.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Appends bytes as they are.
  package mutating func append(raw text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Appends bytes as they are.
  package mutating func append(raw slice: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: slice) }

  /// Appends bytes as they are.
  package mutating func append(raw slice: [UInt8]) { bytes.append(contentsOf: slice) }

  /// Appends a quoted, escaped string.
  package mutating func append(_ text: String) {
    bytes.append(0x22)
    var text = text
    text.withUTF8 { appendEscaped($0) }
    bytes.append(0x22)
  }

  /// Appends a whole number.
  package mutating func append(_ number: Int) {
    guard number >= 10 else {
      if number >= 0 {
        bytes.append(0x30 + UInt8(number))
      } else {
        bytes.append(contentsOf: "\(number)".utf8)
      }
      return
    }
    var place = 10
    while number / place >= 10 { place *= 10 }
    append(digitsOf: number, from: place)
  }

  /// Appends a number that isn't negative, with zeros before it up to a width.
  mutating func append(_ number: Int, width: Int) {
    var place = 1
    for _ in 1..<width { place *= 10 }
    guard number < place * 10 else { return append(number) }
    append(digitsOf: number, from: place)
  }

  /// Appends the digits of a number below ten times `place`, a power of ten.
  private mutating func append(digitsOf number: Int, from place: Int) {
    var (rest, place) = (number, place)
    while place > 0 {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: rest / place))
      rest %= place
      place /= 10
    }
  }

  /// Appends a value on one line, keys sorted.
  package mutating func append(_ value: JSONValue) {
    switch value {
    case .null: append(raw: "null")
    case .bool(let flag): flag ? append(raw: "true") : append(raw: "false")
    case .number(let number): append(number)
    case .decimal(let number): appendDecimal(number)
    case .string(let text): append(text)
    case .array(let elements):
      bytes.append(0x5B)
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        append(element)
      }
      bytes.append(0x5D)
    case .object(let members):
      bytes.append(0x7B)
      for (index, key) in members.keys.sorted().enumerated() {
        if index > 0 { bytes.append(0x2C) }
        append(key)
        bytes.append(0x3A)
        append(members[key] ?? .null)
      }
      bytes.append(0x7D)
    }
  }

  mutating func appendPretty(_ value: JSONValue, indent: Int) {
    switch value {
    case .array(let elements) where !elements.isEmpty:
      bytes.append(0x5B)
      for (index, element) in elements.enumerated() {
        newLine(indent + 1, comma: index > 0)
        appendPretty(element, indent: indent + 1)
      }
      newLine(indent, comma: false)
      bytes.append(0x5D)
    case .object(let members) where !members.isEmpty:
      bytes.append(0x7B)
      for (index, key) in members.keys.sorted().enumerated() {
        newLine(indent + 1, comma: index > 0)
        append(key)
        append(raw: ": ")
        appendPretty(members[key] ?? .null, indent: indent + 1)
      }
      newLine(indent, comma: false)
      bytes.append(0x7D)
    default: append(value)
    }
  }

  private mutating func newLine(_ indent: Int, comma: Bool) {
    if comma { bytes.append(0x2C) }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent * 2))
  }

  /// Numbers without a finite JSON spelling become null.
  private mutating func appendDecimal(_ number: Double) {
    guard number.isFinite else { return append(raw: "null") }
    bytes.append(contentsOf: "\(number)".utf8)
  }

  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in Self.firstToEscape(text)..<text.count {
      let byte = text[index]
      guard byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F else { continue }
      bytes.append(contentsOf: text[start..<index])
      start = index + 1
      switch byte {
      case 0x22: append(raw: "\\\"")
      case 0x5C: append(raw: "\\\\")
      case 0x0A: append(raw: "\\n")
      case 0x0D: append(raw: "\\r")
      case 0x09: append(raw: "\\t")
      default:
        append(raw: "\\u00")
        bytes.append(Self.hexDigit(byte >> 4))
        bytes.append(Self.hexDigit(byte & 15))
      }
    }
    bytes.append(contentsOf: text[start...])
  }

  /// Where the first byte stands that can't be written as it is, read eight bytes at a time.
  private static func firstToEscape(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let raw = UnsafeRawBufferPointer(text)
    var position = 0
    while position + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      func holds(_ byte: UInt64) -> UInt64 {
        let difference = word ^ (ones &* byte)
        return (difference &- ones) & ~difference
      }
      let stops = holds(0x22) | holds(0x5C) | holds(0x7F) | ((word &- ones &* 0x20) & ~word)
      guard stops & (ones &* 0x80) == 0 else { return position }
      position += 8
    }
    return position
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
