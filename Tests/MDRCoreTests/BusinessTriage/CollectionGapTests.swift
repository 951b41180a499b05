import Testing

@testable import MDRCore

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
