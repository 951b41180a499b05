import Testing

@testable import MDRCore

@Suite struct StrayDaysTests {
  /// The caveat of observations on some days from 2026-01-01 on.
  private func caveat(_ days: [Int], cutOff: Int? = nil) throws -> String? {
    var builder = BaselineBuilder(until: cutOff.map { Sample.time(day: $0, hour: 0) })
    for day in days { builder.add(Sample.observation(Sample.time(day: day))) }
    let caveats = try #require(builder.baseline()).caveats
    #expect(caveats.count <= 1)
    return caveats.first
  }

  @Test func `a day far before the others is told, with the window that leaves it out`() throws {
    let caveat = try #require(try caveat([-900] + Array(0..<30), cutOff: 30))
    #expect(
      caveat.hasPrefix(
        "no observation from 2023-07-17 to 2025-12-31, 1 day with some before and 30 days after"))
    #expect(caveat.hasSuffix("build with --until 2026-01-31T00:00:00Z --window-days 30"))
  }

  @Test func `without a cut-off, and for a day far behind the others, an end is offered`() throws {
    let before = try #require(try caveat([-4_000] + Array(0..<30)))
    #expect(before.hasSuffix("build with --until 2026-01-31T00:00:00Z --window-days 30"))
    let after = try #require(try caveat(Array(0..<30) + [4_000]))
    #expect(after.hasSuffix("where the days after are strays, build with --until 2026-01-31T00:00:00Z"))
  }

  @Test func `a gap that is no longer than a baseline needs, or than the rest, is none`() throws {
    #expect(try caveat([0, 20, 21, 22]) == nil)
    #expect(try caveat(Array(0..<40) + Array(75..<90)) == nil)
    #expect(try caveat([0]) == nil)
    #expect(try caveat(Array(0..<10) + Array(60..<70)) != nil)
  }
}
