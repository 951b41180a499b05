import Testing

@testable import MDRCore

@Suite struct JoiningTests {
  private static func findings(_ calls: [Observation]) throws -> [Finding] {
    let result = try TriageRun.result(calls, against: Sample.baseline(BaselineIndexTests.estate))
    return result.findings
  }

  @Test func `a role's deletion and what the service says of it are one finding`() throws {
    let role = Sample.observation(
      Sample.time(day: 91), actor: "role:backup", event: "rds.amazonaws.com:DeleteDBSnapshot",
      source: "svc:backup.amazonaws.com", id: "role", kind: .awsService, archetype: .awsServiceRole)
    let service = Sample.observation(
      Sample.time(day: 91, minute: 3), actor: "svc:backup.amazonaws.com",
      event: "backup.amazonaws.com:BackupDeleted", source: "svc:backup.amazonaws.com", id: "service",
      kind: .awsService, archetype: .servicePrincipal)
    let joined = try Self.findings([role, service])
    #expect(joined.map(\.count) == [2])
    #expect(joined.first?.eventNames == ["BackupDeleted", "DeleteDBSnapshot"])
    var late = service
    late.eventTime = Sample.time(day: 92)
    #expect(try Self.findings([role, late]).count == 2)
    var elsewhere = service
    elsewhere.accountID = "222222222222"
    #expect(try Self.findings([role, elsewhere]).count == 2)
  }

  @Test func `a chain of role assumptions is a timeline, and findings of it point to each other`() throws {
    func took(_ role: String, _ session: String, by actor: String, at minute: Int, callerSession: String?)
      -> Observation
    {
      var call = Sample.observation(
        Sample.time(day: 91, minute: minute), actor: actor, event: "sts.amazonaws.com:AssumeRole",
        source: "ip:203.0.113.0/24", id: "assume-\(session)", kind: .publicNetwork, archetype: .iamUser,
        targets: ["role_arn": ["arn:aws:iam::111111111111:role/\(role)"], "role_session": [session]])
      call.identity.sessionName = callerSession
      return call
    }
    var last = Sample.observation(
      Sample.time(day: 91, minute: 9), actor: "role:two", event: "s3.amazonaws.com:DeleteBucket",
      source: "ip:203.0.113.0/24", override: .destructive, id: "last", kind: .publicNetwork,
      archetype: .unknown)
    last.identity.sessionName = "s2"
    let chain = [
      took("one", "s1", by: "user:leaked", at: 1, callerSession: nil),
      took("two", "s2", by: "role:one", at: 5, callerSession: "s1"), last,
    ]
    let findings = try Self.findings(chain)
    let finding = try #require(findings.first { $0.eventNames.contains("DeleteBucket") })
    #expect(finding.timeline.map(\.eventID) == ["assume-s1", "assume-s2", "last"])
    #expect(finding.timeline.map(\.principal) == ["user:leaked", "role:one", "role:two"])
    let others = findings.filter { $0.findingID != finding.findingID }.map(\.findingID)
    #expect(!others.isEmpty)
    #expect(Set(finding.related.map(\.findingID)).isSubset(of: Set(others)))
    let other = try #require(finding.related.first)
    let meant = try #require(findings.first { $0.findingID == other.findingID })
    #expect(other.severity == meant.severity && other.eventNames == meant.eventNames)
    #expect(try Finding(json: finding.json).related == finding.related)
    #expect(
      Document(finding.blocks()).rendered.contains(
        "- `\(meant.findingID)` (\(meant.severity.title), `AssumeRole`): "))
  }
}

@Suite struct WanderingOperationTests {
  /// A static key that deploys from another network on every other day.
  private static func run(_ day: Int, id: String = "") -> Observation {
    Sample.observation(
      Sample.time(day: day), actor: "user:deploy-bot", event: "ecs.amazonaws.com:UpdateService",
      source: "ip:192.0.\(day).0/24", id: id, sourceIP: "192.0.\(day).9", kind: .publicNetwork,
      archetype: .iamUser)
  }

  @Test func `runs from ever other networks are one operation, which names each address`() throws {
    let baseline = try Sample.baseline(
      Sample.background() + stride(from: 0, to: 90, by: 2).map { Self.run($0) })
    let found = try TriageRun.result(
      [Self.run(91, id: "a"), Self.run(93, id: "b"), Self.run(95, id: "c")], against: baseline
    ).findings
    #expect(found.map(\.count) == [3])
    #expect(found.first?.position == .unknownNeedsEvidence)
    #expect(found.first?.whyDifferent.contains { $0.hasPrefix("This actor comes from ever other") } == true)
  }
}
