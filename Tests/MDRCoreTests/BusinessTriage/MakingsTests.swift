import Testing

@testable import MDRCore

@Suite struct MakingsTests {
  private static func call(
    _ event: String, _ request: String, hour: Int, actor: String = "role:restore-drill",
    override: OverrideClass? = nil, archetype: Archetype = .unknown
  ) -> Observation {
    var made = Sample.observation(
      Sample.time(day: 91, hour: hour), actor: actor, event: event, override: override,
      archetype: archetype)
    made.details.request = request
    return made
  }

  private static func restore(_ name: String, hour: Int, actor: String = "role:restore-drill") -> Observation
  {
    call(
      "rds.amazonaws.com:RestoreDBInstanceToPointInTime",
      #"{"sourceDBInstanceIdentifier":"prod","targetDBInstanceIdentifier":"\#(name)"}"#, hour: hour,
      actor: actor)
  }

  private static func delete(_ name: String, hour: Int, actor: String = "role:restore-drill") -> Observation {
    call(
      "rds.amazonaws.com:DeleteDBInstance",
      #"{"dBInstanceIdentifier":"\#(name)","skipFinalSnapshot":true}"#, hour: hour, actor: actor,
      override: .destructive)
  }

  private static func severities(_ calls: [Observation]) throws -> [Severity] {
    try TriageRun.result(calls, against: nil).findings.filter { $0.eventNames.contains("DeleteDBInstance") }
      .map(\.severity)
  }

  @Test func `destroying what one made oneself within a day weighs medium, and says so`() throws {
    let result = try TriageRun.result(
      [Self.restore("drill", hour: 2), Self.delete("drill", hour: 5)], against: nil)
    let finding = try #require(result.findings.first { $0.eventNames.contains("DeleteDBInstance") })
    #expect(finding.severity == .medium)
    #expect(finding.whyDifferent.contains { $0.contains("database `drill`, the same principal had made") })
  }

  @Test func `what is older, another's or renamed keeps its weight`() throws {
    let alone = try Self.severities([Self.delete("drill", hour: 5)])
    #expect(alone == [.critical])
    for calls in [
      // The restore's source is no thing that it made.
      [Self.restore("drill", hour: 2), Self.delete("prod", hour: 5)],
      [Self.restore("drill", hour: 2), Self.delete("drill", hour: 5), Self.delete("prod", hour: 6)],
      [Self.restore("drill", hour: 2, actor: "role:other"), Self.delete("drill", hour: 5)],
      [Self.restore("drill", hour: 8), Self.delete("drill", hour: 5)],
      [Self.restore("drill", hour: 2), Self.delete("drill", hour: 5), Self.delete("drill", hour: 6)],
      [
        Self.restore("drill", hour: 2), Self.delete("drill", hour: 3),
        Self.restore("drill", hour: 4, actor: "role:other"), Self.delete("drill", hour: 5),
      ],
      [
        Self.restore("drill", hour: 2),
        Self.call(
          "rds.amazonaws.com:ModifyDBInstance",
          #"{"dBInstanceIdentifier":"prod","newDBInstanceIdentifier":"drill"}"#, hour: 4),
        Self.delete("drill", hour: 5),
      ],
    ] {
      #expect(try Self.severities(calls).first == .critical)
    }
  }

  @Test(arguments: [("eu-west-1", Severity.medium), ("us-east-1", .high)])
  func `a bucket is new where making one that exists would have failed`(region: String, expected: Severity)
    throws
  {
    let request = #"{"bucketName":"example-backups"}"#
    var calls = [
      Self.call("s3.amazonaws.com:CreateBucket", request, hour: 2),
      Self.call("s3.amazonaws.com:DeleteBucket", request, hour: 3, override: .destructive),
    ]
    for number in calls.indices { calls[number].region = region }
    let result = try TriageRun.result(calls, against: nil)
    let finding = try #require(result.findings.first { $0.eventNames.contains("DeleteBucket") })
    #expect(finding.severity == expected)
  }

  private static func baseline() throws -> Baseline {
    try Sample.baseline(
      stride(from: 0, to: 84, by: 4).map {
        Sample.observation(
          Sample.time(day: $0), actor: "role:terraform", event: "iam.amazonaws.com:CreateRole",
          archetype: .deploymentAutomation)
      })
  }

  private static func work(arn: String = "arn:aws:sts::111111111111:assumed-role/feed/x") -> Observation {
    var work = call(
      "s3.amazonaws.com:PutBucketCors", "{}", hour: 9, actor: "role:feed", archetype: .applicationWorkload)
    work.identity.arn = arn
    work.businessRisk = .dataExposure
    return work
  }

  private static func creation(by actor: String, hour: Int = 8) -> Observation {
    call(
      "iam.amazonaws.com:CreateRole", #"{"roleName":"feed"}"#, hour: hour, actor: actor,
      archetype: .deploymentAutomation)
  }

  private static func finding(_ calls: [Observation]) throws -> Finding {
    try #require(
      try TriageRun.result(calls, against: baseline()).findings.first { $0.actor == "role:feed" })
  }

  @Test func `a role that known automation has just made begins with a question, not an alarm`() throws {
    let found = try Self.finding([Self.creation(by: "role:terraform"), Self.work()])
    #expect(found.severity == .medium)
    #expect(found.position == .unknownNeedsEvidence)
    #expect(found.whyDifferent.contains { $0.contains("The role is new: `role:terraform`") })
  }

  @Test func `a role that nobody made, a stranger made, or that was there before keeps its weight`() throws {
    for calls in [
      [Self.work()], [Self.creation(by: "role:stranger"), Self.work()],
      [Self.creation(by: "role:terraform", hour: 11), Self.work()],
      [
        Self.creation(by: "role:terraform"), Self.work(arn: "arn:aws:sts::111111111111:assumed-role/other/x"),
      ],
    ] {
      let found = try Self.finding(calls)
      #expect(found.severity == .high)
      #expect(found.position == .abnormalHighRisk)
    }
  }

  @Test func `what a service does first with automation's role is a question, by hand an alarm`() throws {
    func finding(
      _ kind: SourceKind, _ archetype: Archetype, _ risk: BusinessRisk = .dataExposure
    ) throws -> Finding {
      var call = Sample.observation(
        Sample.time(day: 91), actor: "role:feed", event: "s3.amazonaws.com:PutBucketCors",
        source: "somewhere", kind: kind, archetype: archetype)
      call.businessRisk = risk
      return try #require(try TriageRun.result([call], against: Self.baseline()).findings.first)
    }
    let byService = try finding(.awsService, .scheduler)
    #expect(byService.severity == .medium)
    #expect(byService.position == .abnormalHighRisk)
    #expect(byService.whyDifferent.contains { $0.contains("An AWS service carried it out") })
    for other in [
      try finding(.publicNetwork, .scheduler), try finding(.awsService, .ssoAdministrator),
      try finding(.awsService, .scheduler, .credentialOrPrivilege),
    ] {
      #expect(other.severity == .high)
      #expect(other.position == .abnormalHighRisk)
    }
  }
}
