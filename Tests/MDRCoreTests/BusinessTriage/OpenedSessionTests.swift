import Testing

@testable import MDRCore

@Suite struct OpenedSessionTests {
  private static let repository = "web:token.actions.githubusercontent.com:repo:acme/shop:ref:refs/heads/main"
  private static let role = "arn:aws:iam::111111111111:role/deploy"

  /// The address of a day's runner.
  private static func address(_ day: Int) -> String { "192.0.\(day).9" }

  private static func opening(
    _ day: Int, by actor: String = repository, role: String = role, address: String? = nil, hour: Int = 10
  ) -> Observation {
    Sample.observation(
      Sample.time(day: day, hour: hour), actor: actor, event: "sts.amazonaws.com:AssumeRoleWithWebIdentity",
      source: "ip:192.0.\(day).0/24", sourceIP: address ?? Self.address(day), kind: .publicNetwork,
      resources: [role], archetype: .applicationWorkload,
      targets: ["role_arn": [role], "role_session": ["run-\(day)"]])
  }

  private static func call(
    _ day: Int, _ event: String, address: String? = nil, session: String? = nil,
    risk: BusinessRisk = .internetExposure, override: OverrideClass? = nil
  ) -> Observation {
    var call = Sample.observation(
      Sample.time(day: day, minute: 2), actor: "role:deploy", event: event, source: "ip:192.0.\(day).0/24",
      override: override, sourceIP: address ?? Self.address(day), kind: .publicNetwork,
      archetype: .deploymentAutomation)
    let name = session ?? "run-\(day)"
    call.identity.sessionName = name
    call.identity.arn = "arn:aws:sts::111111111111:assumed-role/deploy/\(name)"
    call.businessRisk = risk
    return call
  }

  /// A pipeline on hosted runners: each run from another network.
  private static func baseline() throws -> Baseline {
    try Sample.baseline(
      stride(from: 0, to: 90, by: 2).flatMap { [opening($0), call($0, "ecs.amazonaws.com:UpdateService")] })
  }

  private static func finding(_ calls: [Observation]) throws -> Finding {
    try #require(
      try TriageRun.result(calls, against: baseline()).findings.first { $0.actor == "role:deploy" })
  }

  private static let change = call(92, "elasticloadbalancing.amazonaws.com:ModifyListener")

  @Test func `the usual opening of a session explains its network, not what is new in it`() throws {
    for calls in [[Self.opening(92), Self.change], [Self.change, Self.opening(92)]] {
      let found = try Self.finding(calls)
      #expect(found.newDimensions == [.event])
      #expect(found.severity == .medium)
      #expect(found.position == .unknownNeedsEvidence)
      #expect(
        found.whyDifferent.contains {
          $0.contains("no departure here") && $0.contains("opened the session from the same address")
        })
    }
  }

  @Test func `credentials away from where their session was opened keep their weight`() throws {
    for calls in [
      [Self.change],
      [Self.opening(92, address: "192.0.92.77"), Self.change],
      [Self.opening(92, hour: 11), Self.change],
      [Self.opening(92), Self.call(92, Self.change.event, session: "run-1")],
    ] {
      let found = try Self.finding(calls)
      #expect(found.newDimensions == [.event, .source])
      #expect(found.severity == .high)
    }
  }

  @Test func `another caller, or the usual one in another role, explains nothing`() throws {
    let branch = "web:token.actions.githubusercontent.com:repo:acme/shop:pull_request"
    for calls in [
      [Self.opening(92, by: branch), Self.change],
      [Self.opening(92), Self.opening(92, by: branch), Self.change],
      [Self.opening(92, role: "arn:aws:iam::111111111111:role/other"), Self.change],
      [Self.opening(92, role: "arn:aws:iam::111111111111:role/path/deploy"), Self.change],
    ] {
      #expect(try Self.finding(calls).severity == .high)
    }
  }

  @Test func `another program is no usual caller`() throws {
    var opening = Self.opening(92)
    opening.origin.userAgentFamily = "python-requests"
    #expect(try Self.finding([opening, Self.change]).severity == .high)
  }

  @Test func `a critical outcome keeps its severity`() throws {
    // Without the overrides that the detector finds: this policy opens the bucket to everybody.
    var opened = Self.call(92, "s3.amazonaws.com:PutBucketPolicy")
    opened.details.request =
      #"{"bucketName":"shop","bucketPolicy":{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}}"#
    let alone = try Self.finding([opened])
    let explained = try Self.finding([Self.opening(92), opened])
    #expect(explained.severity == alone.severity)
    #expect(explained.severity >= .high)
  }

  @Test func `too many to wait for are all told as they are`() throws {
    let judge = Judge(
      index: BaselineIndex(try Self.baseline()), inventory: nil, detector: try TriageRun.detector.get())
    var gathered = GatheredFacts()
    let memo = judge.index.map { ComparisonMemo($0) }
    let assessment = judge.assess(resolved: Self.change, comparing: memo, &gathered)
    let key = Operation.Key(assessment)
    var moved = MovedSessions(limit: 2)
    let first = [moved.hold(assessment, of: key), moved.hold(assessment, of: key)]
    #expect(first == [true, true])
    #expect(moved.given().isEmpty)
    let third = moved.hold(assessment, of: key)
    #expect(!third)
    #expect(moved.given().count == 2)
    #expect(moved.given().isEmpty)
    #expect(moved.held.isEmpty)
  }
}
