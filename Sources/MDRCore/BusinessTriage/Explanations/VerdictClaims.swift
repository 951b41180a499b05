/// What a text says of a finding's verdict outside of the finding's own sentences.
struct VerdictClaims {
  let finding: Finding

  private static let negations: Set<String> = [
    "not", "no", "never", "neither", "nor", "isn't", "wasn't", "aren't", "cannot", "can't", "hardly",
    "barely",
    "scarcely", "without", "instead", "rather", "less", "beyond", "wrongly", "supposedly", "allegedly",
    "formerly", "previously", "initially", "overstated", "downgraded", "lowered", "raised", "un",
  ]

  /// The claims of a plain text: how many there are, and those that aren't so.
  func check(_ text: String) -> (claims: Int, refused: [(claim: String, why: String)], rest: String) {
    var claims = 0
    var refused: [(claim: String, why: String)] = []
    var rest = text
    for position in Position.allCases {
      for name in [position.title, position.rawValue] where rest.contains(name) {
        claims += 1
        if position != finding.position {
          refused.append((position.title, "the tool's position is \(finding.position.title)"))
        } else if Self.isNegated(name, in: rest) {
          refused.append(
            (position.title, "the position is taken back: the tool's is \(finding.position.title)"))
        }
        rest = rest.replacing(name, with: " . ")
      }
    }
    for severity in severities(in: rest) {
      claims += 1
      if severity.level != finding.severity {
        refused.append((severity.level.rawValue, "the tool's severity is \(finding.severity.rawValue)"))
      } else if severity.isNegated {
        refused.append((severity.level.rawValue, "the severity is taken back"))
      }
    }
    for (claim, why) in recorded(in: rest) {
      claims += 1
      refused.append((claim, why))
    }
    return (claims, refused, rest)
  }

  private static func words(_ text: String) -> [String] {
    text.replacing("\u{2019}", with: "'").split { !($0.isLetter || $0.isNumber || $0 == "'") }.map(
      String.init)
  }

  /// Whether a negation stands among the four words before a name, in the same sentence.
  private static func isNegated(_ name: String, in text: String) -> Bool {
    var rest = text[...]
    while let range = rest.firstRange(of: name) {
      let before = text[..<range.lowerBound].split(omittingEmptySubsequences: false) { ".:;!?(".contains($0) }
      if words(String(before.last ?? "")).suffix(4).contains(where: negations.contains) { return true }
      rest = text[range.upperBound...]
    }
    return false
  }

  /// Severities that a text gives: near the word severity or another that asks for one, or as the finding's heading does.
  private func severities(in text: String) -> [(level: Severity, isNegated: Bool)] {
    let words = Self.words(text)
    let nouns: Set<String> = [
      "severity", "finding", "alert", "priority", "urgency", "rated", "ranked", "graded",
    ]
    return words.indices.compactMap { index in
      guard let level = Severity(rawValue: words[index]) else { return nil }
      let before = words[..<index].suffix(4)
      let isGiven =
        words.dropFirst(index + 1).first.map(nouns.contains) == true
        || before.contains { $0 == "severity" || $0 == "priority" || $0 == "urgency" || $0 == "rated" }
        || text.contains(", \(level.rawValue),")
      return isGiven ? (level, before.contains(where: Self.negations.contains)) : nil
    }
  }

  /// What the records say otherwise: an outcome that no call had, a lane that isn't established.
  private func recorded(in text: String) -> [(claim: String, why: String)] {
    let words = Self.words(text)
    func stands(_ stems: [String]) -> String? {
      words.indices.first { index in
        stems.contains { words[index].hasPrefix($0) }
          && !words[..<index].suffix(3).contains(where: Self.negations.contains)
      }.map { words[$0] }
    }
    var refused: [(claim: String, why: String)] = []
    let outcomes: [(Outcome, [String], String)] = [
      (.success, ["succeed"], "no call succeeded"), (.denied, ["denied", "refused"], "no call was denied"),
      (.failed, ["failed"], "no call failed"),
    ]
    for (outcome, stems, why) in outcomes
    where !finding.outcomes.isEmpty && (finding.outcomes[outcome] ?? 0) == 0 {
      // A refused call is a failed one in common speech.
      if outcome == .failed, (finding.outcomes[.denied] ?? 0) > 0 { continue }
      if let word = stands(stems) { refused.append((word, why)) }
    }
    if finding.normality != .established, let word = stands(["established"]) {
      refused.append((word, "the tool's normality is \(finding.normality.rawValue)"))
    }
    return refused
  }
}
