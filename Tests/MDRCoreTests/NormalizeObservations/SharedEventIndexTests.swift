import Testing

@testable import MDRCore

@Suite struct SharedEventIndexTests {
  private static func id(_ number: Int) -> EventDigest { EventDigest("event-\(number)") }

  @Test func `an id is new once, however many events a growing index holds`() {
    let index = SharedEventIndex(expecting: 0)
    for start in stride(from: 0, to: 100_000, by: 5_000) {
      let entries = (start..<start + 5_000).map { index.entry(Self.id($0), file: 1, content: 7) }
      #expect(index.insert(entries) == [Bool](repeating: true, count: 5_000))
      #expect(index.insert(entries) == [Bool](repeating: false, count: 5_000))
    }
    #expect(!index.hasConflict)
  }

  @Test func `of repeats in one batch the first is new`() {
    let index = SharedEventIndex(expecting: 10)
    let entries = [1, 2, 1, 1, 2].map { index.entry(Self.id($0), file: 0, content: 0) }
    #expect(index.insert(entries) == [true, true, false, false, false])
  }

  @Test func `deliveries that differ are told by the first file, in any order`() {
    for files in [[3, 1, 2], [1, 2, 3], [2, 3, 1]] {
      let index = SharedEventIndex(expecting: 10)
      for file in files {
        _ = index.insert([index.entry(Self.id(5), file: file, content: UInt64(file))])
      }
      #expect(index.hasConflict)
      #expect(
        files.map { index.isInFirstFile(index.entry(Self.id(5), file: $0, content: UInt64($0))) }
          == files.map { $0 == 1 })
    }
  }
}
