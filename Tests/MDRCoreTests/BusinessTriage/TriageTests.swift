import Testing

@testable import MDRCore

@Suite struct TriageTests {
  private static func triage(
    _ observations: some Sequence<Observation>, against baseline: Baseline?
  ) throws -> Triage.Result { try TriageRun.result(observations, against: baseline) }

  @Test func `ten thousand identical denied calls are one finding`() throws {
    let baseline = try Sample.baseline(BaselineIndexTests.estate)
    let calls = (0..<10_000).map { number in
      Sample.observation(
        Sample.time(day: 91).adding(number), actor: "role:stranger", event: "iam.amazonaws.com:CreateRole",
        source: "ip:203.0.113.0/24", outcome: .denied, id: "call-\(number)", kind: .publicNetwork)
    }
    let result = try Self.triage(calls, against: baseline)
    let finding = try #require(result.findings.first)
    #expect(result.findings.count == 1)
    #expect(finding.count == 10_000)
    #expect(finding.outcomes == [.denied: 10_000])
    #expect(finding.eventIDs.count == OperationCalls.referenceLimit)
    #expect(finding.caveats == ["Only the first 1000 of 10000 event ids are named."])
    #expect(finding.residualRisk.contains { $0.contains("did not take effect") })
  }

  @Test func `equally grave findings begin with loose credentials, then people's, then automation's`() throws
  {
    let actors: [(actor: String, archetype: Archetype)] = [
      ("role:release", .deploymentAutomation), ("sso:Operators", .ssoUser), ("root", .root),
    ]
    let calls = actors.enumerated().map { minute, who in
      Sample.observation(
        Sample.time(day: 91, minute: minute), actor: who.actor, event: "kms.amazonaws.com:DisableKey",
        source: "ip:203.0.113.0/24", override: .kms, id: "call-\(minute)", kind: .publicNetwork,
        archetype: who.archetype)
    }
    let findings = try Self.triage(calls, against: nil).findings
    #expect(findings.map(\.actor) == ["root", "sso:Operators", "role:release"])
  }

  @Test func `a stack set's burst in a new account is one finding, new in the account`() throws {
    let baseline = try Sample.baseline(BaselineIndexTests.estate)
    let burst = (0..<12).map { minute in
      Sample.observation(
        Sample.time(day: 91, minute: minute), account: "333333333333", id: "burst-\(minute)",
        resources: ["role-\(minute)"])
    }
    let findings = try Self.triage(burst, against: baseline).findings
    #expect(findings.map(\.newDimensions) == [[.account]])
    #expect(findings.first?.count == 12)
    #expect(findings.first?.position == .abnormalHighRisk)
    #expect(findings.first?.whyDifferent.contains { $0.contains("in 2 of 3 accounts") } == true)
  }

  @Test func `an override that recurs for ninety days stays listed, and never becomes low risk`() throws {
    let refresh = stride(from: 0, through: 91, by: 1).map { day in
      Sample.observation(
        Sample.time(day: day), event: "rds.amazonaws.com:DeleteDBInstance", override: .destructive)
    }
    let result = try Self.triage(refresh, against: Sample.baseline(refresh.dropLast(2)))
    #expect(result.findings.map(\.position) == [.normalHighResidualRisk])
    #expect(result.findings.first?.normality == .established)
    #expect(result.observations[.normalLowRisk] == nil)
    #expect(result.earlier == 90)
  }

  @Test func `without a baseline outcomes and detections speak, the rest is counted`() throws {
    let quiet = (0..<40).map { Sample.observation(Sample.time(day: 91, minute: $0), id: "quiet-\($0)") }
    let loud = Sample.observation(
      Sample.time(day: 91, hour: 11), event: "rds.amazonaws.com:DeleteDBInstance", override: .destructive)
    let result = try Self.triage(quiet + [loud], against: nil)
    #expect(result.findings.map(\.eventNames) == [["DeleteDBInstance"]])
    #expect(result.observations == [.unknownNeedsEvidence: 41])
    #expect(result.normality == [.undetermined: 41])
  }

