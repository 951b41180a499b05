import Testing

@testable import MDRCore

@Suite struct CounterfactualTests {
  /// A call whose every part may or may not be known.
  private static func call(_ random: inout FixedGenerator, _ number: Int) -> Observation {
    Sample.observation(
      Sample.time(day: 91).adding(number),
      account: ["111111111111", "222222222222", "333333333333"].randomElement(using: &random) ?? "",
      actor: ["role:build-server", "sso:Admin", "role:stranger"].randomElement(using: &random) ?? "",
      event: [
        "iam.amazonaws.com:CreateRole", "iam.amazonaws.com:ListRoles", "iam.amazonaws.com:CreateAccessKey",
      ].randomElement(using: &random) ?? "",
      source: ["owned:build", "corp:hq", "ip:203.0.113.0/24"].randomElement(using: &random) ?? "",
      region: ["us-east-1", "eu-west-2"].randomElement(using: &random) ?? "",
      outcome: Outcome.allCases.randomElement(using: &random) ?? .success, id: "call-\(number)")
  }

  @Test(arguments: 1...6)
  func `restoring the named dimensions changes the verdict of every finding`(seed: UInt64) throws {
    var random = FixedGenerator(state: seed &* 104_729)
    let baseline = try Sample.baseline(BaselineIndexTests.estate)
    var judged = 0
    for number in 0..<150 {
      let call = Self.call(&random, number)
      guard let finding = try TriageRun.result([call], against: baseline).findings.first else { continue }
      // What has nothing in common with any lane has no lane to go back to.
      if finding.newDimensions.count == 5 {
        #expect(finding.counterfactual == nil)
        continue
      }
      let counterfactual = try #require(finding.counterfactual, "\(finding.title)")
      #expect(counterfactual.normality == .established, "\(finding.title)")
      #expect(
        (counterfactual.position, counterfactual.severity) != (finding.position, finding.severity),
        "\(finding.title): \(counterfactual.sentence)")
      #expect(Set(counterfactual.restored.keys) == Set(finding.newDimensions))
      // The same said by a second run: the call as the nearest lane makes it is no finding of that kind.
      var restored = call
      for (dimension, value) in counterfactual.restored {
        switch dimension {
        case .account: restored.accountID = value
        case .actor: restored.identity.actor = value
        case .event:
          let parts = value.split(separator: ":").map(String.init)
          (restored.eventSource, restored.eventName) = (parts[0], parts[1])
        case .source: restored.origin.source = value
        case .region: restored.region = value
        default: Issue.record("\(dimension) can't be restored")
        }
      }
      if counterfactual.withoutOutcomes.isEmpty {
        let again = try TriageRun.result([restored], against: baseline)
        #expect(again.normality == [.established: 1], "\(finding.title): \(counterfactual.sentence)")
      }
      judged += 1
    }
    #expect(judged > 80)
  }

  @Test func `restoring less than what is named does not make it an established lane`() throws {
    let baseline = try Sample.baseline(BaselineIndexTests.estate)
    let index = BaselineIndex(baseline)
    let call = Sample.observation(
      Sample.time(day: 91), account: "333333333333", source: "ip:203.0.113.0/24", kind: .publicNetwork)
    let finding = try #require(try TriageRun.result([call], against: baseline).findings.first)
    #expect(finding.newDimensions == [.account, .source])
    var half = call
    half.accountID = finding.counterfactual?.restored[.account] ?? ""
    #expect(index.compare(half).normality != .established)
    half = call
    half.origin.source = finding.counterfactual?.restored[.source] ?? ""
    #expect(index.compare(half).normality != .established)
  }

  @Test func `an established outcome would be low risk without it, and says so`() throws {
    let refresh = (0...91).map {
      Sample.observation(
        Sample.time(day: $0), event: "rds.amazonaws.com:DeleteDBInstance", override: .destructive)
    }
    let finding = try #require(
      try TriageRun.result(refresh, against: Sample.baseline(refresh.dropLast(2))).findings.first)
    #expect(finding.position == .normalHighResidualRisk)
    #expect(finding.counterfactual?.withoutOutcomes == [.destructive])
    #expect(finding.counterfactual?.position == .normalLowRisk)
  }

  @Test func `peers, subsets and the thickness of the baseline are told in numbers`() throws {
    let baseline = try Sample.baseline(BaselineIndexTests.estate)
    let call = Sample.observation(Sample.time(day: 91), account: "333333333333")
    let finding = try #require(try TriageRun.result([call], against: baseline).findings.first)
    let why = finding.whyDifferent.joined(separator: "\n")
    #expect(why.contains("in 2 of 3 accounts (this one was first seen in the review"))
    #expect(why.contains("42 times, never in this one"))
    #expect(why.contains("Nearest lane: `role:build-server` calls `iam.amazonaws.com:CreateRole`"))
    #expect(why.contains("knows nothing of account `333333333333`"))
    #expect(why.contains("account never, actor 42"))
    #expect(why.contains("actor×event×source×region 42"))
    #expect(finding.subsetCounts.count == 31)
    #expect(finding.tuples.first?.position == "Variant of a known deployment lane, new account")
  }
}

