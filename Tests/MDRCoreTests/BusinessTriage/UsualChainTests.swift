import Testing

@testable import MDRCore

@Suite struct UsualChainTests {
  private static func call(
    _ event: String, day: Int, minute: Int, targets: [String: [String]], request: String,
    override: OverrideClass? = nil, agent: String = "aws-cli"
  ) -> Observation {
    var call = Sample.observation(
      Sample.time(day: day, minute: minute), actor: "role:scanner", event: "ec2.amazonaws.com:" + event,
      source: "ip:203.0.113.0/24", override: override, kind: .publicNetwork, archetype: .securityTooling,
      targets: targets)
    call.details.request = request
    call.businessRisk = .operationalChange
    call.origin.userAgentFamily = agent
    return call
  }

  /// A scanner's copy of a disk, shared with an account.
  private static func scan(
    _ day: Int, with account: String = "999999999999", volume: String = "vol-0a1b2c3d4e5f60718",
    agent: String = "aws-cli"
  ) -> [Observation] {
    let snapshot = "snap-0a1b2c3d4e5f6071\(day % 10)"
    return [
      call(
        "CreateSnapshot", day: day, minute: 1, targets: ["snapshot": [snapshot], "volume": [volume]],
        request: #"{"volumeId":"\#(volume)"}"#, agent: agent),
      call(
        "ModifySnapshotAttribute", day: day, minute: 2,
        targets: ["snapshot": [snapshot], "shared_with": [account]],
        request:
          #"{"snapshotId":"\#(snapshot)","createVolumePermission":{"add":{"items":[{"userId":"\#(account)"}]}}}"#,
        override: .sharing),
    ]
  }

  private static func finding(_ calls: [Observation], after baseline: [Observation]) throws -> Finding {
    let result = try TriageRun.result(calls, against: try Sample.baseline(baseline))
    return try #require(result.findings.first { $0.detections.contains("snapshot-made-and-shared") })
  }

  private static let habit = stride(from: 0, to: 90, by: 2).flatMap { scan($0) }

  @Test func `a chain of established steps weighs a level less, and stays a finding`() throws {
    let found = try Self.finding(Self.scan(92), after: Self.habit)
    let unknown = try Self.finding(Self.scan(92), after: [])
    #expect(found.position == .normalHighResidualRisk)
    #expect(found.severity == unknown.severity.oneLess)
    #expect(found.severity >= .medium)
    #expect(found.whyDifferent.contains { $0.contains("Each step is established in its lane") })
  }

  @Test func `a chain that names somebody new, or is another program's, keeps its weight`() throws {
    let unknown = try Self.finding(Self.scan(92), after: []).severity
    for calls in [
      Self.scan(92, with: "888888888888"), Self.scan(92, agent: "python-requests"),
      Self.scan(92, volume: "customer-database"),
    ] {
      let found = try Self.finding(calls, after: Self.habit)
      #expect(found.severity == unknown)
      #expect(!found.whyDifferent.contains { $0.contains("Each step is established in its lane") })
    }
  }

  @Test func `a share with somebody new is no habit, however often others got one`() throws {
    let baseline = try Sample.baseline(Self.habit)
    func shared(with account: String) throws -> Finding {
      let share = try #require(Self.scan(92, with: account).last)
      return try #require(try TriageRun.result([share], against: baseline).findings.first)
    }
    let (usual, new) = (try shared(with: "999999999999"), try shared(with: "888888888888"))
    #expect(usual.position == .normalHighResidualRisk)
    #expect(new.position == .abnormalHighRisk)
    #expect(new.newDimensions == [.target])
    #expect(new.severity > usual.severity)
    #expect(new.whyDifferent.contains { $0.contains("never sharing with `888888888888`") })
  }

  @Test func `a chain with a step that is new here keeps its weight`() throws {
    let sharing = Self.habit.filter { $0.eventName != "CreateSnapshot" }
    let unknown = try Self.finding(Self.scan(92), after: []).severity
    #expect(try Self.finding(Self.scan(92), after: sharing).severity == unknown)
  }
}
