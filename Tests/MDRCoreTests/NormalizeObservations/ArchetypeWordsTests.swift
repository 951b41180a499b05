import Testing

@testable import MDRCore

@Suite struct ArchetypeWordsTests {
  @Test func `words of plain names are those that the general way finds`() {
    var random = FixedGenerator(state: 12)
    let letters = Array("abCDz09-_./ :XML")
    for _ in 0..<4_000 {
      let name = String(
        (0..<Int.random(in: 0..<20, using: &random)).compactMap { _ in letters.randomElement(using: &random) }
      )
      // A word beyond ASCII sends the whole name the general way.
      #expect(ArchetypeRules.words(name) + ["é"] == ArchetypeRules.words(name + " é"), "\(name)")
    }
  }
}
