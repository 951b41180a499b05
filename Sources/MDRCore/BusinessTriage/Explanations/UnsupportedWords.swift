/// The reviewed words that no log bears out, each with the reason.
struct UnsupportedWords: Sendable {
  /// A word found.
  struct Hit: Equatable, Sendable {
    var word: String
    var why: String
  }

  private let words: [(word: [Substring], hit: Hit)]

  /// The words of a kind: `explanation` or `closure`.
  init(_ kind: String) {
    words = Content.table("business-triage/references/unsupported-words.tsv").compactMap { row in
      guard row["kind"] == kind, let word = row["word"], let why = row["why"] else { return nil }
      return (word.split(separator: " "), Hit(word: word, why: why))
    }
  }

  /// The words that stand in a text, whole and in any case.
  func hits(in text: String) -> [Hit] {
    let lower = text.withoutAccents.lowercased().replacing("\u{2019}", with: "'")
    // A hyphen inside a word must not hide it, and a dash between two words must not join them: both readings are
    // searched.
    let readings = [lower, lower.replacing("-", with: "")].map { reading in
      reading.split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "/") }
    }
    let found = words.filter { entry in
      readings.contains { tokens in tokens.indices.contains { tokens[$0...].starts(with: entry.word) } }
    }
    // Of "false positive" and "false" the longer says why.
    return found.filter { entry in
      !found.contains { $0.word.count > entry.word.count && $0.word.starts(with: entry.word) }
    }.map(\.hit)
  }
}
