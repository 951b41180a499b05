import Testing

@testable import MDRCore

@Suite struct NameRanksTests {
  /// Names of few letters, so that many begin alike and some end where others go on.
  private static func names(seed: UInt64, _ letters: [String]) -> StringTable {
    var random = FixedGenerator(state: seed)
    var names = StringTable()
    for _ in 0..<700 {
      let start = Bool.random(using: &random) ? "arn:aws:s3:::bucket-of-" : ""
      let rest = (0..<Int.random(in: 0..<12, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? ""
      }
      _ = names.intern(start + rest.joined())
    }
    return names
  }

  @Test(arguments: [
    ["a", "b"], ["a", "\0"], ["\0"], ["a", "b", "c", "-", "/", "0", "Z", "~"], ["a", "é", "e\u{301}", "漢"],
  ])
  func `names have the ranks of their order for any number of threads`(letters: [String]) {
    let names = Self.names(seed: 13, letters)
    let sorted = names.strings.sorted()
    for jobs in [1, 2, 3, 900] {
      let ranks = NameRanks(names, bytes: NameBytes(names), jobs: jobs)
      for (rank, name) in sorted.enumerated() {
        #expect(names.number(of: name).map { ranks[$0] } == UInt32(rank), "\(name), \(jobs) threads")
      }
    }
  }

  @Test(arguments: [["a", "\0", "b"], ["a", "é", "e\u{301}", "漢"]])
  func `bytes are compared as their texts are`(letters: [String]) {
    let names = Self.names(seed: 5, letters)
    NameBytes(names).withView { view in
      for (one, two) in zip(
        0..<NameNumber(names.strings.count), (0..<NameNumber(names.strings.count)).reversed())
      {
        #expect(view[one].textPrecedes(view[two]) == (names[one] < names[two]))
        #expect(view[one].elementsEqual(names[one].utf8))
      }
    }
  }
}
