import Testing

@testable import MDRCore

@Suite struct BaselineIndexTests {
  /// What the index answers, found by walking through all lanes.
  private static func nearest(_ observation: Observation, in baseline: Baseline) -> (Set<Dimension>, Lane?) {
    let key = observation.laneKey
    let candidates = baseline.lanes.filter {
      $0.standing == .established || ($0.standing == .attempted && observation.outcome != .success)
    }
    func departure(_ lane: Lane) -> Set<Dimension> {
      var new: Set<Dimension> = []
      if lane.key.account != key.account { new.insert(.account) }
      if lane.key.actor != key.actor { new.insert(.actor) }
      if lane.key.event != key.event { new.insert(.event) }
      if lane.key.source != key.source { new.insert(.source) }
      if lane.key.region != key.region, !(key.region == "global" && new.contains(.event)) {
        new.insert(.region)
      }
      return new
    }
    func rank(_ new: Set<Dimension>) -> [Int] {
      let hands =
        new.contains(.actor) ? (new.contains(.event) ? 3 : 2) : new.contains(.event) ? 1 : 0
      return [
        new.count, hands, new.contains(.account) ? 1 : 0, new.contains(.source) ? 0 : 1,
        new.contains(.region) ? 0 : 1,
      ]
    }
    let best = candidates.map { ($0, departure($0)) }.filter { $0.1.count < 5 && !$0.1.isEmpty }.min {
      let (one, other) = (rank($0.1), rank($1.1))
      return one == other
        ? ($1.0.count, $0.0.key) < ($0.0.count, $1.0.key) : one.lexicographicallyPrecedes(other)
    }
    return best.map { ($0.1, $0.0) } ?? ([.account, .actor, .event, .source, .region], nil)
  }

  private static func key(_ random: inout FixedGenerator) -> LaneKey {
    LaneKey(
      account: "\(Int.random(in: 0..<4, using: &random))",
      actor: "role:\(Int.random(in: 0..<5, using: &random))",
      event: "s:\(Int.random(in: 0..<6, using: &random))",
      source: "owned:\(Int.random(in: 0..<4, using: &random))",
      region: ["global", "us-east-1", "eu-west-2"].randomElement(using: &random) ?? "")
  }

  private static func observations(of key: LaneKey, _ random: inout FixedGenerator) -> [Observation] {
    let outcome: Outcome = Int.random(in: 0..<4, using: &random) == 0 ? .denied : .success
    let isSparse = Int.random(in: 0..<3, using: &random) == 0
    return (isSparse ? [4, 9] : [4, 20, 40 + Int.random(in: 0..<9, using: &random)]).map { day in
      Sample.observation(
        Sample.time(day: day), account: key.account, actor: key.actor, event: key.event, source: key.source,
        region: key.region, outcome: outcome)
    }
  }

  @Test(arguments: 1...12)
  func `the index finds what walking through all lanes finds`(seed: UInt64) throws {
    var random = FixedGenerator(state: seed &* 7_919)
    var lanes: [LaneKey] = []
    for _ in 0..<Int.random(in: 0..<60, using: &random) { lanes.append(Self.key(&random)) }
    let baseline = try Sample.baseline(lanes.flatMap { Self.observations(of: $0, &random) })
    let index = BaselineIndex(baseline)
    for _ in 0..<200 {
      let key = Self.key(&random)
      let next = Sample.observation(
        Sample.time(day: 91), account: key.account, actor: key.actor, event: key.event, source: key.source,
        region: key.region, outcome: Bool.random(using: &random) ? .success : .denied)
      let comparison = index.compare(next)
      #expect(comparison.exact == baseline.lanes.first { $0.key == key })
      for dimensions in TupleDimensions.projections {
        let agreeing = baseline.lanes.filter { lane in
          dimensions.dimensions.allSatisfy { dimension in
            switch dimension {
            case .account: lane.key.account == key.account
            case .actor: lane.key.actor == key.actor
            case .event: lane.key.event == key.event
            case .source: lane.key.source == key.source
            default: lane.key.region == key.region
            }
          }
        }
        #expect(comparison.counts[dimensions.name] == agreeing.reduce(0) { $0 + $1.count })
      }
      if comparison.normality == .established {
        #expect(comparison.newDimensions.isEmpty && comparison.nearest?.key == key)
      } else {
        let (expected, lane) = Self.nearest(next, in: baseline)
        #expect(Set(comparison.newDimensions) == expected)
        #expect(comparison.nearest == lane)
      }
    }
  }

  /// A build server that works weekly in two accounts, and an administrator who reads.
  static let estate: [Observation] =
    stride(from: 0, to: 84, by: 4).flatMap { day in
      [
        Sample.observation(Sample.time(day: day), account: "111111111111"),
        Sample.observation(Sample.time(day: day), account: "222222222222"),
        Sample.observation(
          Sample.time(day: day), actor: "sso:Admin", event: "iam.amazonaws.com:ListRoles", source: "corp:hq",
          archetype: .ssoAdministrator),
      ]
    }

  @Test func `a role that works elsewhere differs in the account alone`() throws {
    let comparison = BaselineIndex(try Sample.baseline(Self.estate)).compare(
      Sample.observation(Sample.time(day: 91), account: "333333333333"))
    #expect(comparison.newDimensions == [.account])
    #expect(comparison.normality == .variant)
    #expect(comparison.accountsWithActorAndEvent == 2)
    #expect(comparison.counts["actor×event"] == 42)
    #expect(comparison.counts["account"] == 0)
    #expect(comparison.account == nil)
  }

  @Test func `known hands at new work from a new place differ in event and source`() throws {
    let comparison = BaselineIndex(try Sample.baseline(Self.estate)).compare(
      Sample.observation(
        Sample.time(day: 91), actor: "sso:Admin", source: "ip:203.0.113.0/24", kind: .publicNetwork))
    #expect(comparison.newDimensions == [.event, .source])
    #expect(comparison.nearest?.key.actor == "sso:Admin")
    #expect(comparison.priorObservations == 0)
  }

  @Test func `an unknown actor with an unknown event is first-seen, however close the rest`() throws {
    let comparison = BaselineIndex(try Sample.baseline(Self.estate)).compare(
      Sample.observation(Sample.time(day: 91), actor: "role:other", event: "kms.amazonaws.com:CreateGrant"))
    #expect(comparison.newDimensions == [.actor, .event])
    #expect(comparison.normality == .firstSeen)
  }

  @Test func `a baseline without an established lane has no nearest one`() throws {
    var builder = BaselineBuilder()
    builder.add(Sample.observation(Sample.time(day: 0)))
    builder.add(Sample.observation(Sample.time(day: 60)))
    let comparison = BaselineIndex(try #require(builder.baseline())).compare(
      Sample.observation(Sample.time(day: 91)))
    #expect(comparison.nearest == nil)
    #expect(comparison.newDimensions == [.account, .actor, .event, .source, .region])
    #expect(comparison.normality == .firstSeen)
    #expect(comparison.priorObservations == 2)
  }

  @Test func `departures go from the nearest to the farthest`() {
    #expect(
      TupleDimensions.departures.dropFirst().prefix(5).map(\.name) == [
        "source", "region", "account", "event", "actor",
      ])
    #expect(Set(TupleDimensions.departures).count == 31)
  }
}
