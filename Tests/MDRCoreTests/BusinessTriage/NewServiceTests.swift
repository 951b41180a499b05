import Testing

@testable import MDRCore

/// What findings of services that turn up say and ask: which role they took, what was set up before, and how the baseline
/// compares.
@Suite struct NewServiceTests {
  private static let account = "111111111111"

  private static func takes(
    _ role: String, by service: String, _ time: Timestamp, outcome: Outcome = .success
  ) -> Observation {
    let arn = "arn:aws:iam::\(account):role/\(role)"
    var call = Sample.observation(
      time, actor: "svc:\(service)", event: "sts.amazonaws.com:AssumeRole", source: "svc:\(service)",
      outcome: outcome, kind: .awsService, resources: [arn], archetype: .servicePrincipal,
      targets: ["role_arn": [arn]])
    call.identity.type = .awsService
    (call.businessFamily, call.businessRisk) = (.identityAndSession, .operationalChange)
    return call
  }

  private static func baseline() throws -> Baseline {
    try Sample.baseline(
      (0..<90).map { takes("report", by: "lambda.amazonaws.com", Sample.time(day: $0)) })
  }

  /// The finding of a service, with what else the review holds, in logs that go on for days.
  private static func finding(_ call: Observation, _ others: [Observation] = []) throws -> Finding {
    let end = Sample.background(days: 94).suffix(4)
    let findings = try TriageRun.result([call] + others + end, against: baseline()).findings
    return try #require(findings.first { $0.eventNames.contains(call.eventName) && $0.actor == call.actor })
  }

  private static func evidence(_ finding: Finding, _ text: String) throws -> EvidenceItem {
    try #require(finding.evidence.first { $0.text.hasPrefix(text) })
  }

  private static let optimizer = "compute-optimizer.amazonaws.com"

