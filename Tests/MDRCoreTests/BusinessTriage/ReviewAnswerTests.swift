import Testing

@testable import MDRCore

@Suite struct ReviewAnswerTests {
  private static let person = "sso:Admin"

  /// An administrator's key for a user, and what else the review holds.
  private static func findings(
    _ others: [Observation], gaps: [CollectionGap] = [], at time: Timestamp = Sample.time(day: 91, hour: 8)
  ) throws -> [Finding] {
    var key = Sample.observation(
      time, actor: person, event: "iam.amazonaws.com:CreateAccessKey",
      source: "ip:203.0.113.0/24", override: .identity, id: "key", kind: .publicNetwork,
      resources: ["user/pipeline"],
      archetype: .ssoAdministrator, targets: ["user": ["pipeline"], "access_key_id": ["AKIAEXAMPLE"]])
    key.identity.type = .assumedRole
    return try TriageRun.result(
      [key] + others, against: Sample.baseline(BaselineIndexTests.estate), gaps: gaps
    ).findings
  }

  private static func item(_ findings: [Finding], _ question: ReviewQuestion) throws -> EvidenceItem {
    let finding = try #require(findings.first { $0.eventNames.contains("CreateAccessKey") })
    return try #require(finding.evidence.first { $0.question == question })
  }

  private static func read(day: Int, hour: Int = 8) -> Observation {
    var read = Sample.observation(
      Sample.time(day: day, hour: hour), actor: "slr:config",
      event: "config.amazonaws.com:DescribeConfigRules",
      source: "svc:config.amazonaws.com", kind: .awsService, archetype: .serviceLinkedRole)
    read.isReadOnly = true
    return read
  }

  @Test func `absence answers only as far as the logs go`() throws {
    let short = try Self.item(Self.findings([Self.read(day: 91, hour: 12)]), .changesAfter)
    #expect(short.isOpen)
    #expect(short.note?.contains("the logs end at 2026-04-02T12:00:00Z") == true)
    let long = try Self.item(Self.findings([Self.read(day: 93)]), .changesAfter)
    #expect(long.answer == "No change by the same principal followed within 24 h.")
  }

  @Test(arguments: [
    (
      ActorType.root, #"{"MFAUsed":"Yes","MFAIdentifier":"arn:aws:iam::1:mfa/d"}"#, Bool?.none,
      "was used, by `arn:aws:iam::1:mfa/d`.", ""
    ),
    (.root, #"{"MFAUsed":"No"}"#, nil, "was not used.", ""), (.iamUser, "", false, "was not used.", ""),
    (.iamUser, "", true, "was used.", ""), (.assumedRole, "", true, "was used.", ""),
    (.assumedRole, "", false, "", "AWS saw no MFA"),
    (.assumedRole, #"{"MFAUsed":"No"}"#, nil, "", "AWS saw no MFA"),
    (.root, "", nil, "", "doesn't say whether MFA was used"),
  ])
  func `a record answers for MFA as far as AWS knows of it`(
    type: ActorType, additional: String, flag: Bool?, answer: String, note: String
  ) throws {
    var login = Sample.observation(Sample.time(day: 91), event: "signin.amazonaws.com:ConsoleLogin")
    login.identity.type = type
    login.identity.isMFA = flag
    login.details.additional = additional
    let finding = try #require(try Self.findings([]).first)
    let facts = RecordFacts(observation: login, prior: nil)
    #expect(facts.answer("mfa", finding)?.hasSuffix(answer) ?? answer.isEmpty)
    #expect((facts.answer("mfa", finding) == nil) == answer.isEmpty)
    if answer.isEmpty { #expect(facts.note("mfa", finding)?.contains(note) == true) }
  }

  @Test func `an owned source is answered with what the address hangs on`() throws {
    let call = Sample.observation(Sample.time(day: 91), source: "owned:build", sourceIP: "198.51.100.7")
    let finding = try #require(try Self.findings([]).first)
    var facts = RecordFacts(observation: call, prior: nil)
    #expect(facts.answer("source", finding) == "The inventory knows it as `owned:build`.")
    facts.owned = Inventory.OwnedAddress(
      address: "198.51.100.7", name: "build", isTagged: true, kind: "elastic_ip", instanceID: "i-1",
      accountID: "111111111111")
    #expect(
      facts.answer("source", finding)
        == "The inventory knows it as `owned:build`, the elastic ip `build`, instance `i-1`, in account `111111111111`."
    )
  }

  @Test func `an unread file in the time asked for leaves the question open`() throws {
    let gap = try #require(
      CollectionGap(caveat: "111111111111_CloudTrail_us-east-1_20260402T1000Z_a.json.gz: broken"))
    let item = try Self.item(Self.findings([Self.read(day: 93)], gaps: [gap]), .changesAfter)
    #expect(item.isOpen)
    #expect(item.note?.contains("broken") == true)
    let other = try #require(
      CollectionGap(caveat: "999999999999_CloudTrail_us-east-1_20260402T1000Z_a.json.gz: broken"))
    #expect(try !Self.item(Self.findings([Self.read(day: 93)], gaps: [other]), .changesAfter).isOpen)
  }

