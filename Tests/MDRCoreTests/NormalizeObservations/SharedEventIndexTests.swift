import Testing

@testable import MDRCore

@Suite struct SharedEventIndexTests {
  private static func entry(
    _ number: Int, file: Int, content: UInt64, in index: SharedEventIndex
  ) -> SharedEventIndex.Entry {
    var id = "event-\(number)"
    return id.withUTF8 { index.entry($0, file: file, content: content) }
  }

  @Test(arguments: [0, 70_000, 1_000_000])
  func `an id is new once, however many events an index holds, expected or not`(expected: Int) {
    let index = SharedEventIndex(expecting: expected, jobs: expected / 400_000 + 1)
    for start in stride(from: 0, to: 500_000, by: 5_000) {
      let entries = (start..<start + 5_000).map { Self.entry($0, file: 1, content: 7, in: index) }
      #expect(index.insert(entries) == [Bool](repeating: true, count: 5_000))
      #expect(index.insert(entries) == [Bool](repeating: false, count: 5_000))
    }
    #expect(!index.hasConflict)
  }

  @Test func `of repeats in one batch the first is new`() {
    let index = SharedEventIndex(expecting: 10)
    let entries = [1, 2, 1, 1, 2].map { Self.entry($0, file: 0, content: 0, in: index) }
    #expect(index.insert(entries) == [true, true, false, false, false])
  }

  @Test func `deliveries that differ are told by the first file, in any order`() {
    for files in [[3, 1, 2], [1, 2, 3], [2, 3, 1]] {
      let index = SharedEventIndex(expecting: 10)
      for file in files {
        _ = index.insert([Self.entry(5, file: file, content: UInt64(file), in: index)])
      }
      #expect(index.hasConflict)
      #expect(
        files.map { index.isInFirstFile(Self.entry(5, file: $0, content: UInt64($0), in: index)) }
          == files.map { $0 == 1 })
    }
  }
}
