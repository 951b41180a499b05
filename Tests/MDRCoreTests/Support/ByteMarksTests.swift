import Testing

@testable import MDRCore

@Suite struct ByteMarksTests {
  /// The shortest decide how many bytes are looked at first.
  private static let sets = [
    ["password=", "Token", "pass", "-----begin", "ab", "b.", "zz"], ["abp", "pass", "ken"],
    ["@tok", "word", "=-Bz", "passw"],
    // Long marks are looked for at every second, third or fourth place.
    ["token", "passw", "-Bz.T"], ["tokenp", "apbpaw", "=-Bz.T"], ["tokenword", "abpasst", "rd=-Bz.T"],
  ]

  /// What the marks stand for, looked for one after the other.
  private static func expected(_ text: String, _ texts: [String]) -> Int? {
    texts.firstIndex { text.lowercased().utf8.holdsRun($0.lowercased().utf8) }
  }

  @Test(arguments: sets)
  func `the first of the marks in their order is found, wherever it stands and in either case`(
    texts: [String]
  ) {
    let marks = ByteMarks(texts)
    var random = FixedGenerator(state: 11)
    // The last letters are taken for others until a mark is compared byte by byte.
    let letters = Array("abpastokenword=-Bz.TPé") + Array("@\u{0D}\u{0E}`")
    var found = 0
    for _ in 0..<4_000 {
      let text = String(
        (0..<Int.random(in: 0..<24, using: &random)).compactMap { _ in letters.randomElement(using: &random) }
      )
      #expect(marks.first(in: text) == Self.expected(text, texts), "\(text)")
      #expect(marks.areIn(text) == (Self.expected(text, texts) != nil), "\(text)")
      if marks.areIn(text) { found += 1 }
      // Runs of letters that come one after the other are rare by chance.
      let whole = text + (texts.randomElement(using: &random) ?? "").uppercased() + text.prefix(3)
      #expect(marks.first(in: whole) == Self.expected(whole, texts), "\(whole)")
    }
    #expect(found < 3_500)
  }

  @Test func `marks are found in either case`() {
    let marks = ByteMarks(Self.sets[0])
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
