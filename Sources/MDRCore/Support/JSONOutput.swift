/// A growing buffer of JSON bytes with deterministic spelling.
///
/// Bytes are written by pointer: whatever is written goes through `append(atMost:)`, which alone makes the room for it.
package struct JSONOutput: Sendable {
  /// Room for bytes; those behind the first `count` mean nothing.
  private var room: [UInt8]
  /// Bytes written so far.
  package private(set) var count = 0

  package init(reserving capacity: Int = 0) { room = Self.room(capacity) }

  /// Room that is not cleared: nobody reads a byte before it is written.
  private static func room(_ size: Int, holding bytes: ArraySlice<UInt8> = []) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size) { place, initialized in
      _ = place.initialize(fromContentsOf: bytes)
      initialized = size
    }
  }

  /// A copy of the bytes.
  package var bytes: [UInt8] { Array(room[..<count]) }

  /// The bytes themselves, for whoever writes no more.
  package consuming func finished() -> [UInt8] {
    room.removeLast(room.count - count)
    return room
  }

  /// Lends the bytes to `body`.
  package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try room.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[..<count])) }
  }

  /// The bytes as text.
  package var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

  /// Empties the buffer and keeps its room.
  package mutating func removeAll() { count = 0 }

  /// Calls `write` with a place that has room for `size` bytes; it says how many of these, from the first on, it wrote.
  @inline(__always)
  mutating func append(atMost size: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
    if room.count - count < size { grow(by: size) }
    let start = count
    let written = room.withUnsafeMutableBufferPointer { room in
      room.baseAddress.map { write($0 + start) } ?? 0
    }
    count = start + written
  }

  /// Calls `body` with a cursor over room for `size` bytes; what it wrote is appended.
  @inline(__always)
  mutating func write(atMost size: Int, _ body: (inout JSONCursor) -> Void) {
    append(atMost: size) { place in
      var cursor = JSONCursor(place, size)
      body(&cursor)
      return cursor.place - place
    }
  }

  @inline(never)
  private mutating func grow(by size: Int) {
    // Large buffers wait to be written, many at a time, so that they shouldn't be half empty.
    let larger = max(count + size, room.count + max(room.count / 4, min(room.count, 1 << 16)), 64)
    room = Self.room(larger, holding: room[..<count])
  }

  /// Appends a byte as it is.
  @inline(__always)
  private mutating func append(byte: UInt8) {
    append(atMost: 1) { place in
      place.pointee = byte
      return 1
    }
  }

  /// Appends bytes as they are.
  @inline(__always)
  package mutating func append(raw text: StaticString) {
    append(raw: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends bytes as they are.
  @inline(__always)
  package mutating func append(raw slice: UnsafeBufferPointer<UInt8>) {
    guard let bytes = slice.baseAddress else { return }
    append(atMost: slice.count) { place in
      place.update(from: bytes, count: slice.count)
      return slice.count
    }
  }

  /// Appends bytes as they are.
  package mutating func append(raw slice: [UInt8]) { slice.withUnsafeBufferPointer { append(raw: $0) } }

  /// Appends a quoted, escaped string.
  package mutating func append(_ text: String) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append(quoted: $0) }
    if isDone == nil {
      var text = text
      text.withUTF8 { append(quoted: $0) }
    }
  }

  private mutating func append(quoted text: UnsafeBufferPointer<UInt8>) {
    var isPlain = true
    append(atMost: text.count + 2) { place in
      isPlain = JSONEscaping.copyPlain(text, to: place + 1)
      guard isPlain else { return 0 }
      place.pointee = 0x22
      place[text.count + 1] = 0x22
      return text.count + 2
    }
    guard !isPlain else { return }
    append(atMost: text.count * JSONEscaping.longest + 2) { place in
      place.pointee = 0x22
      let end = JSONEscaping.escape(text, to: place + 1) + 1
      place[end] = 0x22
      return end + 1
    }
  }

  /// Appends a whole number.
  package mutating func append(_ number: Int) {
    append(atMost: DecimalDigits.longest) { DecimalDigits.write(number, to: $0) }
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
      append(byte: 0x5B)
      for (index, element) in elements.enumerated() {
        if index > 0 { append(byte: 0x2C) }
        append(element)
      }
      append(byte: 0x5D)
    case .object(let members):
      append(byte: 0x7B)
      for (index, key) in members.keys.sorted().enumerated() {
        if index > 0 { append(byte: 0x2C) }
        append(key)
        append(byte: 0x3A)
        append(members[key] ?? .null)
      }
      append(byte: 0x7D)
    }
  }

  mutating func appendPretty(_ value: JSONValue, indent: Int) {
    switch value {
    case .array(let elements) where !elements.isEmpty:
      append(byte: 0x5B)
      for (index, element) in elements.enumerated() {
        newLine(indent + 1, comma: index > 0)
        appendPretty(element, indent: indent + 1)
      }
      newLine(indent, comma: false)
      append(byte: 0x5D)
    case .object(let members) where !members.isEmpty:
      append(byte: 0x7B)
      for (index, key) in members.keys.sorted().enumerated() {
        newLine(indent + 1, comma: index > 0)
        append(key)
        append(raw: ": ")
        appendPretty(members[key] ?? .null, indent: indent + 1)
      }
      newLine(indent, comma: false)
      append(byte: 0x7D)
    default: append(value)
    }
  }

  private mutating func newLine(_ indent: Int, comma: Bool) {
    if comma { append(byte: 0x2C) }
    append(byte: 0x0A)
    append(atMost: indent * 2) { place in
      place.update(repeating: 0x20, count: indent * 2)
      return indent * 2
    }
  }

  /// Numbers without a finite JSON spelling become null.
  private mutating func appendDecimal(_ number: Double) {
    guard number.isFinite else { return append(raw: "null") }
    append(raw: Array("\(number)".utf8))
  }
}
