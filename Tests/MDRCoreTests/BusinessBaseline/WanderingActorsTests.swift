import Testing

@testable import MDRCore

@Suite struct WanderingActorsTests {
  private static let actor = "role:hosted-runner"

  private static func call(
    _ day: Int, network: Int, actor: String = actor, event: String = "ecs.amazonaws.com:UpdateService",
    region: String = "us-east-1", override: OverrideClass? = nil,
    archetype: Archetype = .deploymentAutomation, resources: [String] = []
  ) -> Observation {
    Sample.observation(
      Sample.time(day: day), actor: actor, event: event, source: "ip:192.0.\(network).0/24",
      region: region, override: override, kind: .publicNetwork, resources: resources, archetype: archetype)
  }

  /// A job that runs every other day, each time from a network that it never used.
  private static func runs(
    actor: String = actor, archetype: Archetype = .deploymentAutomation, override: OverrideClass? = nil,
    networks: Int = .max
  ) throws -> Baseline {
    try Sample.baseline(
      Sample.background()
        + stride(from: 0, to: 90, by: 2).map {
          call($0, network: $0 % networks, actor: actor, override: override, archetype: archetype)
        })
  }

  private static func compare(_ observation: Observation, _ baseline: Baseline) -> Comparison {
    BaselineIndex(baseline).compare(observation)
  }

  @Test func `what a machine without a place does again is established from one more network`() throws {
    let comparison = Self.compare(Self.call(91, network: 200), try Self.runs())
    #expect(comparison.normality == .established)
    #expect(comparison.newDimensions.isEmpty)
    #expect(comparison.exact == nil)
    #expect(comparison.wandering?.networks == 45)
  }

  @Test func `networks that come anew on each day make no account thin`() throws {
    #expect(try Self.runs().accounts.allSatisfy(\.isMature))
  }

  @Test func `an actor that keeps to a few networks is new in a further one`() throws {
    let comparison = Self.compare(Self.call(91, network: 200), try Self.runs(networks: 6))
    #expect(comparison.newDimensions == [.source])
    #expect(comparison.normality == .variant)
    #expect(comparison.wandering == nil)
  }

  @Test func `people are new wherever they never were`() throws {
    for archetype in [Archetype.ssoAdministrator, .supportRole, .federatedUser] {
      let comparison = Self.compare(
        Self.call(91, network: 200, archetype: archetype), try Self.runs(archetype: archetype))
      #expect(comparison.normality != .established)
      #expect(comparison.wandering == nil)
    }
  }

  @Test func `other accounts are new wherever they never were`() throws {
    let actor = "xacct:999999999999"
    let comparison = Self.compare(
      Self.call(91, network: 200, actor: actor, archetype: .externalAccount),
      try Self.runs(actor: actor, archetype: .externalAccount))
    #expect(comparison.newDimensions.contains(.source))
  }

  @Test func `what it never did is new, by known hands`() throws {
    let comparison = Self.compare(
      Self.call(91, network: 200, event: "iam.amazonaws.com:CreateUser"), try Self.runs())
    #expect(comparison.newDimensions == [.event, .source])
    #expect(comparison.normality == .variant)
  }

  @Test func `known work in one more region is new in the region alone`() throws {
    let comparison = Self.compare(Self.call(91, network: 200, region: "eu-west-1"), try Self.runs())
    #expect(comparison.newDimensions == [.region])
    #expect(comparison.normality == .variant)
    var other = Self.call(91, network: 200, region: "eu-west-1")
    other.origin.userAgentFamily = "python-requests"
    #expect(Self.compare(other, try Self.runs()).newDimensions == [.source, .region])
    let key = Self.call(91, network: 200, actor: "user:bot", region: "eu-west-1", archetype: .iamUser)
    let keys = try Self.runs(actor: "user:bot", archetype: .iamUser)
    #expect(Self.compare(key, keys).newDimensions == [.source, .region])
  }

  @Test func `what it never did, in a region where it never was, is by known hands all the same`() throws {
    let comparison = Self.compare(
      Self.call(91, network: 200, event: "iam.amazonaws.com:CreateUser", region: "eu-west-1"),
      try Self.runs())
    #expect(comparison.newDimensions == [.event, .source, .region])
    #expect(comparison.normality == .firstSeen)
  }

