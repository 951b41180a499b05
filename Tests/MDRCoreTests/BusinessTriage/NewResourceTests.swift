import Testing

@testable import MDRCore

@Suite struct NewResourceTests {
  private static let secret = "secretsmanager.amazonaws.com:GetSecretValue"

  /// One read of each secret on a day, by one workload from its own place.
  private static func reads(
    _ secrets: [String], day: Int, event: String = secret, type: ActorType = .assumedRole
  ) -> [Observation] {
    secrets.enumerated().map { number, secret in
      var read = Sample.observation(
        Sample.time(day: day).adding(number), actor: "role:api", event: event, source: "owned:cluster",
        session: "boot-\(day)", id: "\(day)-\(number)-\(event)",
        archetype: .applicationWorkload, targets: [target(of: event): [secret]])
      read.isReadOnly = true
      read.identity.type = type
      return read
    }
  }

  private static func target(of event: String) -> String {
    event.hasPrefix("sts") ? "role_arn" : event.hasPrefix("s3") ? "bucket" : "secret"
  }

  /// The same secrets on each of ninety days.
  private static func baseline(event: String = secret, type: ActorType = .assumedRole) throws -> Baseline {
    try Sample.baseline((0..<90).flatMap { reads(["orders", "billing"], day: $0, event: event, type: type) })
  }

  @Test func `a secret that a settled lane never read is new in its resource`() throws {
    let review = Self.reads(["orders", "payroll"], day: 91)
    let result = try TriageRun.result(review, against: Self.baseline())
    let finding = try #require(result.findings.first)
    #expect(result.findings.count == 1)
    #expect(finding.count == 1)
    #expect(finding.normality == .variant)
    #expect(finding.newDimensions == [.resource])
    #expect(finding.position == .unknownNeedsEvidence)
    #expect(finding.severity == .low)
    #expect(
      finding.whyDifferent.first == "New resource: this tuple was seen 180 times, never on secret `payroll`.")
    #expect(finding.counterfactual?.normality == .established)
    #expect(finding.counterfactual?.restored == [.resource: "billing"])
    let text = Explanation(finding: finding).document.rendered
    #expect(ExplanationCheck(finding).outcome(of: text).refusals == [])
  }

  @Test func `many secrets at once weigh more, and the number is told`() throws {
    let review = Self.reads(["tax", "payroll", "partners", "legal", "board"], day: 91)
    let findings = try TriageRun.result(review, against: Self.baseline()).findings
    #expect(findings.map(\.severity) == [.medium])
    #expect(
      findings.first?.whyDifferent.first
        == "`GetSecretValue` reached for 5 secrets that its known lanes never named; until then they kept to the same ones. A secret that was never read from here is another system's."
    )
  }

  @Test func `what the lane read before is no finding`() throws {
    #expect(
      try TriageRun.result(Self.reads(["billing", "orders"], day: 91), against: Self.baseline()).findings
        .isEmpty)
  }

  @Test func `a lane that meets new resources all the time says nothing of one more`() throws {
    let names = Array("abcdefghij")
    let baseline = try Sample.baseline(
      (0..<90).flatMap { day in
        Self.reads(day % 10 == 0 ? ["orders", "run-\(names[day / 10])"] : ["orders"], day: day)
      })
    #expect(try TriageRun.result(Self.reads(["payroll"], day: 91), against: baseline).findings.isEmpty)
  }

  @Test func `calls whose resources grow with the business say nothing of one more`() throws {
    let event = "logs.amazonaws.com:PutLogEvents"
    let baseline = try Self.baseline(event: event)
    #expect(
      try TriageRun.result(Self.reads(["payroll"], day: 91, event: event), against: baseline).findings
        .isEmpty)
  }

  @Test func `a service of AWS takes the roles that it was set up with`() throws {
    let event = "sts.amazonaws.com:AssumeRole"
    let review = Self.reads(["payroll"], day: 91, event: event, type: .awsService)
    let baseline = try Self.baseline(event: event, type: .awsService)
    #expect(try TriageRun.result(review, against: baseline).findings.isEmpty)
    let others = Self.reads(["payroll"], day: 91, event: event)
    #expect(try TriageRun.result(others, against: Self.baseline(event: event)).findings.count == 1)
  }

  @Test func `another object of a known bucket is no finding, another bucket is one`() throws {
    func objects(_ buckets: [String], day: Int) -> [Observation] {
      Self.reads(buckets, day: day, event: "s3.amazonaws.com:GetObject").map { read in
        var read = read
        read.targets["object_key"] = ["run/\(day).csv"]
        read.resources = ["arn:aws:s3:::\(buckets[0])/run/\(day).csv"]
        return read
      }
    }
    let baseline = try Sample.baseline((0..<90).flatMap { objects(["orders"], day: $0) })
    #expect(try TriageRun.result(objects(["orders"], day: 91), against: baseline).findings.isEmpty)
    #expect(try TriageRun.result(objects(["payroll"], day: 91), against: baseline).findings.count == 1)
  }

  @Test func `lines that are alike but for what they were made on are judged each`() throws {
    let review = Self.reads(["orders", "billing", "payroll", "orders"], day: 91)
    for order in [review, review.reversed()] {
      let result = try TriageRun.lines(order, against: Self.baseline())
      #expect(result.findings.map(\.targets["secret"]) == [["payroll"]])
      #expect(result.observations[.normalLowRisk] == 3)
    }
  }
}
