import Testing

@testable import MDRCore

@Suite struct CarriedOutTests {
  private static let accounts = ["111111111111", "222222222222", "333333333333"]

  /// An administrator changes a permission set in the management account, ten o'clock on the ninety-second day.
  private static func asked(
    minute: Int = 0, severity: Severity = .critical, outcome: Outcome = .success
  ) -> Observation {
    var call = Sample.observation(
      Sample.time(day: 91, minute: minute), account: "999999999999", actor: "sso:Admin",
      event: "sso.amazonaws.com:ProvisionPermissionSet", source: "ip:203.0.113.0/24", outcome: outcome,
      kind: .publicNetwork)
    call.overrides = [OverrideMatch(.identity, id: "sample", severity: severity, reason: "sample")]
    return call
  }

  /// What a service-linked role does in each account.
  private static func writes(
    minute: Int = 2, actor: String = "slr:sso", source: String = "svc:sso.amazonaws.com"
  ) -> [Observation] {
    accounts.map { account in
      Sample.observation(
        Sample.time(day: 91, minute: minute), account: account, actor: actor,
        event: "iam.amazonaws.com:PutRolePolicy", source: source, region: "global", kind: .awsService)
    }
  }

  private static func severities(_ review: [Observation]) throws -> [String: Set<Severity>] {
    let baseline = try Sample.baseline(
      (accounts + ["999999999999"]).flatMap { Sample.background(account: $0) })
    let findings = try TriageRun.result(review, against: baseline).findings
    return Dictionary(grouping: findings, by: \.actor).mapValues { Set($0.map(\.severity)) }
  }

  @Test func `what a service carries out weighs less than what was asked of it, which keeps its weight`()
    throws
  {
    let findings = try Self.severities([Self.asked()] + Self.writes())
    #expect(findings["sso:Admin"].map { $0.allSatisfy { $0 >= .high } } == true)
    #expect(findings["slr:sso"] == [.medium])
  }

  @Test func `nobody asked, or so long before, or was refused: it keeps its weight`() throws {
    let alone = try Self.severities(Self.writes())["slr:sso"]
    #expect(alone == [.high])
    #expect(try Self.severities([Self.asked(minute: 5)] + Self.writes())["slr:sso"] == alone)
    #expect(try Self.severities([Self.asked()] + Self.writes(minute: 61))["slr:sso"] == alone)
    #expect(try Self.severities([Self.asked(outcome: .denied)] + Self.writes())["slr:sso"] == alone)
  }

  @Test func `another role, or another hand in the service's role, keeps its weight`() throws {
    #expect(
      try Self.severities([Self.asked()] + Self.writes(actor: "role:sso"))["role:sso"]?.contains(.medium)
        == false)
    #expect(
      try Self.severities([Self.asked()] + Self.writes(source: "ip:203.0.113.0/24"))["slr:sso"]?.contains(
        .medium)
        == false)
  }

  @Test func `the finding says who asked for it, and where`() throws {
    let baseline = try Sample.baseline(
      (Self.accounts + ["999999999999"]).flatMap { Sample.background(account: $0) })
    let findings = try TriageRun.result([Self.asked()] + Self.writes(), against: baseline).findings
    let carried = try #require(findings.first { $0.actor == "slr:sso" })
    #expect(
      carried.whyDifferent.contains(
        "It carries out what `sso:Admin` asked for in `999999999999` with `ProvisionPermissionSet` at 2026-04-02T10:00:00Z, a finding of its own: IAM Identity Center writes the roles of a permission set in every account that it is assigned in."
      ))
    #expect(carried.position == .unknownNeedsEvidence)
  }
}
