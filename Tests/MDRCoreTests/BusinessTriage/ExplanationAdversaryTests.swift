import Testing

@testable import MDRCore

/// Explanations that somebody wrote to get past the check.
@Suite struct ExplanationAdversaryTests {
  private static let finding = Result {
    let calls = (0..<3).map { minute in
      Sample.observation(
        Sample.time(day: 91, minute: minute), actor: "sso:Admin", event: "iam.amazonaws.com:CreateAccessKey",
        source: "ip:203.0.113.0/24", override: .identity, id: "call-\(minute)", sourceIP: "203.0.113.9",
        kind: .publicNetwork, resources: ["user/pipeline"], archetype: .ssoAdministrator,
        targets: ["user": ["pipeline"], "access_key_id": ["AKIAEXAMPLEKEY000001"]])
    }
    return try TriageRun.result(calls, against: Sample.baseline(BaselineIndexTests.estate)).findings
  }

  private static func outcome(of text: String) throws -> ExplanationCheck.Outcome {
    let finding = try #require(try finding.get().first)
    let whole = Explanation(finding: finding).document.rendered
    return ExplanationCheck(finding).outcome(of: whole + "\n\n" + text)
  }

  @Test func `the finding is what these tests take it for`() throws {
    let finding = try #require(try Self.finding.get().first)
    #expect(finding.position == .abnormalHighRisk && finding.count == 3 && finding.severity == .critical)
    #expect(finding.outcomes == [.success: 3])
    #expect(finding.counterfactual?.restored[.source] == "corp:hq")
    #expect(try Self.outcome(of: "").refusals == [])
  }

  /// Ways to say of the operation what only people or the tool can say.
  @Test(arguments: [
    "This is normal.", "It was perfectly normal behaviour.", "The call is expected.", "It came as expected.",
    "It is routine.", "There is nothing unusual here.", "I see no cause for concern.", "It is risk-free.",
    "It is low risk.", "It is of negligible risk.", "The change was approved.", "It was authorised.",
    "It was a deliberate act.", "It happened by mistake.", "It is suspicious.", "It is a true positive.",
    "This was an attack.", "The key was exfiltrated.", "The session was hijacked.", "An insider did it.",
    "No further action is needed.", "This can be closed.", "Dismiss it.", "It should be suppressed.",
    "It is obviously a rotation.", "There is no doubt about it.", "What the tool says is wrong.",
    "It is not benign.", "It isn't malicious.", "It is not un-safe.",
  ])
  func `paraphrased verdicts are refused, negated or not`(text: String) throws {
    #expect(try !Self.outcome(of: text).refusals.isEmpty, "\(text)")
  }

  /// The same words where a program does not look, or a reader does.
  @Test(arguments: [
    "It is **com**promised.", "It is com\u{AD}promised.", "It is com\u{200B}promised.", "It is com-promised.",
    "It is c\u{43E}mpromised.", "It is \u{FF43}\u{FF4F}\u{FF4D}\u{FF50}romised.", "It is compromis\u{E9}d.",
    "It is \u{1D41B}\u{1D41E}\u{1D427}\u{1D422}\u{1D420}\u{1D427}.", "It is b e n i g n.", "It is `benign`.",
    "It is \u{202E}ngineb\u{202C}.", "It is be<!-- x -->nign.", "It is <b>be</b>nign.", "It is be&shy;nign.",
    "It is b&#101;nign.", "<!-- It is benign. -->", "| Verdict | benign |\n| --- | --- |", "> It is benign.",
    "```\nIt is benign.\n```", "It is a false\npositive.", "It is a _false_\n> positive.",
    "It is \u{431}\u{435}\u{437}\u{43E}\u{43F}\u{430}\u{441}\u{43D}\u{43E}.", "It is mal\u{131}cious.",
    "<script>x</script>", "[x](y \"benign\")", "It is ben\u{130}gn.",
  ])
  func `a disguise hides no verdict`(text: String) throws {
    #expect(try !Self.outcome(of: text).refusals.isEmpty, "\(text)")
  }

