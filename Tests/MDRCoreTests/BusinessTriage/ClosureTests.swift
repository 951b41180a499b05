import Testing

@testable import MDRCore

@Suite struct ClosureTests {
  private static func finding() throws -> Finding {
    var finding = Finding.example()
    finding.evidence = [
      EvidenceItem(
        id: "E1", text: "Raw CloudTrail event.", answeredBy: .logs, answer: "Event `a`.", ask: "x"),
      EvidenceItem(id: "E2", text: "Change ticket.", answeredBy: .people, ask: "whoever approves changes"),
      EvidenceItem(id: "E3", text: "Source ownership.", answeredBy: .people, ask: "network engineering"),
    ]
    return finding
  }

  private static func request(_ answers: JSONValue, why: String = "planned") throws -> ClosureRequest {
    try ClosureRequest(["by": "lead", "at": "2026-04-02T10:00:00Z", "why": .string(why), "answers": answers])
  }

  @Test func `every open piece has to be answered, those of the logs are`() throws {
    let finding = try Self.finding()
    let some = try Self.request(["E2": ["answer": "CHG-1", "from": "change board"]])
      .judged(against: finding, earlier: [])
    #expect(some.missing.map(\.id) == ["E3"])
    let rest = try Self.request(["E3": ["answer": "our office", "from": "network"]])
      .judged(against: finding, earlier: some.accepted)
    #expect(rest.missing.isEmpty && rest.refusals.isEmpty)
    #expect(rest.accepted.map(\.id) == ["E2", "E3"])
  }

  @Test(arguments: ["Probably fine", "TBD", "unknown", "I think so", "n/a", "looks OK"])
  func `a guess answers nothing`(answer: String) throws {
    let judged = try Self.request(["E2": ["answer": .string(answer), "from": "me"]])
      .judged(against: Self.finding(), earlier: [])
    #expect(judged.refusals.map(\.what) == ["E2"])
    #expect(judged.missing.map(\.id) == ["E2", "E3"])
  }

  @Test func `an answer needs somebody who gave it, and a piece that exists`() throws {
    #expect(throws: JSONFields.Fault(key: "from", expected: "a text")) {
      try Self.request(["E2": ["answer": "CHG-1", "from": " "]])
    }
    let judged = try Self.request(["E9": ["answer": "x y", "from": "me"]])
      .judged(against: Self.finding(), earlier: [])
    #expect(judged.refusals.map(\.what) == ["E9"])
  }

  @Test func `an exception is signed for the exact tuples, and ends`() throws {
    func lesson(_ expires: String) throws -> Lesson {
      try Lesson(
        JSONFields([
          "kind": "exception", "owner": "platform", "ticket": "T-1", "reason": "planned",
          "expires": .string(expires),
        ]), at: try #require(Timestamp(parsing: "2026-04-02")))
    }
    #expect(throws: JSONFields.Fault.self) { try lesson("2026-04-01") }
    #expect(throws: JSONFields.Fault.self) { try lesson("2027-06-01") }
    guard case .exception(let approval) = try lesson("2026-10-01") else { throw CancellationError() }
    let finding = try Self.finding()
    let lines = Lesson.approvals(approval, for: finding).map { $0.compactText + "\n" }.joined()
    let read = try ApprovalFile.approvals(in: Array(lines.utf8), named: "approvals")
    #expect(read.map(\.key.account) == finding.tuples.map(\.account))
    #expect(read.map(\.approval) == [approval])
  }
}
