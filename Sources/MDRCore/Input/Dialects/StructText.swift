/// Reads a struct as Athena, Hive and Java print it: `{type=AssumedRole, sessioncontext={attributes={…}}}`.
struct StructText {
  private static let depthLimit = 16
  private static let sizeLimit = 1 << 20

  private let bytes: [UInt8]
  /// The same with room behind them, as reading JSON needs: made once, since a text may hold thousands of values.
  private let padded: [UInt8]
  private let tape = JSONTape()
  private var position = 0

  /// The value of a whole text, or `nil` where it is no struct.
  static func value(of text: String) -> JSONValue? {
    guard text.utf8.count <= sizeLimit else { return nil }
    var reader = StructText(bytes: Array(text.utf8))
    reader.skipSpace()
    guard let value = reader.container(depth: 0) else { return nil }
    reader.skipSpace()
    return reader.position == reader.bytes.count ? value : nil
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    padded = bytes + [UInt8](repeating: 0, count: 8)
  }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func container(depth: Int) -> JSONValue? {
    guard depth < Self.depthLimit else { return nil }
    switch byte {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    default: return nil
    }
  }

  private mutating func object(depth: Int) -> JSONValue? {
    position += 1
    var members: [String: JSONValue] = [:]
    skipSpace()
    if byte == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      skipSpace()
      let start = position
      while let byte, byte != UInt8(ascii: "="), byte != UInt8(ascii: "}") { position += 1 }
      guard byte == UInt8(ascii: "="), position > start else { return nil }
      let key = String(decoding: bytes[start..<position], as: UTF8.self)
      position += 1
      guard let value = value(depth: depth, end: UInt8(ascii: "}"), isMember: true) else { return nil }
      // A key that is there twice was planted in a value: the first is the struct's own.
      if members[key] == nil { members[key] = value }
      if byte == UInt8(ascii: "}") {
        position += 1
        return .object(members)
      }
      guard byte == UInt8(ascii: ",") else { return nil }
      position += 1
    }
  }

  private mutating func array(depth: Int) -> JSONValue? {
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if byte == UInt8(ascii: "]") {
      position += 1
      return .array(elements)
    }
    while true {
      skipSpace()
      guard let value = value(depth: depth, end: UInt8(ascii: "]"), isMember: false) else { return nil }
      elements.append(value)
      if byte == UInt8(ascii: "]") {
        position += 1
        return .array(elements)
      }
      guard byte == UInt8(ascii: ",") else { return nil }
      position += 1
    }
  }

  private mutating func value(depth: Int, end: UInt8, isMember: Bool) -> JSONValue? {
    if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
      return json(end: end) ?? container(depth: depth + 1)
    }
    let start = position
    while let byte, byte != end {
      if byte == UInt8(ascii: ","), !isMember || startsMember(position + 1) { break }
      position += 1
    }
    guard position < bytes.count else { return nil }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return text == "null" ? .null : .string(text)
  }

  /// The JSON that a value may be, as a policy is and whatever was nested in a map of texts.
  private mutating func json(end: UInt8) -> JSONValue? {
    let inner = bytes[(position + 1)...].first { $0 != 0x20 && $0 != 0x0A && $0 != UInt8(ascii: "{") }
    guard inner == UInt8(ascii: "\"") else { return nil }
    return padded.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress,
        case .value(let after) = tape.parse(start, from: position, count: bytes.count), after < bytes.count,
        bytes[after] == end || bytes[after] == UInt8(ascii: ",")
      else { return nil }
      position = after
      return tape.value(0)
    }
  }

  /// Whether ` name=` stands here, so that the comma before it parts members.
  private func startsMember(_ start: Int) -> Bool {
    var place = start
    guard place < bytes.count, bytes[place] == 0x20 else { return false }
    place += 1
    let name = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "=") {
      let byte = bytes[place]
      let isName = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
      guard isName || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") else { return false }
      place += 1
    }
    return place < bytes.count && place > name
  }
}
