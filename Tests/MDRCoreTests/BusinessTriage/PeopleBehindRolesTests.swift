import Testing

@testable import MDRCore

/// Several people take one role: what the baseline has of the role is not what it has of each of them.
@Suite struct PeopleBehindRolesTests {
  /// A key that an administrator of the pipeline makes, or another call of the same role.
  private static func call(
    day: Int, by person: String?, event: String = "iam.amazonaws.com:CreateAccessKey",
    source: String = "corp:hq"
  ) -> Observation {
    let isKey = event.hasSuffix(":CreateAccessKey")
    var call = Sample.observation(
      Sample.time(day: day), actor: "sso:Admin", event: event, source: source,
      override: isKey ? .identity : nil, id: "\(event)-\(day)-\(person ?? "")-\(source)",
      resources: isKey ? ["user/pipeline"] : [], archetype: .ssoAdministrator,
      targets: isKey ? ["user": ["pipeline"]] : [:])
    call.identity.person = person
    return call
  }

  /// Alice makes a key every other day, Bob on the days between; both list users.
  private static func baseline(without named: Bool = false) throws -> Baseline {
    let keys = (0..<90).map { call(day: $0, by: named && $0 == 7 ? nil : $0 % 2 == 0 ? "alice" : "bob") }
    let lists = (0..<90).filter { $0 % 3 == 0 }.map {
      call(day: $0, by: "alice", event: "iam.amazonaws.com:ListUsers")
    }
    return try Sample.baseline(keys + lists + BaselineIndexTests.estate)
  }

  private static func finding(_ call: Observation, _ baseline: Baseline) throws -> Finding {
    try #require(try TriageRun.result([call], against: baseline).findings.first)
  }

  @Test func `a person who never was behind a lane of critical outcomes is new in it`() throws {
    let known = try Self.finding(Self.call(day: 92, by: "bob"), Self.baseline())
    #expect(known.position == .normalHighResidualRisk && known.newDimensions.isEmpty)
    let new = try Self.finding(Self.call(day: 92, by: "carol"), Self.baseline())
    #expect(new.position == .abnormalHighRisk && new.newDimensions == [.person])
    #expect(
      new.whyDifferent.first
        == "New person: `carol` was never behind this tuple; it was `alice` 45 times, `bob` 45 times.")
    #expect(
      new.whyDifferent.contains(
        "Of the role's calls none is this person's: `carol` was never behind `sso:Admin` in this account, 2 others were."
      ))
  }

  @Test func `where some calls of a lane name nobody, nobody can be shown to be new`() throws {
    let finding = try Self.finding(Self.call(day: 92, by: "carol"), Self.baseline(without: true))
    #expect(finding.newDimensions.isEmpty && finding.position == .normalHighResidualRisk)
  }

  @Test func `the role's counts are told as the role's, and the person's beside them`() throws {
    var call = Self.call(day: 92, by: "bob", source: "ip:203.0.113.0/24")
    let moved = try Self.finding(call, Self.baseline()).whyDifferent
    #expect(
      moved.contains {
        $0.hasPrefix(
          "New source for a known actor: this role, whoever takes it, made this call 90 times, never")
      })
    #expect(
      moved.contains(
        "Of the role's calls in this account `bob` made 45: 45 CreateAccessKey, none from `ip:203.0.113.0/24`."
      ))
    call = Self.call(day: 92, by: "bob", event: "iam.amazonaws.com:CreateLoginProfile")
    call.overrides = Self.call(day: 92, by: "bob").overrides
    let why = try Self.finding(call, Self.baseline()).whyDifferent
    #expect(
      why.contains {
        $0.contains("this role, whoever takes it, was seen ") && $0.contains(" in this account, never with")
      })
    #expect(
      why.contains(
        "Of the role's calls in this account `bob` made 45: none CreateLoginProfile, 45 from `corp:hq`."))
  }

  @Test func `an actor that is nobody's role has counts of its own`() throws {
    var call = Self.call(day: 92, by: nil, source: "ip:203.0.113.0/24")
    let why = try Self.finding(call, Self.baseline()).whyDifferent
    #expect(!why.contains { $0.contains("whoever") || $0.contains("Of the role's calls") })
    (call.identity.actor, call.identity.person) = ("user:bob", "bob")
    #expect(!call.isOfSharedRole && call.doer == "this actor")
  }
}