  @Test func `another program with the same credentials is new in its network`() throws {
    var observation = Self.call(91, network: 200)
    observation.origin.userAgentFamily = "python-requests"
    let comparison = Self.compare(observation, try Self.runs())
    #expect(comparison.newDimensions == [.source])
    #expect(comparison.normality == .variant)
  }

  @Test func `a critical outcome that does not recur stays outside its lane`() throws {
    let comparison = Self.compare(Self.call(91, network: 200, override: .destructive), try Self.runs())
    #expect(comparison.normality == .variant)
    #expect(comparison.newOverrides == [.destructive])
  }

  @Test func `a critical outcome that recurs from everywhere is known, and stays critical`() throws {
    let observation = Self.call(91, network: 200, override: .destructive)
    let comparison = Self.compare(observation, try Self.runs(override: .destructive))
    #expect(comparison.normality == .established)
    let decision = DecisionTable().decision(
      normality: comparison.normality, risk: .override, newDimensions: comparison.newDimensions,
      outcomeSeverity: .high)
    #expect(decision.position == .normalHighResidualRisk)
    #expect(decision.isListed)
  }

  @Test func `a critical outcome on another thing is new in its resource`() throws {
    let known = stride(from: 0, to: 90, by: 2).map {
      Self.call($0, network: $0, override: .destructive, resources: ["staging"])
    }
    let baseline = try Sample.baseline(Sample.background() + known)
    let comparison = Self.compare(
      Self.call(91, network: 200, override: .destructive, resources: ["production"]), baseline)
    #expect(comparison.newDimensions == [.resource])
    #expect(comparison.normality == .variant)
  }

  @Test func `a static key from everywhere can't be told from whoever took it`() throws {
    let actor = "user:deploy-bot"
    let baseline = try Self.runs(actor: actor, archetype: .iamUser)
    let comparison = Self.compare(
      Self.call(91, network: 200, actor: actor, archetype: .iamUser), baseline)
    #expect(comparison.newDimensions == [.source])
    #expect(comparison.normality == .undetermined)
    let critical = Self.compare(
      Self.call(91, network: 200, actor: actor, override: .identity, archetype: .iamUser), baseline)
    #expect(critical.normality == .variant)
  }

  @Test func `networks of the newest days alone make no wanderer`() throws {
    let steady = (0..<84).map { Self.call($0, network: 1) }
    let burst = (0..<40).map { Self.call(88 + $0 % 2, network: 100 + $0) }
    let baseline = try Sample.baseline(Sample.background() + steady + burst)
    #expect(Self.compare(Self.call(91, network: 200), baseline).newDimensions == [.source])
  }

  @Test func `a machine with a place of its own is out of it elsewhere`() throws {
    let baseline = try Sample.baseline(
      Sample.background()
        + stride(from: 0, to: 90, by: 2).flatMap {
          [Self.call($0, network: $0), Sample.observation(Sample.time(day: $0), actor: Self.actor)]
        })
    #expect(Self.compare(Self.call(91, network: 200), baseline).normality != .established)
  }

  @Test func `whoever has taken a role for weeks is no stranger, though the lists say an outsider`() throws {
    let actor = "xacct:999999999999"
    func visit(_ day: Int, role: String = "reader") -> Observation {
      Sample.observation(
        Sample.time(day: day), actor: actor, event: "sts.amazonaws.com:AssumeRole", source: "ip:192.0.2.0/24",
        kind: .publicNetwork, resources: [role], archetype: .externalAccount)
    }
    let baseline = try Sample.baseline(Sample.background() + (0..<80).map { visit($0) })
    func judged(_ observation: Observation, as id: String) -> Comparison {
      var observation = observation
      observation.overrides = [OverrideMatch(.identity, id: id, severity: .high, reason: "x")]
      return Self.compare(observation, baseline)
    }
    #expect(judged(visit(91), as: "role-assumed-by-outsider").normality == .established)
    #expect(judged(visit(91, role: "admin"), as: "role-assumed-by-outsider").newDimensions == [.resource])
    #expect(judged(visit(91), as: "something-else").normality == .variant)
  }
}
