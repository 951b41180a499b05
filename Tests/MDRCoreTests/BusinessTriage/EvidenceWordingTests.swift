import Testing

@testable import MDRCore

/// What a finding asks before it closes, who answers it, and what the logs have answered already.
@Suite struct EvidenceWordingTests {
  @Test func `one role is asked for one ticket`() throws {
    var writer = EvidenceWriter(index: ReviewIndex(ReviewEvents()))
    #expect(
      writer.askedOnce([
        "Change ticket.", "Bucket name.", "Decommission ticket.", "Rotation ticket.", "Bucket name.",
      ]) == ["Change ticket.", "Bucket name.", "Rotation ticket.", "Bucket name."])
  }

  @Test func `the baseline answers how a tuple compares with it, and only where there is one`() throws {
    var call = FindingWordingTests.rotation(day: 92)
    call.eventName = "CreateServiceSpecificCredential"
    let finding = try #require(
      try TriageRun.result([call], against: FindingWordingTests.baseline()).findings.first)
    let answer = try #require(RecordFacts(observation: call, prior: 0).answer("compared", finding))
    #expect(answer.hasPrefix("Prior observations: account ") && answer.hasSuffix("exact tuple 0."))
    #expect(RecordFacts(observation: call, prior: nil).answer("compared", finding) == nil)
  }

  @Test(arguments: [
    ("s3", "GetObject"), ("kms", "Decrypt"), ("cloudtrail", "LookupEvents"), ("iam", "GetUser"),
  ])
  func `what only reads is not asked what it changed`(service: String, event: String) {
    var call = FindingWordingTests.rotation(day: 92)
    (call.eventSource, call.eventName, call.isReadOnly) = ("\(service).amazonaws.com", event, true)
    let entry = EvidenceTable().entry(for: call, newDimensions: [.source])
    let words = ["before and after", "diff", "since the change", "Change ticket"]
    #expect(!entry.evidence.contains { piece in words.contains { piece.contains($0) } })
    #expect(entry.question.contains("read"))
  }

  @Test func `the table of evidence knows calls that read and calls that change`() {
    let words = Content.table("business-triage/references/evidence.tsv").map { $0["calls"] }
    #expect(Set(words) == ["any", "read", "change"])
  }

  @Test func `the raw event that a finding asks for is the one that speaks for it`() throws {
    let quiet = FindingWordingTests.rotation(day: 92)
    var (look, delete) = (quiet, quiet)
    (look.eventName, look.rawEventName, look.overrides, look.eventID) = ("ListUsers", "ListUsers", [], "look")
    (look.isReadOnly, look.targets) = (true, [:])
    delete.eventTime = quiet.eventTime.adding(9)
    (delete.eventID, delete.record.index, delete.identity.actor) = ("speaks", 7, "role:stranger")
    look.identity.actor = "role:stranger"
    let findings = try TriageRun.result([look, delete], against: FindingWordingTests.baseline()).findings
    let finding = try #require(findings.first { $0.eventIDs.contains("speaks") })
    let raw = RecordFacts(observation: delete, prior: 0).answer("record", finding)
    #expect(raw?.hasPrefix("Event `speaks`, record 7 of") == true && raw?.contains("SHA-256") == false)
    let own = finding.evidence.filter { $0.question == .own && $0.answeredBy == .logs }
    #expect(own.allSatisfy { $0.eventIDs == ["speaks"] })
  }

  @Test(arguments: ["Route table diff.", "Policy or setting before and after.", "Resource diff."])
  func `what a setting was before and after is asked for, with where its half stands`(piece: String) throws {
    let kind = EvidenceKinds().kind(of: piece)
    #expect(kind.answeredBy == .people)
    let finding = try #require(
      try TriageRun.result([FindingWordingTests.rotation(day: 92)], against: FindingWordingTests.baseline())
        .findings.first)
    let facts = RecordFacts(observation: FindingWordingTests.rotation(day: 92), prior: 0)
    #expect(facts.answer(kind.fact, finding) == nil)
    #expect(
      facts.note(kind.fact, finding)
        == "What it was to be after stands in the request of event `rotation-92-aws-cli-pipeline`; what it was before is not in the record."
    )
    var reading = FindingWordingTests.rotation(day: 92)
    reading.isReadOnly = true
    #expect(RecordFacts(observation: reading, prior: 0).note(kind.fact, finding) == nil)
  }

  @Test func `what was done with credentials since is answered by the principal's later calls`() {
    let kind = EvidenceKinds().kind(of: "Use of the credentials since.")
    #expect(kind.answeredBy == .logs && ReviewQuestion(rawValue: kind.fact) == .principalAfter)
  }

  @Test func `what the evidence has is pointed to, and one moment is told once`() throws {
    let finding = try #require(
      try TriageRun.result([FindingWordingTests.rotation(day: 92)], against: FindingWordingTests.baseline())
        .findings.first)
    let answers = finding.evidence.filter { $0.question != nil && $0.question != .own }
    #expect(!answers.isEmpty && !finding.corroboration.isEmpty)
    for item in answers where finding.corroboration.contains(where: { $0.contains("`\(item.id)`") }) {
      #expect(!finding.corroboration.contains { $0.contains(item.answer ?? "–") })
    }
    #expect(finding.corroboration.contains { $0.hasSuffix("Recorded so far: see `\(answers[0].id)`.") })
    let page = Document(finding.blocks()).rendered
    let moment = finding.firstSeen.iso8601
    #expect(page.contains("| First and last seen | \(moment) |") && !page.contains("\(moment) to \(moment)"))
    #expect(!finding.whyDifferent.contains { $0.contains("×") })
  }
}
