import Testing

@testable import MDRCore

@Suite struct ExplanationTests {
  private static let result = Result {
    let calls = [
      Sample.observation(
        Sample.time(day: 91), actor: "sso:Admin", event: "iam.amazonaws.com:CreateAccessKey",
        source: "ip:203.0.113.0/24", override: .identity, id: "0b5d8f7e-1111-4222-8333-444455556666",
        sourceIP: "203.0.113.9", kind: .publicNetwork, resources: ["user/pipeline"],
        archetype: .ssoAdministrator,
        targets: ["user": ["pipeline"], "access_key_id": ["AKIAEXAMPLEKEY000001"]])
    ]
    return try TriageRun.result(calls, against: Sample.baseline(BaselineIndexTests.estate)).findings
  }

  private static func finding() throws -> Finding { try #require(try result.get().first) }

  private static func refusals(_ text: String) throws -> [String] {
    let finding = try finding()
    let whole = Explanation(finding: finding).document.rendered
    return ExplanationCheck(finding).outcome(of: whole + "\n" + text).refusals.map(\.claim)
  }

  @Test func `the tool's own explanation bears its own check`() throws {
    let finding = try Self.finding()
    let text = Explanation(finding: finding).document.rendered
    let outcome = ExplanationCheck(finding).outcome(of: text)
    #expect(outcome.refusals == [])
    #expect(outcome.claims > 15)
    #expect(
      text.contains("**The same as always**: account `111111111111`, actor `sso:Admin`")
        && text.contains(": together seen "))
  }

  @Test func `of an established operation it says how it is as always, and nothing different`() throws {
    let usual = (0..<90).map {
      Sample.observation(
        Sample.time(day: $0), event: "rds.amazonaws.com:DeleteDBInstance", override: .destructive,
        id: "u\($0)")
    }
    let next = Sample.observation(
      Sample.time(day: 91), event: "rds.amazonaws.com:DeleteDBInstance", override: .destructive, id: "next")
    let finding = try #require(try TriageRun.result([next], against: Sample.baseline(usual)).findings.first)
    #expect(finding.normality == .established)
    let text = Explanation(finding: finding).document.rendered
    #expect(text.contains("**Different**: nothing that the baseline compares."))
    #expect(
      text.contains("**The same as always**: This exact account/actor/event/source/region tuple was seen"))
    #expect(ExplanationCheck(finding).outcome(of: text).refusals == [])
  }

  @Test(arguments: [
    ("It was made from 203.0.113.9 by `sso:Admin`, once, at 2026-04-02T10:00:00Z.", []),
    ("The actor was seen 21 times before, never with CreateAccessKey.", []),
    ("The position is abnormal and high risk.", []),
    ("The account is compromised.", ["compromised"]),
    ("This looks benign, a false positive.", ["benign", "false positive"]),
    ("It is **confirmed** to be Safe.", ["safe", "confirmed"]),
    ("`mallory` did it.", ["mallory"]),
    ("It came from 198.51.100.99.", ["198.51.100.99"]),
    ("Key AKIAEXAMPLEKEY000002 was made.", ["AKIAEXAMPLEKEY000002"]),
    ("DeleteTrail followed.", ["DeleteTrail"]),
    ("At 2026-04-02T10:00:01Z it happened.", ["2026-04-02T10:00:01Z"]),
    ("It was called 17 times.", ["17"]),
    ("Seven calls were made.", ["7"]),
    ("Account 999999999999 is touched.", ["999999999999"]),
    ("I read this as normal and low risk.", ["normal and low risk"]),
    ("The severity is low.", ["low"]),
    ("See arn:aws:iam::111111111111:user/other.", ["arn:aws:iam::111111111111:user/other"]),
    ("Event 0b5d8f7e-1111-4222-8333-444455556667 says so.", ["0b5d8f7e-1111-4222-8333-444455556667"]),
  ])
  func `claims that the finding does not have are refused, others stand`(text: String, refused: [String])
    throws
  {
    #expect(try Set(Self.refusals(text)) == Set(refused), "\(text)")
  }

  @Test func `an explanation that leaves out a part or an open piece is refused`() throws {
    let finding = try Self.finding()
    let claims = ExplanationCheck(finding).outcome(of: "\(finding.findingID): nothing.").refusals.map(\.claim)
    for part in Explanation.parts { #expect(claims.contains(part)) }
    for item in finding.evidence where item.isOpen {
      #expect(claims.contains { $0.hasPrefix(item.id + ":") }, "\(item.id)")
    }
  }

  @Test func `words of the finding's own sentences are not the writer's`() throws {
    var finding = try Self.finding()
    finding.residualRisk = ["If the bastion is compromised, keys can be made."]
    let text = Explanation(finding: finding).document.rendered
    let check = ExplanationCheck(finding)
    #expect(check.outcome(of: text + "\nIf the bastion is compromised, keys can be made.").refusals == [])
    #expect(
      check.outcome(of: text + "\nThe bastion is compromised.").refusals.map(\.claim) == ["compromised"])
  }
}
