import Testing

@testable import MDRCore

@Suite struct NameRanksTests {
  @Test func `names have the same ranks for any number of threads`() {
    var names = StringTable()
    var random = FixedGenerator(state: 13)
    for _ in 0..<500 { _ = names.intern(String(Int.random(in: 0..<2_000, using: &random), radix: 7)) }
    let sorted = names.strings.sorted()
    for jobs in [1, 2, 3, 900] {
      let ranks = NameRanks(names, jobs: jobs)
      for (rank, name) in sorted.enumerated() {
        #expect(names.number(of: name).map { ranks[$0] } == UInt32(rank), "\(name), \(jobs) threads")
      }
    }
  }
}
