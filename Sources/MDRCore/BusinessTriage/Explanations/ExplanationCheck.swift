/// Verifies a written explanation against its finding, claim by claim.
struct ExplanationCheck {
  /// A claim that the evidence does not bear out.
  struct Refusal: Equatable, Sendable {
    /// The line of the text, from 1; 0 for what is missing from it.
    var line: Int
    var claim: String
    var why: String

    var json: JSONValue { ["line": .number(line), "claim": .string(claim), "why": .string(why)] }
  }

  /// What the check came to.
  struct Outcome: Equatable, Sendable {
    /// Claims looked at: identifiers, names, times, numbers, positions.
    var claims = 0
    var refusals: [Refusal] = []
  }

  private let finding: Finding
  private let vocabulary: ClaimVocabulary
  private let words = UnsupportedWords("explanation")

  init(_ finding: Finding) {
    self.finding = finding
    vocabulary = ClaimVocabulary(finding)
  }

  /// Checks a text.
  func outcome(of text: String) -> Outcome {
    var outcome = Outcome()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      check(String(line), number: index + 1, &outcome)
    }
    let plain = ClaimVocabulary.plain(text)
    if !plain.contains(ClaimVocabulary.plain(finding.findingID)) {
      outcome.refusals.append(
        Refusal(line: 0, claim: finding.findingID, why: "the explanation doesn't name its finding"))
    }
    for part in Explanation.parts where !plain.contains(ClaimVocabulary.plain(part)) {
      outcome.refusals.append(Refusal(line: 0, claim: part, why: "this part of the explanation is missing"))
    }
    for item in finding.evidence where item.isOpen && !plain.contains(ClaimVocabulary.plain(item.text)) {
      outcome.refusals.append(
        Refusal(line: 0, claim: "\(item.id): \(item.text)", why: "an open piece of evidence is left out"))
    }
    return outcome
  }

  private func check(_ line: String, number: Int, _ outcome: inout Outcome) {
    func refuse(_ claim: String, _ why: String) {
      outcome.refusals.append(Refusal(line: number, claim: claim, why: why))
    }
    // A sentence of the finding's own may say more than the writer's could.
    let own = vocabulary.withoutOwnSentences(line)
    for hit in words.hits(in: own) {
      outcome.claims += 1
      refuse(hit.word, hit.why)
    }
    for position in Position.allCases where ClaimVocabulary.names(position, in: line) {
      outcome.claims += 1
      if position != finding.position {
        refuse(position.title, "the tool's position is \(finding.position.title)")
      }
    }
    for severity in ClaimVocabulary.severities(in: own) {
      outcome.claims += 1
      if severity != finding.severity {
        refuse(severity.rawValue, "the tool's severity is \(finding.severity.rawValue)")
      }
    }
    for token in ClaimToken.tokens(of: line) {
      switch token {
      case .quoted(let text), .identifier(let text):
        outcome.claims += 1
        if !vocabulary.has(text) { refuse(text, "no such name or value is in the finding") }
      case .number(let text):
        outcome.claims += 1
        if !vocabulary.hasNumber(text) { refuse(text, "no such number is in the finding") }
      case .word: break
      }
    }
  }
}
