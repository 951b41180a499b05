/// Everything that a finding says: the only names, times and numbers that an explanation of it may use.
struct ClaimVocabulary {
  private let texts: [String]
  private let numbers: Set<String>
  private let sentences: [String]

  init(_ finding: Finding) {
    var texts = Self.leaves(finding.json)
    let words =
      Position.allCases.map(\.rawValue) + Position.allCases.map(\.title) + Normality.allCases.map(\.rawValue)
      + Dimension.allCases.map(\.rawValue) + OverrideClass.allCases.map(\.rawValue)
      + Archetype.allCases.map(\.title) + BusinessFamily.allCases.map(\.title)
      + ["AWS", "CloudTrail", "ATT&CK", "24 h", "finding_id", "business-triage"]
    texts += TupleDimensions.projections.map(\.name)
    sentences = texts.filter { $0.contains(" ") }.map(Self.plain).filter { $0.count > 12 }
      .sorted { $0.count > $1.count }
    self.texts = (texts + words).map(Self.plain)
    var numbers: Set<String> = ["0", "1", "24", "\(finding.evidence.count)"]
    numbers.insert("\(finding.evidence.count(where: \.isOpen))")
    numbers.insert("\(finding.newDimensions.count)")
    numbers.insert("\(finding.eventNames.count)")
    numbers.insert("\(finding.days.count)")
    // Numbers are the finding's own counts, and those that its sentences tell; digits of names are none.
    for value in Self.numbers(finding.json) { numbers.insert("\(value)") }
    for sentence in finding.sentencesWithNumbers {
      for token in ClaimToken.tokens(of: sentence) {
        if case .number(let text) = token { numbers.insert(text) }
      }
    }
    self.numbers = numbers
  }

  /// Whether a name or value stands in the finding, whole.
  func has(_ text: String) -> Bool {
    let wanted = Self.plain(text)
    return texts.contains { Self.stands(wanted, in: $0) }
  }

  /// Whether a number does; of leading zeros none counts.
  func hasNumber(_ text: String) -> Bool {
    let plain = text.drop { $0 == "0" }
    return numbers.contains(plain.isEmpty ? "0" : String(plain))
  }

  /// A line without what the finding itself says in these very words.
  func withoutOwnSentences(_ line: String) -> String {
    var rest = Self.plain(line)
    for sentence in sentences where rest.contains(sentence) {
      rest = rest.replacing(sentence, with: " ")
    }
    return rest
  }

  /// Lower case, without markup and with single spaces, so that looks don't matter.
  static func plain(_ text: String) -> String {
    text.lowercased().filter { !"`*\\".contains($0) }.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// Whether a line gives a position, by its title or its id.
  static func names(_ position: Position, in line: String) -> Bool {
    let plain = plain(line)
    return plain.contains(position.title) || plain.contains(position.rawValue)
  }

  /// Severities that a text gives: beside the word severity, or as the finding's heading does.
  static func severities(in text: String) -> [Severity] {
    let words = text.lowercased().split { !($0.isLetter) }.map(String.init)
    return words.indices.compactMap { index in
      guard let severity = Severity(rawValue: words[index]) else { return nil }
      let before = index > 0 ? words[index - 1] : ""
      let beforeThat = index > 1 ? words[index - 2] : ""
      let after = index + 1 < words.count ? words[index + 1] : ""
      let isGiven =
        after == "severity" || before == "severity"
        || (beforeThat == "severity" && ["is", "of", "as", "was"].contains(before))
        || text.lowercased().contains(", \(severity.rawValue),")
      return isGiven ? severity : nil
    }
  }

  private static func stands(_ wanted: String, in text: String) -> Bool {
    guard !wanted.isEmpty else { return true }
    var rest = text[...]
    while let range = rest.firstRange(of: wanted) {
      let before = range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : " "
      let after = range.upperBound < text.endIndex ? text[range.upperBound] : " "
      if !before.isPartOfName, !after.isPartOfName { return true }
      rest = text[text.index(after: range.lowerBound)...]
    }
    return false
  }

  private static func leaves(_ value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let elements): elements.flatMap(leaves)
    case .object(let members): members.keys.sorted() + members.values.flatMap(leaves)
    default: []
    }
  }

  private static func numbers(_ value: JSONValue) -> [Int] {
    switch value {
    case .number(let number): [number]
    case .array(let elements): elements.flatMap(numbers)
    case .object(let members): members.values.flatMap(numbers)
    default: []
    }
  }
}

extension Character {
  /// Letters and digits, and what joins them into one name.
  fileprivate var isPartOfName: Bool { isLetter || isNumber || self == "_" }
}

extension Finding {
  /// The sentences in which numbers are counts.
  fileprivate var sentencesWithNumbers: [String] {
    whyDifferent + residualRisk + verification + remediation + corroboration + caveats
      + evidence.compactMap(\.answer) + evidence.compactMap(\.note) + [title]
  }
}
