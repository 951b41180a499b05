import Testing

@testable import MDRCore

@Suite struct SweepTests {
  private static let accounts = (1...4).map { String(repeating: "\($0)", count: 12) }

  /// Days of an administrator's work in each account.
  private static let usual = accounts.flatMap { account in
    Sample.background(account: account)
      + (0..<90).map { day in
        Sample.observation(
          Sample.time(day: day, hour: 9), account: account, actor: "sso:Admin",
          event: "ssm.amazonaws.com:PutParameter", source: "ip:203.0.113.0/24",
          id: "usual-\(account)-\(day)", kind: .publicNetwork, archetype: .ssoAdministrator)
      }
  }

  private static func change(
    _ account: String, region: String = "us-east-1", hour: Int, actor: String = "sso:Admin"
  ) -> Observation {
    Sample.observation(
      Sample.time(day: 91, hour: hour), account: account, actor: actor,
      event: "iam.amazonaws.com:UpdateAccountPasswordPolicy", source: "ip:203.0.113.0/24", region: region,
      id: "change-\(account)-\(region)-\(hour)-\(actor)", kind: .publicNetwork, archetype: .ssoAdministrator)
  }

  private static func findings(_ changes: [Observation]) throws -> [Finding] {
    try TriageRun.result(changes, against: Sample.baseline(usual)).findings
  }

  @Test func `the same change in several accounts is told as one sweep`() throws {
    let findings = try Self.findings(Self.accounts.map { Self.change($0, hour: 10) })
    #expect(findings.count == 4)
    for finding in findings {
      #expect(finding.sweep == Sweep(accounts: Self.accounts, firstSeen: Sample.time(day: 91, hour: 10)))
      #expect(
        finding.whyDifferent.contains(
          "One sweep: the same principal did the same in 4 accounts from 2026-04-02T10:00:00Z to 2026-04-02T10:00:00Z."
        ))
      #expect(finding.verification.last?.hasPrefix("Ask once for all 4 accounts:") == true)
      #expect(finding.related.count { $0.why.hasSuffix("one sweep.") } == 3)
      let copy = try Finding(json: finding.json)
      #expect(copy.sweep == finding.sweep)
      let text = Explanation(finding: finding).document.rendered
      #expect(ExplanationCheck(finding).outcome(of: text).refusals == [])
    }
    #expect(findings.bySweep.map(\.count) == [4])
    let page = FindingsDocument(
      result: Triage.Result(findings: findings, observations: [:], normality: [:], earlier: 0),
      hasBaseline: true, caveats: []
    ).document.rendered
    #expect(page.contains(" in `\(findings[0].accountID)` and 3 more |"))
    #expect(page.contains("| `\(findings[0].findingID)` and 3 more |"))
  }

  @Test func `accounts that don't know the principal are of the sweep as well`() throws {
    let known = Self.usual.filter {
      $0.actor != "sso:Admin" || Self.accounts.prefix(2).contains($0.accountID)
    }
    let changes = Self.accounts.map { account in
      var change = Self.change(account, hour: 10)
      change.origin.source = "ip:198.51.100.0/24"
      return change
    }
    let findings = try TriageRun.result(changes, against: Sample.baseline(known)).findings
    #expect(Set(findings.map { $0.newDimensions.contains(.account) }) == [true, false])
    #expect(findings.bySweep.map(\.count) == [4])
  }

  @Test func `the same change in several regions of one account is told as one sweep`() throws {
    let regions = ["eu-north-1", "eu-west-1", "sa-east-1"]
    let findings = try Self.findings(
      regions.map { Self.change(Self.accounts[0], region: $0, hour: 10) }
        + [Self.change(Self.accounts[1], region: "eu-west-1", hour: 10)])
    #expect(findings.count == 4)
    for finding in findings where finding.accountID == Self.accounts[0] {
      #expect(
        finding.sweep
          == Sweep(
            accounts: [Self.accounts[0]], regions: regions, firstSeen: Sample.time(day: 91, hour: 10)))
      #expect(
        finding.whyDifferent.contains {
          $0.hasPrefix("One sweep: the same principal did the same in 3 regions of this account from")
        })
      #expect(finding.related.count { $0.why.hasSuffix("another region: one sweep.") } == 2)
      #expect(try Finding(json: finding.json).sweep == finding.sweep)
      let text = Explanation(finding: finding).document.rendered
      #expect(ExplanationCheck(finding).outcome(of: text).refusals == [])
    }
    #expect(findings.first { $0.accountID == Self.accounts[1] }?.sweep == nil)
    #expect(findings.bySweep.map(\.count).sorted() == [1, 3])
    let page = FindingsDocument(
      result: Triage.Result(findings: findings, observations: [:], normality: [:], earlier: 0),
      hasBaseline: true, caveats: []
    ).document.rendered
    #expect(page.contains(" in `\(Self.accounts[0])`, 3 regions |"))
  }

  @Test func `changes of several principals, far apart, or in two accounts are none`() throws {
    let two = try Self.findings(Self.accounts.prefix(2).map { Self.change($0, hour: 10) })
    let apart = try Self.findings([
      Self.change(Self.accounts[0], hour: 1), Self.change(Self.accounts[1], hour: 9),
      Self.change(Self.accounts[2], hour: 17),
    ])
    let many = try Self.findings(
      Self.accounts.enumerated().map { Self.change($1, hour: 10, actor: "sso:Admin\($0)") })
    for findings in [two, apart, many] {
      #expect(!findings.isEmpty && findings.allSatisfy { $0.sweep == nil })
      #expect(findings.bySweep.count == findings.count)
    }
  }

  @Test func `two sweeps of the same work hours apart are told in two rows`() throws {
    // The same accounts and calls, at night in one new region and in the evening in another.
    let findings = try Self.findings(
      Self.accounts.flatMap {
        [
          Self.change($0, region: "eu-north-1", hour: 2), Self.change($0, region: "eu-west-1", hour: 20),
        ]
      })
    #expect(
      Set(findings.compactMap(\.sweep?.firstSeen))
        == Set([2, 20].map { Sample.time(day: 91, hour: $0) }))
    #expect(findings.bySweep.map(\.count) == [4, 4])
    #expect(findings.bySweep.allSatisfy { Set($0.map(\.sweep)).count == 1 })
    // Without the start, as in findings of an earlier version, they still have a row.
    let older = try findings.map { finding in
      guard case .object(var members) = finding.json else { return finding }
      members["sweep_first_seen"] = nil
      return try Finding(json: .object(members))
    }
    #expect(older.bySweep.map(\.count) == [8])
  }
}
