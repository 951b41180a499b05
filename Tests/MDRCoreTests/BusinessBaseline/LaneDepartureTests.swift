import Testing

@testable import MDRCore

@Suite struct LaneDepartureTests {
  /// The same critical call at ten o'clock on these days, on one resource.
  private static func index(days: some Sequence<Int>, resources: [String] = ["user/pipeline"]) throws
    -> BaselineIndex
  {
    BaselineIndex(try Sample.baseline(days.map { call(day: $0, resources: resources) }))
  }

  private static func call(day: Int, resources: [String] = ["user/pipeline"]) -> Observation {
    Sample.observation(Sample.time(day: day), override: .identity, resources: resources)
  }

  @Test(arguments: [(90, true), (97, false), (104, false), (120, true)])
  func `a monthly critical lane vouches for its day and for no other`(day: Int, isDue: Bool) throws {
    let comparison = try Self.index(days: [0, 31, 59]).compare(Self.call(day: day))
    #expect(comparison.normality == (isDue ? .established : .variant))
    #expect(comparison.newDimensions == (isDue ? [] : [.cadence]))
  }

  @Test func `a critical lane of many days vouches for any hour of any day`() throws {
    let index = try Self.index(days: stride(from: 0, to: 86, by: 1))
    var late = Self.call(day: 91)
    late.eventTime = Sample.time(day: 91, hour: 22)
    #expect(index.compare(late).normality == .established)
  }

  @Test func `a critical outcome on a resource that its lane never had is a departure`() throws {
    let index = try Self.index(days: stride(from: 0, to: 86, by: 2))
    #expect(index.compare(Self.call(day: 91)).normality == .established)
    let other = index.compare(Self.call(day: 91, resources: ["user/administrator"]))
    #expect(other.normality == .variant)
    #expect(other.newDimensions == [.resource])
    #expect(other.nearest?.key == other.exact?.key)
  }

  @Test func `names that differ only in their generated parts are the same resource`() throws {
    let index = try Self.index(days: stride(from: 0, to: 86, by: 2), resources: ["role/hook-4f1a22b8c901"])
    let fresh = index.compare(Self.call(day: 91, resources: ["role/hook-99d0e1f7a3b2"]))
    #expect(fresh.normality == .established)
  }

  @Test func `a lane with more resources than it lists says nothing about new ones`() throws {
    let many = (0..<30).flatMap { day in
      (0..<4).map {
        Self.call(
          day: day * 3,
          resources: ["user/\("abcdefghijklmnopqrstuvwxyz".dropFirst(($0 + day) % 26).prefix(1))"])
      }
    }
    let index = BaselineIndex(try Sample.baseline(many))
    #expect(index.compare(Self.call(day: 91)).normality == .established)
  }

  @Test func `ordinary calls may turn to new resources and run at any time`() throws {
    let calls = [0, 31, 59].map { Sample.observation(Sample.time(day: $0), resources: ["role/one"]) }
    let index = BaselineIndex(try Sample.baseline(calls))
    let other = index.compare(Sample.observation(Sample.time(day: 97), resources: ["role/other"]))
    #expect(other.normality == .established)
  }
}
