import Testing

@testable import MDRCore

@Suite struct ByteMarksTests {
  private static let texts = ["password=", "Token", "pass", "-----begin", "ab", "b.", "zz"]

  /// What the marks stand for, looked for one after the other.
  private static func expected(_ text: String) -> Int? {
    texts.firstIndex { text.lowercased().utf8.holdsRun($0.lowercased().utf8) }
  }

  @Test func `the first of the marks in their order is found, wherever it stands and in either case`() {
    let marks = ByteMarks(Self.texts)
    var random = FixedGenerator(state: 11)
    let letters = Array("abpastokenword=-Bz.TPé")
    var found = 0
    for _ in 0..<4_000 {
      let text = String(
        (0..<Int.random(in: 0..<24, using: &random)).compactMap { _ in letters.randomElement(using: &random) }
      )
      #expect(marks.first(in: text) == Self.expected(text), "\(text)")
      #expect(marks.areIn(text) == (Self.expected(text) != nil), "\(text)")
      if marks.areIn(text) { found += 1 }
    }
    #expect((500..<3_500).contains(found))
    #expect(marks.first(in: "a PASSWORD=x") == 0)
    #expect(marks.first(in: "PassWord:") == 2)
    #expect(marks.first(in: "-----BEGIN") == 3)
  }
}

extension Collection where Element == UInt8 {
  fileprivate func holdsRun(_ run: some Collection<UInt8>) -> Bool {
    indices.contains { self[$0...].starts(with: run) }
  }
}
