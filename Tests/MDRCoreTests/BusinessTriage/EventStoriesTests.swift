import Testing

@testable import MDRCore

@Suite struct EventStoriesTests {
  private static func step(_ event: String, minute: Int, day: Int = 91, user: String = "backup-svc")
    -> Observation
  {
    var made = Sample.observation(
      Sample.time(day: day, minute: minute), actor: "role:stranger", event: "iam.amazonaws.com:" + event,
      source: "ip:203.0.113.0/24", id: "\(event)-\(minute)", kind: .publicNetwork, archetype: .unknown)
    made.details.request = #"{"userName":"\#(user)"}"#
    return made
  }

  private static func findings(_ observations: [Observation]) throws -> [Finding] {
    var triage = Triage(
      index: BaselineIndex(try Sample.baseline(BaselineIndexTests.estate)),
      since: Sample.time(day: 90, hour: 0), inventory: nil,
      detector: try Detector(directory: nil, inventory: nil))
    for observation in observations { triage.add(observation) }
    return try triage.finish(caveats: []).findings
  }

  private static let chain = [
    step("CreateUser", minute: 0), step("CreateAccessKey", minute: 5), step("AttachUserPolicy", minute: 9),
  ]

  @Test func `a chain is told in the finding of its events`() throws {
    for order in [Self.chain, Self.chain.reversed()] {
      let finding = try #require(try Self.findings(order).first)
      #expect(finding.severity == .critical)
      #expect(finding.detections.contains("user-created-keyed-and-empowered"))
      #expect(finding.whyDifferent.contains { $0.contains("user created: CreateUser at ") })
    }
  }

  @Test func `a chain that began says what is still missing`() throws {
    let findings = try Self.findings(Array(Self.chain.prefix(2)))
    let sentences = findings.flatMap(\.whyDifferent)
    #expect(
      sentences.contains {
        $0.hasPrefix("Chain begun, 2 of 3 steps") && $0.hasSuffix("not seen yet: rights given.")
      })
    #expect(!findings.contains { $0.detections.contains("user-created-keyed-and-empowered") })
  }

  @Test func `steps before the review window count, but a chain that ended there is over`() throws {
    let late = [
      Sample.time(day: 89, hour: 23, minute: 50), Sample.time(day: 90, hour: 0, minute: 5),
      Sample.time(day: 90, hour: 0, minute: 9),
    ]
    let across = zip(Self.chain, late).map { step, time in
      var moved = step
      moved.eventTime = time
      return moved
    }
    #expect(try Self.findings(across).contains { $0.detections.contains("user-created-keyed-and-empowered") })
    let over = zip(Self.chain, 0...).map { step, minute in
      var moved = step
      moved.eventTime = Sample.time(day: 80, minute: minute)
      return moved
    }
    #expect(try Self.findings(over).isEmpty)
  }

  @Test func `what is only noted makes no finding`() throws {
    var noted = Sample.observation(
      Sample.time(day: 91), actor: "user:batch", event: "iam.amazonaws.com:GetRole", outcome: .denied,
      archetype: .iamUser)
    noted.identity.type = .iamUser
    var cold = Triage(
      index: nil, since: nil, inventory: nil, detector: try Detector(directory: nil, inventory: nil))
    cold.add(noted)
    #expect(try cold.finish(caveats: []).findings.isEmpty)
  }
}
