import Testing

@testable import MDRCore

@Suite struct PrincipalSummaryTests {
  private static func finding(
    _ event: String, by actor: String, person: String? = nil, account: String = "111111111111", day: Int,
    override: OverrideClass? = nil
  ) throws -> [Finding] {
    var call = Sample.observation(
      Sample.time(day: day), account: account, actor: actor, event: event, source: "ip:198.51.100.0/24",
      override: override, kind: .publicNetwork)
    call.identity.person = person
    return try TriageRun.result([call], against: try Sample.baseline(Sample.background())).findings
  }

  @Test func `what one principal did is one row, the gravest principal first`() throws {
    let findings =
      try Self.finding("iam.amazonaws.com:CreateUser", by: "role:ops", day: 92, override: .identity)
      + Self.finding("s3.amazonaws.com:PutBucketPolicy", by: "role:once", day: 91)
      + Self.finding("iam.amazonaws.com:CreateRole", by: "role:admin", person: "ana@example.com", day: 91)
      + Self.finding("iam.amazonaws.com:CreatePolicy", by: "role:dev", person: "ana@example.com", day: 93)
      + Self.finding("iam.amazonaws.com:CreateRole", by: "role:ops", account: "222222222222", day: 91)
    let rows = PrincipalSummary.summaries(of: findings).map { $0.cells.map { $0.rendered(in: .cell) } }
    #expect(
      rows == [
        [
          "`role:ops`", "2: 2 high", "`111111111111`, `222222222222`",
          "2026-04-02T10:00:00Z to 2026-04-03T10:00:00Z", "`ip:198.51.100.0/24`",
          "`CreateUser`, `CreateRole`",
        ],
        [
          "`ana@example.com`", "2: 2 high", "`111111111111`", "2026-04-02T10:00:00Z to 2026-04-04T10:00:00Z",
          "`ip:198.51.100.0/24`", "`CreateRole`, `CreatePolicy`",
        ],
      ])
  }

  @Test func `principals of one finding each need no table`() throws {
    let findings =
      try Self.finding("iam.amazonaws.com:CreateUser", by: "role:ops", day: 92)
      + Self.finding("iam.amazonaws.com:CreateUser", by: "role:dev", day: 92)
    #expect(PrincipalSummary.summaries(of: findings).isEmpty)
  }
}