  @Test func `changes that followed are counted and named, reads and sign-ins are none`() throws {
    let later = Sample.observation(
      Sample.time(day: 91, hour: 9), actor: Self.person, event: "s3.amazonaws.com:PutBucketTagging",
      source: "corp:hq", id: "later", archetype: .ssoAdministrator)
    var sign = later
    (sign.eventSource, sign.eventName, sign.eventID) = ("signin.amazonaws.com", "ConsoleLogin", "sign")
    let item = try Self.item(Self.findings([later, sign, Self.read(day: 93)]), .changesAfter)
    #expect(
      item.answer
        == "Changes by the same principal followed, 1 call: PutBucketTagging at 2026-04-02T09:00:00Z.")
    #expect(item.eventIDs == ["later"])
  }

  @Test func `a new key's first use is found by the key, whoever calls`() throws {
    var use = Sample.observation(
      Sample.time(day: 92, hour: 3), account: "222222222222", actor: "user:pipeline",
      event: "s3.amazonaws.com:PutObject", source: "ip:198.18.0.0/24", id: "use", kind: .publicNetwork)
    use.identity.accessKeyID = "AKIAEXAMPLE"
    let item = try Self.item(Self.findings([use, Self.read(day: 93)]), .keyUse)
    #expect(
      item.answer?.hasPrefix("The key was first used at 2026-04-03T03:00:00Z by `user:pipeline`") == true)
    let unused = try Self.item(Self.findings([Self.read(day: 93)]), .keyUse)
    #expect(unused.answer == "The key was not used up to 2026-04-04T08:00:00Z, where the logs end.")
  }

  @Test func `a key that is switched off, and one of a session, are no new keys`() throws {
    var old = Sample.observation(
      Sample.time(day: 91, hour: 8, minute: 30), actor: Self.person,
      event: "iam.amazonaws.com:UpdateAccessKey",
      source: "ip:203.0.113.0/24", override: .identity, id: "old", kind: .publicNetwork,
      resources: ["user/pipeline"], archetype: .ssoAdministrator,
      targets: ["user": ["pipeline"], "access_key_id": ["AKIAEXAMPLEOLD"]])
    old.identity.type = .assumedRole
    var session = old
    (session.eventName, session.rawEventName, session.eventID) = ("CreateSession", "CreateSession", "session")
    session.targets["access_key_id"] = ["ASIAEXAMPLE"]
    let findings = try Self.findings([old, session, Self.read(day: 93)])
    let finding = try #require(findings.first { $0.eventNames.contains("CreateAccessKey") })
    #expect(finding.eventNames.contains("UpdateAccessKey"))
    #expect(finding.newAccessKeys == ["AKIAEXAMPLE"])
    #expect(try Finding(json: finding.json).newAccessKeys == finding.newAccessKeys)
  }

  @Test func `who asks about itself made no identity, and its calls are told once`() throws {
    let asked = Sample.observation(
      Sample.time(day: 91), actor: "user:backup", event: "iam.amazonaws.com:AttachUserPolicy",
      source: "ip:203.0.113.0/24", override: .identity, id: "asked", kind: .publicNetwork,
      resources: ["user/backup"], archetype: .iamUser, targets: ["user": ["backup"]])
    let finding = try #require(
      try TriageRun.result([asked], against: Sample.baseline(BaselineIndexTests.estate)).findings.first)
    #expect(finding.timeline.count == 1)
    #expect(!finding.evidence.contains { $0.question == .newIdentityUse })
  }

  @Test func `what an operation did in one region is not counted as what followed in another`() throws {
    func run(_ region: String, _ second: Int) -> Observation {
      Sample.observation(
        Sample.time(day: 91).adding(second), actor: "role:stranger", event: "kms.amazonaws.com:DisableKey",
        source: "ip:203.0.113.0/24", region: region, override: .kms, id: "\(region)-\(second)",
        kind: .publicNetwork, resources: ["key/1"])
    }
    let calls = [run("us-east-1", 0), run("us-east-1", 1), run("eu-west-1", 0), run("eu-west-1", 1)]
    let findings = try TriageRun.result(
      calls + [Self.read(day: 93)], against: Sample.baseline(BaselineIndexTests.estate)
    ).findings
    let finding = try #require(findings.first { $0.allRegions == ["us-east-1"] })
    let followed = try #require(finding.evidence.first { $0.question == .changesAfter })
    #expect(followed.answer?.hasPrefix("Changes by the same principal followed, 2 calls") == true)
  }

  @Test func `of a finding without a time nothing is said before or after, but of its key`() throws {
    var use = Sample.observation(
      .unknown, account: "222222222222", actor: "user:pipeline", event: "s3.amazonaws.com:PutObject",
      source: "ip:198.18.0.0/24", id: "use", kind: .publicNetwork)
    use.identity.accessKeyID = "AKIAEXAMPLE"
    let findings = try Self.findings([use, Self.read(day: 93)], at: .unknown)
    let changes = try Self.item(findings, .changesAfter)
    #expect(changes.isOpen)
    #expect(changes.note?.hasSuffix("so far as the logs go: the finding has no time.") == true)
    #expect(
      try Self.item(findings, .keyUse).answer
        == "The key was used by `user:pipeline`, 1 call: PutObject with no time.")
  }

  @Test func `logs in which no event has a time cover nothing`() {
    var coverage = ReviewCoverage()
    #expect(coverage.hole(in: "111111111111", from: nil, to: nil) == "there are no logs")
    coverage.add(account: "111111111111", .unknown)
    #expect(coverage.hole(in: "111111111111", from: nil, to: nil) == "no event of these logs has a time")
  }

  @Test func `a call without a time leaves open whether it followed, and is no use before the others`() throws
  {
    let change = Sample.observation(
      .unknown, actor: Self.person, event: "s3.amazonaws.com:PutBucketTagging", source: "corp:hq", id: "when",
      archetype: .ssoAdministrator)
    let item = try Self.item(Self.findings([change, Self.read(day: 93)]), .changesAfter)
    #expect(item.isOpen)
    #expect(item.note?.hasSuffix("so far as the logs go: a call that could be one has no time.") == true)
  }

  @Test func `an account whose events end long before the logs do is named beside what it doesn't show`()
    throws
  {
    let elsewhere = Sample.observation(
      Sample.time(day: 93), account: "222222222222", actor: "role:reader",
      event: "ec2.amazonaws.com:DescribeHosts",
      id: "elsewhere")
    let item = try Self.item(Self.findings([elsewhere]), .keyUse)
    let answer = try #require(item.answer)
    #expect(answer.hasPrefix("The key was not used up to 2026-04-04T"))
    #expect(
      answer.hasSuffix(
        ", where the logs end; account 111111111111 has no event from 2026-04-02T09:00:00Z on."))
  }

  @Test func `why absence isn't sure is a clause of its own`() {
    var answer = ReviewAnswer(
      question: .keyUse, count: 0, events: [], others: [], eventIDs: [], until: Sample.time(day: 93, hour: 8),
      hole: "account 111111111111 has a gap")
    #expect(
      answer.sentence
        == "The key was not used up to 2026-04-04T08:00:00Z, where the logs end, so far as the logs go: account 111111111111 has a gap."
    )
    answer.until = nil
    #expect(answer.sentence == "The key was not used so far as the logs go: account 111111111111 has a gap.")
  }

  @Test func `what was deleted again is undone, by whom and when`() throws {
    let undo = Sample.observation(
      Sample.time(day: 91, hour: 10), actor: "role:rotation", event: "iam.amazonaws.com:DeleteAccessKey",
      id: "undo", resources: ["user/pipeline"])
    let finding = try #require(
      try Self.findings([undo, Self.read(day: 93)]).first { $0.eventNames == ["CreateAccessKey"] })
    let index = ReviewIndex(
      [Self.read(day: 91, hour: 7), undo, Self.read(day: 93)].reduce(into: ReviewEvents()) {
        $0.add(ReviewEvent($1, ReviewCalls()))
      })
    let answer = index.answer(.undone, about: ReviewSubject(finding))
    #expect(answer.sentence == "Undone by `role:rotation`, 1 call: DeleteAccessKey at 2026-04-02T10:00:00Z.")
  }

  @Test func `an account that is never silent has a hole where it is`() throws {
    var coverage = ReviewCoverage()
    for hour in 0..<100 where ![40, 41, 42].contains(hour) {
      coverage.add(account: "111111111111", Sample.time(day: 91 + hour / 24, hour: hour % 24))
    }
    let hole = coverage.hole(
      in: "111111111111", from: Sample.time(day: 92, hour: 12), to: Sample.time(day: 93, hour: 12))
    #expect(hole?.contains("no event from 2026-04-03T16:00:00Z on") == true)
    #expect(
      coverage.hole(
        in: "111111111111", from: Sample.time(day: 91, hour: 2), to: Sample.time(day: 91, hour: 20)) == nil)
  }

  @Test func `all rows of the review's tables name what exists`() {
    for name in ["review-questions", "corroboration"] {
      for row in Content.table("business-triage/references/\(name).tsv") {
        let about = row["about"] ?? ""
        #expect(about == "people" || ReviewQuestion(rawValue: about) != nil, "\(name): \(about)")
        let key = row["key"] ?? ""
        let keys =
          OverrideClass.allCases.map(\.rawValue) + [
            "any", "change", "network_read", "new_account", "unmanaged",
          ]
        #expect(keys.contains(key), "\(name): \(key)")
      }
    }
    for row in Content.table("business-triage/references/evidence-kinds.tsv") {
      #expect(row["answered_by"].flatMap(EvidenceItem.Source.init(rawValue:)) != nil, "\(row)")
      #expect(row["answered_by"] == "people" || row["fact"]?.isEmpty == false, "\(row)")
      #expect(row["ask"]?.isEmpty == false, "\(row)")
    }
    let kinds = ["risk", "bearing", "credential", "reach", "reversibility", "design"]
    for row in Content.table("business-triage/references/residual-risk.tsv") {
      #expect(kinds.contains(row["kind"] ?? ""), "\(row)")
      #expect(row["sentence"]?.hasSuffix(".") == true, "\(row)")
    }
  }
}
