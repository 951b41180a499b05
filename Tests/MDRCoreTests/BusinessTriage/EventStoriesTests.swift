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
    triage.add(all: observations)
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
    cold.add(all: [noted])
    #expect(try cold.finish(caveats: []).findings.isEmpty)
  }

  /// One object deleted every second, which no rule lists by itself.
  private static func deletions(
    _ count: Int, from start: Timestamp = Sample.time(day: 91), source: String = "ip:203.0.113.0/24"
  ) -> [Observation] {
    (0..<count).map { number in
      var made = Sample.observation(
        start.adding(number), actor: "user:ops", event: "s3.amazonaws.com:DeleteObject", source: source,
        id: "deletion-\(number)", sourceIP: "203.0.113.\(number % 3)", kind: .publicNetwork,
        resources: ["bucket/payroll"], archetype: .iamUser)
      made.identity.type = .iamUser
      made.details.request = #"{"bucketName":"payroll"}"#
      made.record = RecordReference(file: "sample.json", index: number, sha256: "")
      return made
    }
  }

  private static func cold(_ observations: [Observation]) throws -> [Finding] {
    try TriageRun.result(observations, against: nil).findings
  }

  @Test func `a burst that nothing lists event by event is told with all of its events`() throws {
    let burst = Self.deletions(90)
    let findings = try Self.cold(burst.shuffled())
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.detections == ["objects-deleted-in-bulk"])
    #expect(finding.count == 90)
    #expect(finding.outcomes == [.success: 90])
    #expect(finding.eventIDs == burst.map(\.eventID))
    #expect(finding.records == burst.map(\.record))
    #expect(finding.sourceIPs == ["203.0.113.0", "203.0.113.1", "203.0.113.2"])
    #expect(finding.resources == ["bucket/payroll"])
    #expect((finding.firstSeen, finding.lastSeen) == (burst[0].eventTime, burst[89].eventTime))
  }

  @Test func `of detections that share an id each is told, and each event once`() throws {
    try withTemporaryFolder { folder in
      let text = Content.text("detection-specs/detections/bursts/objects-deleted-in-bulk.md")
      for name in ["one.md", "other.md"] { try ArtifactFolder(folder).write(name, text) }
      var triage = Triage(
        index: nil, since: nil, inventory: nil, detector: try Detector(directory: folder, inventory: nil))
      triage.add(all: Self.deletions(90))
      let findings = try triage.finish(caveats: []).findings
      #expect(findings.map(\.count) == [90])
      #expect(findings.map(\.detections) == [["objects-deleted-in-bulk"]])
    }
  }

  @Test func `a burst joins the finding that its principal has at the place, each event once`() throws {
    var batch = Sample.observation(
      Sample.time(day: 91, minute: 3), actor: "user:ops", event: "s3.amazonaws.com:DeleteObjects",
      source: "ip:203.0.113.0/24", kind: .publicNetwork, archetype: .iamUser)
    batch.identity.type = .iamUser
    let finding = try #require(try Self.cold(Self.deletions(90) + [batch]).first)
    #expect(finding.eventNames == ["DeleteObject", "DeleteObjects"])
    #expect(finding.count == 91)
    #expect(Set(finding.eventIDs).count == 91)
  }

  @Test func `a burst is told where it came from, whatever its principal did elsewhere before`() throws {
    let earlier = Self.deletions(2, from: Sample.time(day: 80), source: "corp:hq").map { one in
      var made = one
      made.eventID += "-before"
      return made
    }
    let finding = try #require(try Self.cold(earlier + Self.deletions(40)).first)
    #expect(finding.source == "ip:203.0.113.0/24")
    #expect(finding.firstSeen == Sample.time(day: 91))
    #expect(finding.count == 40)
  }

  @Test func `of a large burst every event is counted, and the first ones are named`() throws {
    let crowd = (0..<5_000).map { number in
      var made = Self.deletions(1)[0]
      made.eventTime = Sample.time(day: 91).adding(number / 100)
      made.eventID = "deletion-\(number + 10_000)"
      return made
    }
    let findings = try Self.cold(crowd)
    let finding = try #require(findings.first)
    #expect(finding.count == 5_000)
    #expect(finding.outcomes == [.success: 5_000])
    #expect(finding.eventIDs == crowd.prefix(OperationCalls.referenceLimit).map(\.eventID))
    #expect(finding.lastSeen == Sample.time(day: 91).adding(49))
    #expect(try Self.cold(crowd.shuffled()) == findings)
  }

  /// Secrets deleted one after the other, each of which is listed by itself.
  private static func destructions(_ count: Int, from start: Timestamp) -> [Observation] {
    (0..<count).map { number in
      var made = Sample.observation(
        start.adding(number * 40), actor: "user:ops", event: "secretsmanager.amazonaws.com:DeleteSecret",
        source: "ip:203.0.113.0/24", id: "destruction-\(number)", kind: .publicNetwork,
        archetype: .iamUser)
      made.identity.type = .iamUser
      made.details.request = #"{"secretId":"secret-\#(number)"}"#
      return made
    }
  }

  /// Findings without a baseline, of a review that begins with a day.
  private static func reviewed(_ observations: [Observation]) throws -> [Finding] {
    var triage = Triage(
      index: nil, since: Sample.time(day: 90, hour: 0), inventory: nil, detector: try TriageRun.detector.get()
    )
    triage.add(all: observations)
    return try triage.finish(caveats: []).findings
  }

  @Test func `a burst that began before the review is named where its later events are listed`() throws {
    // The third of them is the first in the review, in the minute of the second.
    let burst = Self.destructions(30, from: Sample.time(day: 90, hour: 0).adding(-65))
    for order in [burst, burst.reversed(), burst.shuffled()] {
      let findings = try Self.reviewed(order)
      let finding = try #require(findings.first)
      #expect(findings.map(\.count) == [28])
      #expect(finding.detections.contains("stores-destroyed-in-bulk"))
      #expect(
        finding.whyDifferent.contains {
          $0.contains("30 events between \(burst[0].eventTime.iso8601) and \(burst[29].eventTime.iso8601)")
        })
    }
    let over = Self.destructions(30, from: Sample.time(day: 89))
    #expect(try Self.reviewed(over).isEmpty)
  }

  @Test func `what two detections match is told once, with both`() throws {
    let reads = (0..<12).map { number in
      var made = Sample.observation(
        Sample.time(day: 91).adding(number), actor: "user:ops",
        event: "secretsmanager.amazonaws.com:GetSecretValue", source: "ip:203.0.113.0/24",
        id: "read-\(number)", kind: .publicNetwork, archetype: .iamUser)
      made.identity.type = .iamUser
      made.details.request = #"{"secretId":"secret-\#(number)"}"#
      return made
    }
    let findings = try Self.cold(reads + Self.deletions(40))
    #expect(findings.flatMap(\.eventIDs).count == Set(findings.flatMap(\.eventIDs)).count)
    #expect(findings.flatMap(\.detections).contains("secrets-read-in-bulk"))
    #expect(findings.flatMap(\.detections).contains("objects-deleted-in-bulk"))
    #expect(findings.reduce(0) { $0 + $1.count } == 52)
  }

  @Test func `only the times of matches are looked at again`() throws {
    var triage = Triage(index: nil, since: nil, inventory: nil, detector: try TriageRun.detector.get())
    let (early, late) = (Sample.time(day: 91), Sample.time(day: 95))
    for one in Self.deletions(40, from: early) + Self.deletions(40, from: late) {
      var made = one
      made.eventID += "-\(one.eventTime.day)"
      triage.add(made)
    }
    let again = try #require(triage.unite()?())
    func isMatched(_ time: Timestamp) -> Bool {
      again.judge(Self.deletions(1, from: time)[0], nil) != nil
    }
    #expect(isMatched(early) && isMatched(early.adding(39)) && isMatched(late))
    #expect(!isMatched(early.adding(-1)) && !isMatched(early.adding(40)))
    #expect(!isMatched(Sample.time(day: 93)) && !isMatched(late.adding(40)))
  }
}