  @Test(arguments: [
    "It is not abnormal and high risk.", "Far from it: it isn't abnormal and high risk.",
    "It was rather less than abnormal and high risk.", "The position is normal and\nlow risk.",
    "The severity is not critical.", "The severity is now low.", "A low severity.", "It is a medium finding.",
    "Rated low.", "It is an established lane.", "The calls were denied.", "All three calls failed.",
  ])
  func `a verdict or outcome that is turned round is refused`(text: String) throws {
    #expect(try !Self.outcome(of: text).refusals.isEmpty, "\(text)")
  }

  @Test(arguments: [
    "There were forty-two calls.", "There were seventeen of them.", "It was called a dozen times.",
    "It was called twice.", "There were hundreds of calls.", "It was called one hundred and five times.",
    "It was called \u{FF11}\u{FF17} times.", "It was called \u{661}\u{667} times.",
    "It was called 017 times.",
    "It was called 17x.", "I am 99% sure.", "3 days passed.", "In 3 accounts it was called.",
    "3 hours passed.", "24 days later it was over.", "24 calls were made.", "It took 3 weeks.",
  ])
  func `numbers are the finding's, in words and with their units`(text: String) throws {
    #expect(try !Self.outcome(of: text).refusals.isEmpty, "\(text)")
  }

  @Test(arguments: [
    "prod-admin-role did it.", "The user role/Admin did it.", "It was done by build-server.",
    "evil.example.com was asked.", "i-0abc did it.", "At 10:07 it was over.", "On 2026-04-03 it was over.",
    "See F-000000000000.", "E99, open: a ticket.", "`pipeline2` is the user.",
  ])
  func `names that are not the finding's are refused`(text: String) throws {
    #expect(try !Self.outcome(of: text).refusals.isEmpty, "\(text)")
  }

  @Test func `what the nearest lane does is no part of what happened`() throws {
    let finding = try #require(try Self.finding.get().first)
    let whole = Explanation(finding: finding).document.rendered
    let forged = whole.replacing("from `ip:203.0.113.0/24`", with: "from `corp:hq`")
    #expect(forged != whole)
    #expect(
      ExplanationCheck(finding).outcome(of: forged).refusals.map(\.why)
        == ["the finding names it, but not as part of what happened"])
  }

  @Test func `an open piece told as answered is refused`() throws {
    let finding = try #require(try Self.finding.get().first)
    let whole = Explanation(finding: finding).document.rendered
    let open = try #require(finding.evidence.first { $0.isOpen })
    let forged = whole.replacing("\(open.id), open:", with: "\(open.id), answered:")
    #expect(forged != whole)
    #expect(
      ExplanationCheck(finding).outcome(of: forged).refusals.map(\.why) == ["this piece of evidence is open"])
  }

  @Test(arguments: [
    "The administrator made three calls from an address that no inventory names.",
    "It called CreateAccessKey 3 times within one day. The position is abnormal and high risk.",
    "The severity is critical, because a long-lived key stays until somebody takes it back.",
    "Whether the owner asked for it is unanswered: ask the owner of `sso:Admin`.",
    "My reading: the source is what differs most (203.0.113.9), and nobody has said whose it is.",
    "The key AKIAEXAMPLEKEY000001 is of the user `pipeline`; all calls succeeded.",
  ])
  func `plain words that the finding bears out stand`(text: String) throws {
    #expect(try Self.outcome(of: text).refusals == [], "\(text)")
  }

  @Test(arguments: hostileTexts)
  func `the tool's own explanation of a hostile log bears its own check`(text: String) {
    let finding = Finding.example(id: "F-0123456789ab", text: text)
    let whole = Explanation(finding: finding).document.rendered
    #expect(ExplanationCheck(finding).outcome(of: whole).refusals == [], "\(whole)")
  }

  @Test(arguments: [
    ("forty-two", 42), ("one hundred and five", 105), ("two thousand three hundred", 2_300), ("twice", 2),
    ("a dozen", nil), ("dozen", 12), ("one", nil), ("zero", 0), ("once", 1), ("ninety nine", 99),
    ("word", nil), ("million", 1_000_000),
  ])
  func `numbers are read as people write them`(text: String, value: Int?) {
    let words = text.split(separator: " ").map(String.init)
    #expect(NumberWords.number(in: words[...])?.value == value)
  }
}
