import Testing

@testable import MDRCore

@Suite struct SharedEventIndexTests {
  private static func entry(
    _ number: Int, of call: String = "CreateUser", file: Int, content: UInt64, in index: SharedEventIndex
  ) -> SharedEventIndex.Entry {
    var id = "event-\(number)"
    let mark = CallMark(eventSource: "iam.amazonaws.com", eventName: call)
    // Digests differ in their high bits too.
    return id.withUTF8 { index.entry($0, of: mark, file: file, content: content &* 0x9E37_79B9_7F4A_7C15) }
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
      #expect(index.sharedIDs == 0)
    }
  }

  @Test func `an id of several calls is that of several events, in any order and however many there are`() {
    let calls = ["CreateUser", "ListUsers", "DeleteUser"]
    for files in [[3, 1, 2], [1, 2, 3], [2, 3, 1]] {
      let index = SharedEventIndex(expecting: 10)
      for number in 0..<2_000 {
        let entries = files.flatMap { file in
          [file, file + 3].map { Self.entry(number, of: calls[file - 1], file: $0, content: 4, in: index) }
        }
        #expect(index.insert(entries) == [true, false, true, false, true, false])
        #expect(entries.map { index.isInFirstFile($0) } == [true, false, true, false, true, false])
      }
      #expect(index.sharedIDs == 4_000)
      #expect(!index.hasConflict)
    }
  }
}
