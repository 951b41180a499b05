import Testing

@testable import MDRCore

@Suite struct StringTableTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `numbers are those of a dictionary, whatever bytes a string has`(seed: UInt64) {
    var random = FixedGenerator(state: seed)
    // Pairs of the same characters in different bytes, also such as are the same as one of ASCII.
    let letters = [
      "a", "b", "c", "K", "\u{212A}", ";", "\u{37E}", "é", "e\u{301}", "Å", "\u{212B}", "漢", "\0",
    ]
    var table = StringTable()
    var numbers: [String: UInt32] = [:]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0..<5, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? ""
      }.joined()
      #expect(table.number(of: text) == numbers[text])
      let number = numbers[text] ?? UInt32(numbers.count)
      numbers[text] = number
      #expect(table.intern(text) == number && table[number] == text)
    }
    #expect(table.strings.count == numbers.count)
    let copy = table
    _ = table.intern("another one")
    #expect(copy.number(of: "another one") == nil && table.number(of: "another one") != nil)
  }
}
