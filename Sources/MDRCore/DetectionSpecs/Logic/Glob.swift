/// A pattern in which `*` stands for any text and `?` for one character, compared without regard to case.
package struct Glob: Equatable, Sendable {
  private let pattern: [UInt8]

  package init(_ pattern: String) { self.pattern = Array(pattern.lowercased().utf8) }

  /// Whether the whole text fits the pattern.
  package func matches(_ text: String) -> Bool {
    Self.withSmallLetters(text) { text in matches(text) }
  }

  /// The same for a text's bytes, whose letters beyond ASCII are small ones.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    pattern.withUnsafeBufferPointer { Self.matches($0, text) }
  }

  /// Whether a text fits a pattern that isn't asked a second time.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    withSmallLetters(text) { text in Glob(pattern).matches(text) }
  }

  /// A byte, or the small letter of a capital in ASCII.
  @inline(__always)
  static func small(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte }

  /// The bytes of a text in which capitals, if any, are ASCII's.
  static func withSmallLetters<Result>(
    _ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    var text = text
    if !text.withUTF8(\.isASCII) { text = text.lowercased() }
    return text.withUTF8(body)
  }

  /// Whether a text fits a pattern, both without capitals beyond ASCII.
  static func matches(_ pattern: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var (place, position) = (0, 0)
    var retry: (place: Int, position: Int)?
    while position < text.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        retry = (place, position)
        place += 1
      } else if place < pattern.count,
        pattern[place] == UInt8(ascii: "?") || small(pattern[place]) == small(text[position])
      {
        place += 1
        position += 1
      } else if let last = retry {
        retry = (last.place, last.position + 1)
        place = last.place + 1
        position = last.position + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