@Suite struct CollectionGapTests {
  private static let file =
    "x/333333333333_CloudTrail_us-east-1_20260210T0610Z_abc.json.gz: the file ends too early"

  @Test func `a delivery's name says whose events are missing, and of when`() throws {
    let gap = try #require(CollectionGap(caveat: Self.file))
    let delivered = try #require(Timestamp(parsing: "2026-02-10T06:10:00Z"))
    #expect(
      gap.scope == .delivery(account: "333333333333", region: "us-east-1", delivered: delivered))
    #expect(gap.touches(account: "333333333333", from: delivered, to: delivered.adding(60)))
    #expect(!gap.touches(account: "111111111111", from: delivered, to: delivered.adding(60)))
    #expect(!gap.touches(account: "333333333333", from: delivered.adding(1), to: delivered.adding(60)))
  }

  @Test(arguments: [
    (
      "account 111111111111, region us-east-1: denied (AccessDenied) for CreateRole, DeleteRole",
      ["CreateRole", "DeleteRole"]
    ),
    ("account 111111111111, region us-east-1: capped by --max-calls for CreateRole", ["CreateRole"]),
    ("account 111111111111, region us-east-1: failed (Throttling) for all 12 event names", []),
    ("account 111111111111, region us-east-1: the region is not available (AuthFailure)", []),
  ])
  func `a query of the collection that was not answered whole names what may be missing`(
    text: String, names: [String]
  ) throws {
    let events = Set(names)
    let gap = try #require(CollectionGap(caveat: text))
    #expect(gap.scope == .query(account: "111111111111", region: "us-east-1", events: events))
    #expect(gap.touches(Sample.observation(Sample.time(day: 1))))
    #expect(!gap.touches(Sample.observation(Sample.time(day: 1), account: "222222222222")))
    #expect(!gap.touches(Sample.observation(Sample.time(day: 1), region: "eu-west-1")))
    let other = Sample.observation(Sample.time(day: 1), event: "iam.amazonaws.com:CreateUser")
    #expect(gap.touches(other) == events.isEmpty)
  }

  @Test func `a collection by event name knows nothing of names that it did not ask for`() throws {
    let text = CollectionGap.onlyAsked(["DeleteBucket", "CreateRole"])
    let gap = try #require(CollectionGap(caveat: text))
    #expect(gap.scope == .onlyAsked(events: ["CreateRole", "DeleteBucket"]))
    #expect(!gap.touches(Sample.observation(Sample.time(day: 1))))
    #expect(gap.touches(Sample.observation(Sample.time(day: 1), event: "iam.amazonaws.com:CreateUser")))
    var baseline = try Sample.baseline(BaselineIndexTests.estate)
    baseline.caveats = [text]
    func position(_ event: String) throws -> Position? {
      let call = Sample.observation(
        Sample.time(day: 91), account: "333333333333", event: event, override: .identity)
      return try TriageRun.result([call], against: baseline).findings.first?.position
    }
    #expect(try position("iam.amazonaws.com:CreateRole") == .abnormalHighRisk)
    #expect(try position("iam.amazonaws.com:CreateUser") == .unknownNeedsEvidence)
  }

  @Test(arguments: [
    "logs.json: no JSON", "12 records set aside: x", "a_CloudTrail_b_c_d: x", "",
    "account x, region y: denied",
    "account 111111111111, region us-east-1: complete", "account 111111111111: denied for CreateRole",
  ])
  func `other caveats are no gaps of an account`(text: String) {
    #expect(CollectionGap(caveat: text) == nil)
  }

  @Test func `an unread file of the baseline takes the argument from absence, and only there`() throws {
    var baseline = try Sample.baseline(BaselineIndexTests.estate)
    let call = Sample.observation(Sample.time(day: 91), account: "333333333333", override: .identity)
    let whole = try #require(try TriageRun.result([call], against: baseline).findings.first)
    #expect(whole.position == .abnormalHighRisk)
    baseline.caveats = [Self.file]
    let gappy = try #require(try TriageRun.result([call], against: baseline).findings.first)
    #expect(gappy.position == .unknownNeedsEvidence)
    #expect(gappy.severity == whole.severity || gappy.severity == .critical)
    #expect(gappy.caveats.contains { $0.contains("20260210T0610Z") })
    #expect(gappy.counterfactual?.withoutGap == true)
    #expect(gappy.counterfactual?.position == .abnormalHighRisk)
    baseline.window.cutOff = Sample.time(day: 40, hour: 0)
    let after = try #require(try TriageRun.result([call], against: baseline).findings.first)
    #expect(after.position == .abnormalHighRisk, "the file came after the cut-off")
    baseline.window.cutOff = nil
    let elsewhere = Sample.observation(
      Sample.time(day: 91), account: "444444444444", region: "us-east-1", override: .identity)
    #expect(
      try TriageRun.result([elsewhere], against: baseline).findings.first?.position == .abnormalHighRisk)
  }
}
