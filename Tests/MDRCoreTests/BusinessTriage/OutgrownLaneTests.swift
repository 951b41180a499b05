import Testing

@testable import MDRCore

@Suite struct OutgrownLaneTests {
  private static let secret = "secretsmanager.amazonaws.com:GetSecretValue"

  /// Calls of one workload on a day, from its own place.
  private static func calls(
    _ count: Int, day: Int, event: String = secret, actor: String = "role:api", outcome: Outcome = .success
  ) -> [Observation] {
    (0..<count).map { number in
      var call = Sample.observation(
        Sample.time(day: day).adding(number), actor: actor, event: event, source: "owned:cluster",
        outcome: outcome, session: "boot-\(day)", id: "\(day)-\(number)-\(event)-\(outcome)",
        archetype: .applicationWorkload)
      call.isReadOnly = true
      return call
    }
  }

  /// Five reads on each of ninety days: 450 together.
  private static func findings(_ review: [Observation], event: String = secret) throws -> [Finding] {
    let baseline = try Sample.baseline((0..<90).flatMap { calls(5, day: $0, event: event) })
    return try TriageRun.result(review, against: baseline).findings
  }

  @Test func `a lane that does more in a day than in all of the baseline is told, with both numbers`() throws
  {
    let findings = try Self.findings(Self.calls(451, day: 91))
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.count == 451)
    #expect(finding.normality == .established)
    #expect(finding.position == .unknownNeedsEvidence)
    #expect(finding.severity == .medium)
    #expect(
      finding.whyDifferent.first.map {
        $0.hasPrefix(
          "More than ever in a known lane: `GetSecretValue` succeeded 451 times on 2026-04-02, by this actor from `owned:cluster`; on all 90 days of the baseline together it did so 450 times."
        )
      } == true)
    #expect(finding.alertingImplication.hasPrefix("Review. The lane is known, and on no day of the baseline"))
    let text = Explanation(finding: finding).document.rendered
    #expect(ExplanationCheck(finding).outcome(of: text).refusals == [])
  }

  @Test func `as much as in all of the baseline is not more than ever`() throws {
    #expect(try Self.findings(Self.calls(450, day: 91)).isEmpty)
  }

  @Test func `two days that only together exceed the baseline are none`() throws {
    #expect(try Self.findings(Self.calls(300, day: 91) + Self.calls(300, day: 92)).isEmpty)
  }

  @Test func `calls that were refused count for nothing`() throws {
    let findings = try Self.findings(
      Self.calls(400, day: 91) + Self.calls(400, day: 91, outcome: .denied))
    #expect(!findings.contains { $0.whyDifferent.contains { $0.hasPrefix("More than ever") } })
  }

  @Test func `what grows with the business is not told for its number`() throws {
    let inventory = "ec2.amazonaws.com:DescribeInstances"
    #expect(try Self.findings(Self.calls(5_000, day: 91, event: inventory), event: inventory).isEmpty)
  }

  @Test func `few calls are none, however few the baseline has`() throws {
    let objects = "s3.amazonaws.com:GetObject"
    #expect(try Self.findings(Self.calls(900, day: 91, event: objects), event: objects).isEmpty)
    #expect(try Self.findings(Self.calls(1_000, day: 91, event: objects), event: objects).count == 1)
  }

  @Test func `the order of the records changes nothing`() throws {
    let review = Self.calls(500, day: 91) + Self.calls(600, day: 92)
    let findings = try Self.findings(review)
    #expect(findings.count == 1)
    #expect(findings.first?.whyDifferent.count { $0.hasPrefix("More than ever") } == 2)
    #expect(try Self.findings(review.reversed()) == findings)
  }
}
