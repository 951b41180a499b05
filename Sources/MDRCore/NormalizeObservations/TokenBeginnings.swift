/// Tokens, told by how their issuers begin them, such as `ghp_` and forty letters.
///
/// A token by itself has no sign that would send a text to the marks, so how each text begins is looked at apart.
struct TokenBeginnings: Sendable {
  /// How a token begins.
  private struct Beginning {
    var bytes: [UInt8]
    /// How many bytes of a token stand behind it at least.
    var least: Int
    /// Whether the token is Base64, which has more signs than others.
    var isBase64: Bool
  }

  /// The beginnings by their first byte.
  private let beginnings: [[Beginning]]
  /// By a first byte, one bit where a beginning has it.
  private let firsts: SIMD4<UInt64>
  private let shortest: Int
  /// All beginnings, in either case.
  private let marks: ByteMarks

  /// Rows of a beginning and the least bytes of a token behind it, such as `ghp_ 30`, and `base64` where it is that.
  init(_ rows: some Sequence<String>) {
    var beginnings = [[Beginning]](repeating: [], count: 256)
    var firsts = SIMD4<UInt64>()
    var shortest = Int.max
    for row in rows.map({ $0.split(separator: " ") }) {
      guard row.count > 1, let least = Int(row[1]), let first = row[0].utf8.first else { continue }
      beginnings[Int(first)].append(
        Beginning(bytes: Array(row[0].utf8), least: least, isBase64: row.last == "base64"))
      firsts[Int(first >> 6)] |= 1 << UInt64(first & 63)
      shortest = min(shortest, row[0].utf8.count + least)
    }
    (self.beginnings, self.firsts, self.shortest) = (beginnings, firsts, shortest)
    marks = ByteMarks(beginnings.joined().map { String(decoding: $0.bytes, as: UTF8.self) })
  }

  /// Whether a text's bytes begin as a token does, with enough of one behind the beginning.
  @inline(__always)
  func begin(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= shortest else { return false }
    return isFirst(text[0]) && begin(text, at: 0)
  }

  /// Whether a token begins anywhere in a text, as it stands in JSON, but within a word.
  func areIn(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= shortest, marks.areIn(text) else { return false }
    for place in 0...text.count - shortest where isFirst(text[place]) {
      if !Self.isWithinWord(text, place), begin(text, at: place) { return true }
    }
    return false
  }

  @inline(__always)
  private func isFirst(_ byte: UInt8) -> Bool { firsts[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0 }

  private func begin(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    let rest = text[place...]
    return beginnings[Int(text[place])].contains { beginning in
      let count = beginning.bytes.count + beginning.least
      return rest.count >= count && rest.starts(with: beginning.bytes)
        && rest.prefix(count).dropFirst(beginning.bytes.count)
          .allSatisfy { Self.isOfToken($0) || beginning.isBase64 && Self.isOfBase64($0) }
    }
  }

  /// Whether a letter or a digit stands before a place that is no part of an escape, such as `\n`, `\u0022` or `%22`.
  private static func isWithinWord(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    guard place > 0, isAlphanumeric(text[place - 1]) else { return false }
    func has(_ byte: Unicode.Scalar, _ distance: Int) -> Bool {
      place >= distance && text[place - distance] == UInt8(ascii: byte)
    }
    return !(has("\\", 2) || has("%", 3) || has("\\", 6) && has("u", 5))
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }

  private static func isOfToken(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }

  /// Besides those of any token: signs of Base64, and how JSON and URLs escape them.
  private static func isOfBase64(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "\\"), UInt8(ascii: "%"): true
    default: false
    }
  }
}
