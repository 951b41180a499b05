/// Everything that a finding says: the only names, times and numbers that an explanation of it may use.
struct ClaimVocabulary {
  private let texts: [String]
  private let numbers: NumberClaims
  private let sentences: [String]
  /// Names and values, whole.
  private let values: Set<String>

  init(_ finding: Finding) {
    var texts = Self.leaves(finding.json)
    // Documents spell out hidden characters in names, so a name counts in that spelling too.
    texts += texts.flatMap { text in
      [VisibleText.codeLimit, VisibleText.textLimit].map { VisibleText(text, limit: $0).string }
        .flatMap { [$0, $0.spelling(["`"]), $0.spelling(["`", "|"])] }
    }.filter { !$0.isEmpty }
    let words =
      Position.allCases.map(\.rawValue) + Position.allCases.map(\.title) + Normality.allCases.map(\.rawValue)
      + Dimension.allCases.map(\.rawValue) + OverrideClass.allCases.map(\.rawValue)
      + Archetype.allCases.map(\.title) + BusinessFamily.allCases.map(\.title)
      + ["AWS", "CloudTrail", "ATT&CK", "24 h", "finding_id", "business-triage"]
    texts += TupleDimensions.projections.map(\.name)
    sentences = Set(texts.filter { $0.contains(" ") }.map(Self.plain)).filter { $0.count > 12 }
      .sorted { ($1.count, $0) < ($0.count, $1) }
    values = Set(texts)
    self.texts = Array(Set((texts + words).map(Self.plain)))
    numbers = NumberClaims(finding)
  }

  /// Whether a name or value stands in the finding, whole.
  func has(_ text: String) -> Bool {
    let wanted = Self.plain(text)
    return texts.contains { Self.stands(wanted, in: $0) }
  }

  /// Whether the finding has these letters anywhere, one after the other, whatever stands around them.
  func holds(_ letters: String) -> Bool {
    let wanted = Self.plain(letters).unicodeScalars
    return texts.contains { $0.unicodeScalars.firstRange(of: wanted) != nil }
  }

  /// Whether a number stands in the finding; of leading zeros none counts.
  func hasNumber(_ text: String) -> Bool { numbers.has(text) }

  /// Whether the finding has a number with this unit; a word that is no unit goes with any number.
  func has(_ number: String, _ unit: String) -> Bool { numbers.has(number, unit) }

  /// A line without the values of the finding that it quotes in backticks: their words are the log's.
  func withoutOwnValues(_ line: String) -> String {
    let parts = line.split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      index % 2 == 1 && index < parts.count - 1 && values.contains(String(part)) ? " " : String(part)
    }.joined(separator: "`")
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
    text.plainCharacters.lowercased().filter { !"`*\\~".contains($0) }.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
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
}

extension Character {
  /// Letters and digits, and what joins them into one name.
  fileprivate var isPartOfName: Bool { isLetter || isNumber || self == "_" }
}
