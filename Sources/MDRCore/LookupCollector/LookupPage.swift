/// One page of a LookupEvents answer: its entries as returned, each on one line.
struct LookupPage: Equatable, Sendable {
  var entries: [[UInt8]]
  var nextToken: String?

  /// Reads what the CLI prints; `nil` when it is no such answer.
  init?(answer: [UInt8]) {
    let tape = JSONTape()
    let padded = answer + [UInt8](repeating: 0, count: 8)
    let page: (entries: [[UInt8]], token: String?)? = padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, case .value = tape.parse(base, from: 0, count: answer.count),
        tape.kind(0) == .object
      else { return nil }
      var entries: [[UInt8]] = []
      if let list = tape.member(0, "Events") {
        tape.forEachChild(list) { entries.append(Self.onOneLine(tape.slice($0))) }
      }
      return (entries, tape.text(tape.member(0, "NextToken")))
    }
    guard let page else { return nil }
    entries = page.entries
    nextToken = page.token
  }

  /// The value without the spaces and line breaks between its tokens: everything within strings, and the
  /// spelling of numbers, stays byte for byte.
  static func onOneLine(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(bytes.count)
    var isInString = false
    var isEscaped = false
    for byte in bytes {
      if isInString {
        line.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
      } else if byte > 0x20 {
        line.append(byte)
        isInString = byte == UInt8(ascii: "\"")
      }
    }
    return line
  }
}
