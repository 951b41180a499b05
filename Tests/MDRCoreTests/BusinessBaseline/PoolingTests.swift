import Testing

@testable import MDRCore

@Suite struct PoolingTests {
  static let elsewhere = ["222222222222", "333333333333", "444444444444"]

  /// The same deployment in other accounts, week after week.
  static func habit(_ accounts: [String] = elsewhere, override: OverrideClass? = nil) -> [Observation] {
    accounts.flatMap { account in
      stride(from: 0, to: 84, by: 7).map {
        Sample.observation(Sample.time(day: $0), account: account, override: override, id: "\(account)-\($0)")
      }
    }
  }

  static func lane(_ days: [Int], _ others: [Observation], override: OverrideClass? = nil) throws -> Lane {
    let own = days.map { Sample.observation(Sample.time(day: $0), override: override) }
    return try #require(
      try Sample.baseline(others + own).lanes.first {
        $0.key.account == "111111111111" && $0.key.actor == "role:build-server"
      })
  }

  @Test func `two days here stand on a habit in three other accounts`() throws {
    let lane = try Self.lane([50, 64], Self.habit())
    #expect(lane.standing == .established)
    #expect(lane.peerAccounts == 3)
    #expect(Lane(json: lane.json) == lane)
    let baseline = try Sample.baseline(
      Self.habit() + [50, 64].map { Sample.observation(Sample.time(day: $0)) })
    #expect(baseline.account("111111111111")?.establishedLanes == 2)
    let next = BaselineIndex(baseline).compare(Sample.observation(Sample.time(day: 91)))
    #expect(next.normality == .established)
  }

  @Test func `one day here, or too few accounts, or the quarantined end, is not enough`() throws {
    #expect(try Self.lane([50], Self.habit()).standing == .observed)
    #expect(try Self.lane([50, 64], Self.habit(Array(Self.elsewhere.prefix(2)))).standing == .observed)
    #expect(try Self.lane([50, 88], Self.habit()).standing == .observed)
  }

  @Test func `no critical outcome is helped by other accounts`() throws {
    let lane = try Self.lane([50, 64], Self.habit(override: .identity), override: .identity)
    #expect(lane.standing == .observed && lane.establishedOverrides.isEmpty)
    #expect(try Self.lane([50, 64], Self.habit(), override: .identity).standing == .observed)
  }

  @Test func `what is established of itself needs no others`() throws {
    let lane = try Self.lane([3, 20, 40, 60], Self.habit())
    #expect(lane.standing == .established && lane.peerAccounts == 0)
  }
}
