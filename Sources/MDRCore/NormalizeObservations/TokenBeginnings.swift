/// Tokens, told by how their issuers begin them, such as `ghp_` and forty letters.
///
/// A token by itself has no sign that would send a text to the marks, so how each text begins is looked at apart.
struct TokenBeginnings: Sendable {
  /// How a token begins.
  struct Beginning {
    var bytes: [UInt8]
    /// How many bytes of a token stand behind it at least.
    var least: Int
    /// Whether the token is Base64, which has more signs than others.
    var isBase64: Bool

    /// A row of a beginning, which may end in a blank, and the least bytes of a token behind it, such as `ghp_ 30`, and
    /// `base64` where it is that; `nil` where it has less than three bytes.
    init?(_ row: String) {
      isBase64 = row.hasSuffix(" base64")
      let row = isBase64 ? row.dropLast(7) : row[...]
      guard let blank = row.lastIndex(of: " "), let least = Int(row[row.index(after: blank)...]) else {
        return nil
      }
      (bytes, self.least) = (Array(row[..<blank].utf8), least)
      guard bytes.count > 2 else { return nil }
    }
  }

  /// The beginnings by their first byte.
  private let beginnings: [[Beginning]]
  /// By a hash of three bytes, whether a beginning, or an ARN's, has them first.
  private let windows: [Bool]
  private let shortest: Int
  /// All beginnings, in either case.
  private let marks: ByteMarks

  /// The beginnings of the reviewed table's rows.
  init(_ rows: some Sequence<String>) {
    let all = rows.compactMap(Beginning.init)
    var beginnings = [[Beginning]](repeating: [], count: 256)
    var windows = [Bool](repeating: false, count: 1 << 10)
    for beginning in all { beginnings[Int(beginning.bytes[0])].append(beginning) }
    for bytes in all.map(\.bytes) + [Array("arn:".utf8)] {
      windows[Self.number(of: bytes.prefix(3).reversed().reduce(0) { $0 << 8 | UInt32($1) })] = true
    }
    (self.beginnings, self.windows) = (beginnings, windows)
    shortest = max(4, all.map { $0.bytes.count + $0.least }.min() ?? .max)
    marks = ByteMarks(all.map { String(decoding: $0.bytes, as: UTF8.self) })
  }

  /// Whether a text's bytes begin as a token does, with enough of one behind the beginning; or are an ARN that ends in one.
  @inline(__always)
  func begin(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= shortest, mayBegin(text, at: 0) else { return false }
    return beginOrEnd(text)
  }

  /// Whether a token begins anywhere in a text, as it stands in JSON, but within a word.
  func areIn(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= shortest, marks.areIn(text) else { return false }
    for place in 0...text.count - shortest where mayBegin(text, at: place) {
      if !Self.isWithinWord(text, place), begin(text, at: place) { return true }
    }
    return false
  }

  /// Whether an actor's name holds a token: a role may be called as tokens begin, but not as they go on.
  func areInName(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.count >= shortest, marks.areIn(name) else { return false }
    return (0...name.count - shortest).contains {
      mayBegin(name, at: $0) && !Self.isWithinWord(name, $0) && begin(name, at: $0, isName: true)
    }
  }

  /// Whether a text begins as a token does, or is an ARN that ends in one.
  @inline(never)
  private func beginOrEnd(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text[0] == UInt8(ascii: "a"), text[1] == UInt8(ascii: "r"), text[3] == UInt8(ascii: ":") else {
      return begin(text, at: 0)
    }
    var place = text.count
    while text[place &- 1] != UInt8(ascii: "/"), text[place &- 1] != UInt8(ascii: ":") { place &-= 1 }
    return text.count &- place >= shortest && begin(text, at: place, isName: true)
  }

  @inline(__always)
  private func mayBegin(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    let window = UInt32(text[place]) | UInt32(text[place &+ 1]) << 8 | UInt32(text[place &+ 2]) << 16
    return windows[Self.number(of: window)]
  }

  @inline(__always)
  private static func number(of window: UInt32) -> Int { Int((window &* 0x9E37_79B1) >> 22) }

  private func begin(_ text: UnsafeBufferPointer<UInt8>, at place: Int, isName: Bool = false) -> Bool {
    let rest = text[place...]
    return beginnings[Int(text[place])].contains { beginning in
      let count = beginning.bytes.count + beginning.least
      guard rest.count >= count, rest.starts(with: beginning.bytes) else { return false }
      let token = rest.prefix(count).dropFirst(beginning.bytes.count)
      return token.allSatisfy { Self.isOfToken($0) || beginning.isBase64 && Self.isOfBase64($0) }
        && (!isName || Self.isRandom(token))
    }
  }

  /// Whether a token's bytes are none that people write: words with hyphens between them have rarely digits and letters of
  /// both cases.
  private static func isRandom(_ token: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    func has(_ range: ClosedRange<Unicode.Scalar>) -> Bool {
      token.contains { (UInt8(ascii: range.lowerBound)...UInt8(ascii: range.upperBound)).contains($0) }
    }
    return has("0"..."9") && (token.allSatisfy(isAlphanumeric) || has("a"..."z") && has("A"..."Z"))
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

  /// Whether a byte is one of those that any token has.
  static func isOfToken(_ byte: UInt8) -> Bool {
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
