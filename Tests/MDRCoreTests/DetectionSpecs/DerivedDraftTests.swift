import Testing

@testable import MDRCore

@Suite struct DerivedDraftTests {
  private static func baseline() throws -> Baseline {
    let rotation = stride(from: 2, through: 88, by: 7).map { day in
      Sample.observation(
        Sample.time(day: day), actor: "role:ops-bastion", event: "iam.amazonaws.com:CreateAccessKey",
        override: .identity, archetype: .bastion, targets: ["user": ["pipeline"]])
    }
    let refresh = (0..<85).map { day in
      Sample.observation(
        Sample.time(day: day, hour: 3), event: "rds.amazonaws.com:DeleteDBInstance", override: .destructive,
        resources: ["test-db"])
    }
    let people = (0..<80).map { day in
      Sample.observation(
        Sample.time(day: day, hour: 9), actor: "sso:AWS-Admin", event: "ec2.amazonaws.com:DeleteSnapshot",
        override: .destructive, archetype: .ssoAdministrator)
    }
    return try Sample.baseline(rotation + refresh + people)
  }

  private static func reviewed() throws -> [Detection] {
    try Detections.load(directory: nil).detections
  }

  @Test func `a rotation lane and a build lane become drafts that lint and answer their examples`() throws {
    let derived = try DerivedDrafts(Self.baseline(), reviewed: Self.reviewed())
    let runner = try ExampleRunner()
    let detections = try derived.drafts.map {
      try DetectionParser.parse($0.text, file: "\($0.family)/\($0.id).md")
    }
    #expect(
      detections.map(\.id).sorted() == [
        "create-access-key-by-other-than-known-lanes",
        "create-access-key-leaves-lane-of-role-ops-bastion-111111111111",
        "delete-dbinstance-by-other-than-known-lanes",
      ])
    #expect(detections.allSatisfy { $0.status == "draft" })
    #expect(detections.flatMap(runner.failures) == [])
    #expect(detections.flatMap { $0.lintFindings(among: detections) } == [])
    #expect(derived.exceptions.map(\.targets) == [["pipeline"]])
    #expect(derived.exceptions.first?.lane.cadence?.period == .weekly)
  }

  @Test func `what people do regularly is no lane of machines`() throws {
    let derived = try DerivedDrafts(Self.baseline(), reviewed: Self.reviewed())
    #expect(derived.passedOver.contains { $0.hasPrefix("ec2.amazonaws.com:DeleteSnapshot: people do it") })
    #expect(!derived.drafts.contains { $0.logic.contains("DeleteSnapshot") })
  }

  /// The hostile texts that a log can give an actor, a source or a target, in a lane of its own each.
  @Test(arguments: hostileTexts.filter { !$0.isEmpty })
  func `a draft shows a name as text, and is left out where the name can't be written`(text: String) throws {
    let lane = stride(from: 2, through: 88, by: 7).map { day in
      Sample.observation(
        Sample.time(day: day), actor: "role:" + text, event: "iam.amazonaws.com:CreateAccessKey",
        override: .identity, archetype: .bastion, targets: ["user": [text]])
    }
    let derived = try DerivedDrafts(Sample.baseline(lane), reviewed: Self.reviewed())
    guard DetectionDraft.isWritable(text) else {
      #expect(derived.drafts.isEmpty)
      #expect(derived.passedOver.contains { $0.contains("1 lane with hidden or overlong names") })
      return
    }
    #expect(!derived.drafts.isEmpty)
    for draft in derived.drafts {
      let parsed = try DetectionParser.parse(draft.text, file: "\(draft.family)/\(draft.id).md")
      #expect(parsed.logicText == draft.logic)
      #expect(!draft.text.unicodeScalars.contains { $0.isInvisible && $0 != "\n" })
      // Logic and examples stand in fences; the prose around them is Markdown.
      var isFenced = false
      let prose = draft.text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
        if line.hasPrefix("```") { isFenced.toggle() }
        return !isFenced && !line.hasPrefix("```")
      }
      for mark in ["<", "![", "](", "|x", "`\(text)"] where text.contains(mark) {
        #expect(!prose.contains { $0.contains(mark) }, "\(mark)")
      }
      #expect(prose.count { $0.hasPrefix("#") } == 1)
    }
  }

  @Test func `names from logs can't leave their line or their fence`() throws {
    var draft = DetectionDraft(
      id: "x", title: "a\n### Detection: b\u{2028}```", family: "iam-writes", businessFamily: .other,
      businessRisk: .operationalChange,
      technique: AttackReference(id: "T1098", name: "n", tactic: "t", v18: "T1098"),
      trigger: ["t\nSeverity: Low"],
      logic: "event_source = \"iam.amazonaws.com\" and event_name = \"X\" and actor = \("r\"\\o".quoted)",
      guidance: "g", examples: DetectionDraft.examples(service: "iam", name: "X"))
    draft.gap = "g"
    let parsed = try DetectionParser.parse(draft.text, file: "iam-writes/x.md")
    #expect(parsed.title == "a ### Detection: b '''")
    #expect(parsed.prose.trigger == ["t Severity: Low"])
    #expect(parsed.severity == .medium)
  }
}
