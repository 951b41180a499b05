/// Writes numbers and texts in the binary form of a day's facts: numbers in groups of seven bits, lowest first,
/// texts with their length before them.
struct FactWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func append(_ numbers: [UInt32]) {
    append(numbers.count)
    for number in numbers { append(Int(number)) }
  }

  mutating func append(_ text: String) {
    append(text.utf8.count)
    bytes += text.utf8
  }

  /// Eight bytes, the highest first.
  mutating func append(fixed number: UInt64) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
    }
  }

  mutating func append(contentsOf other: [UInt8]) { bytes += other }
}

/// Reads what `FactWriter` wrote; throws past the end and where a number is not well formed.
struct FactReader {
  /// The bytes are not what a writer of this version leaves.
  struct Damage: Error, Equatable {}

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func number() throws(Damage) -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count, shift < 64 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(Int64(bitPattern: value)) }
      shift += 7
    }
    throw Damage()
  }

  /// A number that has to lie below a bound, as an index into a table does.
  mutating func index(below bound: Int) throws(Damage) -> Int {
    let value = try number()
    guard value >= 0, value < bound else { throw Damage() }
    return value
  }

  /// A count of things that take at least a byte each.
  mutating func count() throws(Damage) -> Int { try index(below: bytes.count - position + 1) }

  mutating func text() throws(Damage) -> String {
    let length = try count()
    defer { position += length }
    return String(decoding: bytes[position..<position + length], as: UTF8.self)
  }

  mutating func fixed() throws(Damage) -> UInt64 {
    guard position + 8 <= bytes.count else { throw Damage() }
    defer { position += 8 }
    return bytes[position..<position + 8].reduce(0) { $0 << 8 | UInt64($1) }
  }
}
