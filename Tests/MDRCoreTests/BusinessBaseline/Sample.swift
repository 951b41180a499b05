@testable import MDRCore

/// Observations made by hand, as plain as a test needs them.
enum Sample {
  /// 2026-01-01T00:00:00Z, the day that offsets count from.
  static let start = Timestamp(seconds: 1_767_225_600)

  static func time(day: Int, hour: Int = 10, minute: Int = 0) -> Timestamp {
    start.adding(day * 86_400 + hour * 3_600 + minute * 60)
  }

  /// One call; by default the build server's deployment of a role, in a session of its own.
  static func observation(
    _ time: Timestamp, account: String = "111111111111", actor: String = "role:build-server",
    event: String = "iam.amazonaws.com:CreateRole", source: String = "owned:build",
    region: String = "us-east-1",
    outcome: Outcome = .success, override: OverrideClass? = nil, session: String? = nil, id: String = "",
    sourceIP: String = "198.51.100.7", kind: SourceKind = .owned, resources: [String] = [],
    archetype: Archetype = .buildServer, targets: [String: [String]] = [:]
  ) -> Observation {
    let parts = event.split(separator: ":").map(String.init)
    return Observation(
      eventID: id.isEmpty ? "\(time.seconds)-\(actor)-\(event)-\(source)" : id, eventTime: time,
      accountID: account, actorAccountID: account, region: region, awsRegion: region, eventSource: parts[0],
      eventName: parts[1], rawEventName: parts[1], eventType: "AwsApiCall", outcome: outcome, errorCode: nil,
      isReadOnly: false,
      identity: ActorIdentity(
        actor: actor, type: .assumedRole, archetype: archetype, sessionStart: session ?? time.iso8601),
      origin: EventOrigin(source: source, kind: kind, sourceIP: sourceIP, userAgentFamily: "aws-cli"),
      resources: resources, targets: targets, businessFamily: .deployment,
      businessRisk: .credentialOrPrivilege,
      overrides: override.map { [OverrideMatch($0, id: "sample", severity: .high, reason: "sample")] } ?? [],
      generalisations: [], details: EventDetails(), sharedEventID: nil,
      record: RecordReference(file: "sample.json", index: 0, sha256: ""))
  }

  /// Reads on each day of a window, so that the window and its account are old enough to judge.
  static func background(days: Int = 90, account: String = "111111111111") -> [Observation] {
    (0..<days).map {
      observation(
        time(day: $0, hour: 1), account: account, actor: "slr:config",
        event: "config.amazonaws.com:DescribeConfigRules", source: "svc:config.amazonaws.com",
        kind: .awsService,
        archetype: .serviceLinkedRole)
    }
  }

  /// A baseline of some observations over the background.
  static func baseline(
    _ observations: [Observation], windowDays: Int = 90, until: Timestamp? = nil,
    approvals: [RecordedApproval] = []
  ) throws -> Baseline {
    var builder = BaselineBuilder(until: until)
    for observation in background(days: windowDays) + observations { builder.add(observation) }
    struct Empty: Error {}
    guard let baseline = builder.baseline(approvals: approvals) else { throw Empty() }
    return baseline
  }
}

/// A generator whose numbers are the same on every run.
struct FixedGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
