/// Texts that are one token, told by how its issuer begins them, such as `ghp_` and forty letters.
///
/// A token by itself has no sign that would send a text to the marks, so how each text begins is looked at apart.
struct TokenBeginnings: Sendable {
  /// The beginnings by their first byte.
  private let beginnings: [[(bytes: [UInt8], least: Int)]]
  /// By a first byte, one bit where a beginning has it.
  private let firsts: SIMD4<UInt64>
  private let shortest: Int

  /// Rows of a beginning and the least bytes of a token behind it, such as `ghp_ 30`.
  init(_ rows: some Sequence<String>) {
    var beginnings = [[(bytes: [UInt8], least: Int)]](repeating: [], count: 256)
    var firsts = SIMD4<UInt64>()
    var shortest = Int.max
    for row in rows.map({ $0.split(separator: " ") }) {
      guard row.count == 2, let least = Int(row[1]), let first = row[0].utf8.first else { continue }
      beginnings[Int(first)].append((Array(row[0].utf8), least))
      firsts[Int(first >> 6)] |= 1 << UInt64(first & 63)
      shortest = min(shortest, row[0].utf8.count + least)
    }
    (self.beginnings, self.firsts, self.shortest) = (beginnings, firsts, shortest)
  }

  /// Whether a text's bytes begin as a token does, with enough of one behind the beginning.
  @inline(__always)
  func begin(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= shortest else { return false }
    let first = text[0]
    guard firsts[Int(first >> 6)] & (1 << UInt64(first & 63)) != 0 else { return false }
    return beginnings[Int(first)].contains { beginning in
      text.count >= beginning.bytes.count + beginning.least && text.starts(with: beginning.bytes)
        && text[beginning.bytes.count..<beginning.bytes.count + beginning.least].allSatisfy(Self.isOfToken)
    }
  }

  private static func isOfToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
