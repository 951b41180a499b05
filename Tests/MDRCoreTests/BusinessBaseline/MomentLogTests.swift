import Testing

@testable import MDRCore

@Suite struct MomentLogTests {
  /// What a lane asks for of its moments.
  private struct Summary: Equatable {
    var count: Int
    var first: Timestamp
    var last: Timestamp
    var hours: [HourSlot]
    var sessions: Int
    /// Sessions that began before each of some days.
    var begun: [Int]

    init(_ times: LaneTimes) {
      count = times.count
      first = times.first
      last = times.last
      hours = times.hours.sorted()
      var counter = times.sessions
      sessions = counter.tally(before: 0).count
      begun = (19_675...19_680).map { counter.tally(before: $0).settled }
    }
  }

  private static func summaries(limit: Int, seed: UInt64) -> [Summary] {
    var random = FixedGenerator(state: seed)
    var log = MomentLog(limit: limit)
    for _ in 0..<5_000 {
      log.add(
        Timestamp(seconds: 1_700_000_000 + Int.random(in: 0..<40 * 3_600, using: &random)),
        session: .random(in: 0..<6, using: &random), group: .random(in: 0..<7, using: &random))
    }
    let grouped = log.grouped(8)
    var summaries: [Summary] = []
    for group in 0..<8 {
      var times = LaneTimes()
      let range = grouped.range(of: group)
      times.fill(
        with: UnsafeBufferPointer(
          rebasing: grouped.elements[Int(range.lowerBound)..<Int(range.upperBound)]))
      summaries.append(Summary(times))
    }
    return summaries
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `putting moments together changes nothing that a lane shows`(seed: UInt64) {
    let whole = Self.summaries(limit: .max, seed: seed)
    #expect(whole[7].count == 0 && whole[..<7].allSatisfy { $0.count > 0 })
    for limit in [2, 64, 1_000] { #expect(Self.summaries(limit: limit, seed: seed) == whole) }
  }
}