  @Test(arguments: 1...4)
  func `the order of the observations changes nothing`(seed: UInt64) throws {
    var random = FixedGenerator(state: seed)
    let baseline = try Sample.baseline(BaselineIndexTests.estate)
    // More names than a finding tells, and more tuples: which ones are told must not hang on the order.
    let calls = (0..<1_500).map { number in
      Sample.observation(
        Sample.time(day: 91).adding(number / 3), account: "33333333333\(number % 2)",
        event: "iam.amazonaws.com:Create\(number % 450)", outcome: Outcome.allCases[number % 3],
        override: number % 7 == 0 ? .identity : nil, id: "call-\(number)",
        sourceIP: "203.0.113.\(number % 200)",
        resources: ["bucket-\(number)"], targets: ["user": ["user-\(number % 120)"]])
    }
    let inOrder = try Self.triage(calls, against: baseline).findings
    #expect(inOrder.contains { $0.caveats.contains { $0.contains("names and 200 tuples are told") } })
    #expect(inOrder.allSatisfy { $0.resources.count <= BoundedNames.limit })
    let shuffled = try Self.triage(calls.shuffled(using: &random), against: baseline).findings
    #expect(shuffled == inOrder)
  }

  @Test func `two hundred thousand listed observations of twenty thousand principals are counted whole`()
    throws
  {
    let baseline = try Sample.baseline(BaselineIndexTests.estate)
    let calls = (0..<200_000).lazy.map { number in
      Sample.observation(
        Sample.time(day: 91).adding(number % 80_000), account: "333333333333",
        actor: "role:stranger-\(number % 20_000)", event: "s3.amazonaws.com:PutBucketTagging",
        source: "ip:203.0.113.0/24", id: "call-\(number)", kind: .publicNetwork)
    }
    let result = try Self.triage(calls, against: baseline)
    #expect(result.findings.count == 20_000)
    #expect(result.findings.allSatisfy { $0.count == 10 })
    #expect(Set(result.findings.map(\.findingID)).count == 20_000)
  }

  @Test func `findings.md says what share of the observations deviates`() throws {
    let usual = Sample.observation(Sample.time(day: 91), account: "111111111111")
    let odd = Sample.observation(
      Sample.time(day: 91), account: "333333333333", event: "s3.amazonaws.com:DeleteBucket",
      override: .destructive)
    let baseline = try Sample.baseline((0..<90).map { Sample.observation(Sample.time(day: $0)) })
    let result = try Self.triage([usual, odd], against: baseline)
    let text = FindingsDocument(result: result, hasBaseline: true, caveats: []).document.rendered
    #expect(text.contains("2 observations were judged and gave 1 finding. 1 of them (50.0%)"))
    #expect(
      !FindingsDocument(result: result, hasBaseline: false, caveats: []).document.rendered.contains(
        "candidate"))
  }

  @Test(arguments: hostileTexts)
  func `what a log calls its names forges nothing in findings.md`(text: String) throws {
    func rendered(_ text: String) throws -> RenderedMarkdown {
      var observation = Sample.observation(
        Sample.time(day: 91), account: "333333333333", actor: "role:\(text)x",
        event: "s3.amazonaws.com:DeleteBucket", source: "ip:\(text)x", override: .destructive,
        sourceIP: "\(text)x", kind: .publicNetwork, resources: ["arn:aws:s3:::\(text)x"],
        targets: ["bucket": ["\(text)x"]])
      observation.identity.person = "\(text)x"
      observation.identity.sessionName = text
      observation.origin.userAgent = text
      observation.origin.userAgentFamily = "\(text)x"
      let result = try Self.triage([observation], against: Sample.baseline(BaselineIndexTests.estate))
      return RenderedMarkdown(
        FindingsDocument(result: result, hasBaseline: true, caveats: ["x: \(text)"]).document.rendered)
    }
    let (seen, usual) = (try rendered(text), try rendered("plain"))
    #expect(seen.headings.count == usual.headings.count)
    #expect(seen.headings.filter { $0.contains("Business-as-usual") && $0.hasPrefix("#### ") }.count == 1)
    #expect(seen.rows.map(\.count) == usual.rows.map(\.count))
    #expect(seen.bullets == usual.bullets)
    #expect(seen.paragraphs == usual.paragraphs)
    #expect(seen.others == usual.others)
    #expect(seen.fences == 0)
  }
}
