import Foundation

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

    mutating func refuse(_ line: Int, _ claim: String, _ why: String) {
      let refusal = Refusal(line: line, claim: claim, why: why)
      if !refusals.contains(refusal) { refusals.append(refusal) }
    }
  }

  private let finding: Finding
  private let vocabulary: ClaimVocabulary
  /// The part of the finding that says what happened, without what is known of others.
  private let happened: ClaimVocabulary
  private let verdict: VerdictClaims
  private let words = UnsupportedWords("explanation")

  init(_ finding: Finding) {
    self.finding = finding
    vocabulary = ClaimVocabulary(finding)
    happened = ClaimVocabulary(finding.happening)
    verdict = VerdictClaims(finding: finding)
  }

  /// Checks a text.
  func outcome(of text: String) -> Outcome {
    var outcome = Outcome()
    let text = ExplanationText(text)
    for disguise in text.disguises(vocabulary.holds) {
      outcome.refuse(disguise.line, disguise.text, disguise.why)
    }
    for (index, line) in text.lines.enumerated() { checkNames(line, number: index + 1, &outcome) }
    for block in text.blocks { checkStatements(block, &outcome) }
    checkWhatHappened(text, &outcome)
    checkWhole(text, &outcome)
    return outcome
  }

  /// Names, times and numbers have to be the finding's.
  private func checkNames(_ line: String, number: Int, _ outcome: inout Outcome) {
    for token in ClaimToken.tokens(of: line) {
      switch token {
      case .quoted(let text), .identifier(let text):
        outcome.claims += 1
        if !vocabulary.has(text) { outcome.refuse(number, text, "no such name or value is in the finding") }
      case .number(let text):
        outcome.claims += 1
        if !vocabulary.hasNumber(text) { outcome.refuse(number, text, "no such number is in the finding") }
      case .word(let text):
        if NumberWords.vague.contains(text.lowercased()) {
          outcome.refuse(number, text, "say the number that the finding has")
        }
      }
    }
  }

  /// Words, positions, severities and units have to be borne out wherever the writer's own words say them.
  private func checkStatements(_ block: ExplanationText.Block, _ outcome: inout Outcome) {
    let own = vocabulary.withoutOwnSentences(vocabulary.withoutOwnValues(block.text))
    let claims = verdict.check(own)
    outcome.claims += claims.claims
    for (claim, why) in claims.refused { outcome.refuse(block.line, claim, why) }
    for hit in words.hits(in: claims.rest) {
      outcome.claims += 1
      outcome.refuse(block.line, hit.word, hit.why)
    }
    let tokens = ClaimToken.tokens(of: own)
    for (index, token) in tokens.enumerated() {
      guard case .number(let number) = token, vocabulary.hasNumber(number),
        let unit = NumberClaims.unit(behind: index, in: tokens), !vocabulary.has(number, unit)
      else { continue }
      outcome.refuse(block.line, "\(number) \(unit)", "the finding has that number of something else")
    }
  }

  /// What is told as having happened has to be of this operation, not of a lane or account that it is compared with.
  private func checkWhatHappened(_ text: ExplanationText, _ outcome: inout Outcome) {
    var isPart = false
    for block in text.blocks {
      var rest = block.text[...]
      while !rest.isEmpty {
        let next = Explanation.parts.compactMap { part in
          rest.range(of: part, options: .caseInsensitive).map { (range: $0, part: part) }
        }.min { $0.range.lowerBound < $1.range.lowerBound }
        if isPart {
          for token in ClaimToken.tokens(of: String(rest[..<(next?.range.lowerBound ?? rest.endIndex)])) {
            let name: String
            switch token {
            case .quoted(let text), .identifier(let text): name = text
            case .number, .word: continue
            }
            if vocabulary.has(name), !happened.has(name) {
              outcome.refuse(block.line, name, "the finding names it, but not as part of what happened")
            }
          }
        }
        guard let next else { break }
        isPart = next.part == Explanation.parts[0]
        rest = rest[next.range.upperBound...]
      }
    }
  }

  /// Nothing of what an explanation has to have may be missing, and nothing open may be told as answered.
  private func checkWhole(_ text: ExplanationText, _ outcome: inout Outcome) {
    let plain = ClaimVocabulary.plain(text.joined)
    if !plain.contains(ClaimVocabulary.plain(finding.findingID)) {
      outcome.refuse(0, finding.findingID, "the explanation doesn't name its finding")
    }
    for part in Explanation.parts where !plain.contains(ClaimVocabulary.plain(part)) {
      outcome.refuse(0, part, "this part of the explanation is missing")
    }
    let answered = finding.evidence.filter { !$0.isOpen }.map { ClaimVocabulary.plain($0.text) }
    for item in finding.evidence where item.isOpen {
      let piece = ClaimVocabulary.plain(item.text)
      let places = text.blocks.filter { ClaimVocabulary.plain($0.text).contains(piece) }
      if places.isEmpty {
        outcome.refuse(0, "\(item.id): \(item.text)", "an open piece of evidence is left out")
      }
      for place in places {
        let rest = ClaimVocabulary.plain(place.text).replacing(piece, with: " ")
        guard !answered.contains(where: rest.contains), Self.tellsAnswer(rest) else { continue }
        outcome.refuse(place.line, "\(item.id): \(item.text)", "this piece of evidence is open")
      }
    }
  }

  private static func tellsAnswer(_ text: String) -> Bool {
    let words = text.split { !$0.isLetter }
    return words.indices.contains { index in
      ["answered", "provided", "received", "settled", "resolved", "obtained", "verified"].contains(
        words[index])
        && !words[..<index].suffix(2).contains { ["not", "un", "never", "be"].contains($0) }
    }
  }
}

extension Finding {
  /// The finding with nothing but what its own records say.
  fileprivate var happening: Finding {
    var finding = self
    finding.tuples = []
    finding.whyDifferent = []
    finding.residualRisk = []
    finding.verification = []
    finding.remediation = []
    finding.alertingImplication = ""
    finding.counterfactual = nil
    finding.corroboration = []
    finding.related = []
    finding.evidence = evidence.filter { $0.question == .own }
    return finding
  }
}