  @Test func `a service that takes a role for the first time is told by service, account and role`() throws {
    let new = try Self.finding(Self.takes("optimizer", by: Self.optimizer, Sample.time(day: 91)))
    #expect(
      new.whyDifferent.contains(
        "New service/account/role tuple: nobody took `arn:aws:iam::111111111111:role/optimizer` in this account."
      ))
    // What is new in it is told before the tuple, so that an explanation has it.
    #expect(Explanation(finding: new).document.rendered.contains("New service/account/role tuple: "))
    let known = try Self.finding(Self.takes("report", by: Self.optimizer, Sample.time(day: 91)))
    #expect(
      known.whyDifferent.contains(
        "New service/account/role tuple: `arn:aws:iam::111111111111:role/report` was taken 90 times in this account, by `svc:lambda.amazonaws.com`, never by this actor."
      ))
  }

  @Test func `an actor's own role is told as such, and a person's as an actor's`() throws {
    var call = Self.takes("report", by: "lambda.amazonaws.com", Sample.time(day: 91))
    (call.origin.source, call.origin.kind) = ("ip:203.0.113.0/24", .publicNetwork)
    #expect(
      try Self.finding(call).whyDifferent.contains(
        "Role: this actor took `arn:aws:iam::111111111111:role/report` 90 times in this account."))
    call = Self.takes("report", by: "x", Sample.time(day: 91))
    (call.identity.actor, call.identity.type, call.identity.archetype) = ("user:carla", .iamUser, .iamUser)
    #expect(
      try Self.finding(call).whyDifferent.contains { $0.hasPrefix("New actor/account/role tuple: ") })
  }

  @Test func `a baseline that lists only some roles calls none of them new`() throws {
    let many = LearnedTemplateTests.tenants.enumerated().map { day, tenant in
      Self.takes("app-\(tenant)", by: "lambda.amazonaws.com", Sample.time(day: day * 3))
    }
    let baseline = try Sample.baseline(many)
    try #require(baseline.lanes.contains { $0.resourcePatterns.omittedValues > 0 })
    let call = Self.takes("optimizer", by: Self.optimizer, Sample.time(day: 91))
    let findings = try TriageRun.result([call], against: baseline).findings
    #expect(
      try #require(findings.first).whyDifferent.contains(
        "Role: the baseline lists only some of the roles taken in this account, and not `arn:aws:iam::111111111111:role/optimizer`."
      ))
  }

  @Test func `what enabled a service in the day before is looked up in its account`() throws {
    let call = Self.takes("optimizer", by: Self.optimizer, Sample.time(day: 91, hour: 8))
    func enabling(_ account: String, day: Int, _ outcome: Outcome = .success) -> Observation {
      Sample.observation(
        Sample.time(day: day, hour: 9), account: account, actor: "sso:Admin",
        event: "iam.amazonaws.com:CreateServiceLinkedRole", source: "corp:hq", outcome: outcome,
        id: "enabling-\(account)-\(day)", archetype: .ssoAdministrator)
    }
    func item(_ others: [Observation]) throws -> EvidenceItem {
      try Self.evidence(Self.finding(call, others), "Whether a service was enabled")
    }
    let found = try item([enabling(Self.account, day: 90)])
    #expect(
      found.answer
        == "Services were enabled in the account by `sso:Admin`, 1 call: CreateServiceLinkedRole at 2026-04-01T09:00:00Z."
    )
    #expect(found.eventIDs == ["enabling-111111111111-90"])
    let none = "No call that enables a service was made in the account in the 24 h before."
    for other in [
      enabling("222222222222", day: 90), enabling(Self.account, day: 92),
      enabling(Self.account, day: 90, .denied),
    ] {
      #expect(try item([other]).answer == none)
    }
  }

  @Test func `whether a workload was created is answered by the account's calls`() throws {
    var stream = Sample.observation(
      Sample.time(day: 91, hour: 8), actor: "role:web", event: "logs.amazonaws.com:CreateLogStream",
      source: "svc:elasticbeanstalk.amazonaws.com", kind: .awsService, archetype: .applicationWorkload)
    (stream.businessFamily, stream.businessRisk) = (.loggingAndObservability, .observability)
    let start = Sample.observation(
      Sample.time(day: 91, hour: 7), actor: "role:deployer",
      event: "elasticbeanstalk.amazonaws.com:CreateEnvironment", archetype: .deploymentAutomation)
    let created = try Self.evidence(Self.finding(stream, [start]), "Whether a new workload was created")
    #expect(
      created.answer
        == "Workloads were created in the account by `role:deployer`, 1 call: CreateEnvironment at 2026-04-02T07:00:00Z."
    )
    // A group that replaces its machines creates none.
    let replaced = Sample.observation(
      Sample.time(day: 91, hour: 7), actor: "slr:autoscaling", event: "ec2.amazonaws.com:RunInstances",
      archetype: .serviceLinkedRole)
    let quiet = try Self.evidence(Self.finding(stream, [replaced]), "Whether a new workload was created")
    #expect(quiet.answer == "No workload was created in the account in the 24 h before.")
  }

  @Test func `the comparison that a grant asks for is the baseline's own`() throws {
    var grant = Sample.observation(
      Sample.time(day: 91), actor: "role:imaging", event: "kms.amazonaws.com:CreateGrant",
      source: "svc:lambda.amazonaws.com", kind: .awsService, archetype: .awsServiceRole)
    (grant.businessFamily, grant.businessRisk) = (.storageDataKMS, .dataAccessStorage)
    let item = try Self.evidence(Self.finding(grant), "Baseline comparison")
    #expect(
      item.answer
        == "Prior observations: account 180, actor never, event never, source 90, region 180; account, source and region together 90; exact tuple 0."
    )
    let cold = try TriageRun.result([grant], against: nil).findings
    #expect(!cold.flatMap(\.evidence).contains { $0.text.hasPrefix("Baseline comparison") && !$0.isOpen })
  }

  @Test func `an AWS service is asked about at the account's owner`() throws {
    let finding = try Self.finding(Self.takes("optimizer", by: Self.optimizer, Sample.time(day: 91)))
    #expect(
      finding.verification.contains(
        "Ask the owner of account `111111111111` who set up what `svc:compute-optimizer.amazonaws.com` did here."
      ))
  }
}
