import Testing

@testable import MDRCore

@Suite struct NamePatternTests {
  /// The same as a walk over both texts that tries every length for a star.
  private static func fits(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    guard first == UInt8(ascii: "*") else {
      return name.first == first && fits(name.dropFirst(), pattern.dropFirst())
    }
    return (0...name.count).contains { fits(name.dropFirst($0), pattern.dropFirst()) }
  }

  @Test func `stars stand for any letters, none too`() {
    var random = SplitMix(state: 1)
    for _ in 0..<20_000 {
      func text(_ letters: [Character]) -> String {
        String(
          (0..<Int.random(in: 0..<7, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a"
          })
      }
      let (name, pattern) = (text(["a", "b"]), text(["a", "b", "*"]))
      let expected = Self.fits(Array(name.utf8)[...], Array(pattern.utf8)[...])
      #expect(NamePattern(pattern).matches(name) == expected, "\(name) \(pattern)")
    }
  }
}
