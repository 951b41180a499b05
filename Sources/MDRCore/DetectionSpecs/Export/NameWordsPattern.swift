/// An expression that finds sequences of words in names as they are logged, for targets that can't split a name first.
///
/// In a name a word is written in small letters, capitalised or in capitals. It ends at a sign, where a capital follows a
/// small letter or a digit, and before the last of several capitals when a small letter follows: this is how
/// `ArchetypeRules` splits names. The expression also reads the character before the first word, so there has to be one.
struct NameWordsPattern {
  /// How a sequence's first word is written; the value is what has to precede it: a sign, anything, or no capital.
  private enum Start: String, CaseIterable {
    case small = #"[\W_]"#
    case capitalised = ""
    case capitals = "[^A-Z]"
  }

  /// Ways to write the words so far, by what their last character is: a small letter or digit, or a capital.
  private struct Ending {
    var small: [String] = []
    var capital: [String] = []
  }

  /// Longer sequences are found in fewer ways of writing: with each word, mixing all of them would double the pattern.
  private static let mixedLimit = 3

  private var endings: [Start: Ending] = [:]

  /// A pattern for any of some sequences, none of which is empty.
  init(_ sequences: [[String]]) {
    for sequence in sequences where !sequences.contains(where: { Self.isPart($0, of: sequence) }) {
      for start in Start.allCases {
        let ending = Self.ending(of: sequence, start)
        endings[start, default: Ending()].small += ending.small
        endings[start, default: Ending()].capital += ending.capital
      }
    }
  }

  /// The expression; empty groups are left out.
  var pattern: String {
    let small = alternatives(\.small).map { $0 + "([^a-z0-9]|$)" }
    let capital = alternatives(\.capital).map { $0 + #"([\W_]|$|[A-Z][a-z])"# }
    return Self.either([small, capital].compactMap(\.self))
  }

  private func alternatives(_ kind: (Ending) -> [String]) -> String? {
    let parts = Start.allCases.compactMap { start -> String? in
      let texts = endings[start].map(kind) ?? []
      return texts.isEmpty ? nil : start.rawValue + Self.either(texts)
    }
    return parts.isEmpty ? nil : Self.either(parts)
  }

  /// Whether a shorter sequence stands in another, which then says nothing more.
  private static func isPart(_ part: [String], of whole: [String]) -> Bool {
    part.count < whole.count
      && (0...whole.count - part.count).contains { whole[$0...].starts(with: part) }
  }

  /// A sequence, begun in one way.
  private static func ending(of sequence: [String], _ start: Start) -> Ending {
    let words = sequence.map { WordForms($0) }
    let first =
      switch start {
      case .small: Ending(small: [words[0].small])
      case .capitalised: Ending(small: words[0].startsAnywhere ? [words[0].capitalised] : [])
      case .capitals: words[0].capitals
      }
    return words.count > mixedLimit
      ? written(first, words.dropFirst()) : words.dropFirst().reduce(first) { mixed($0, $1) }
  }

  /// The ways to go on with a word, written in any way.
  private static func mixed(_ ending: Ending, _ word: WordForms) -> Ending {
    Ending(
      small: behind(ending.small + ending.capital, word.following)
        + behind(ending.small, word.capitals.small.map { #"[\W_]*"# + $0 })
        + behind(ending.capital, word.capitals.small.map { #"[\W_]+"# + $0 }),
      capital: behind(ending.small, word.capitals.capital.map { #"[\W_]*"# + $0 })
        + behind(ending.capital, word.capitals.capital.map { #"[\W_]+"# + $0 }))
  }

  /// The ways to go on with words that signs separate, or that are all capitalised.
  private static func written(_ ending: Ending, _ words: ArraySlice<WordForms>) -> Ending {
    let parted = words.dropLast().map { #"[\W_]+"# + either($0.all) }.joined()
    let start = behind(ending.small + ending.capital, [parted])
    guard let last = words.last else { return ending }
    let small = [last.small, last.capitalised] + last.capitals.small
    return Ending(
      small: behind(start, [#"[\W_]+"# + either(small)])
        + words.reduce(ending.small) { behind($0, $1.following) },
      capital: behind(start, last.capitals.capital.map { #"[\W_]+"# + $0 }))
  }

  /// Some of the first texts with some of the others behind it.
  private static func behind(_ texts: [String], _ next: [String]) -> [String] {
    texts.isEmpty || next.isEmpty ? [] : [either(texts) + either(next)]
  }

  private static func either(_ texts: [String]) -> String {
    texts.count == 1 ? texts[0] : "(" + texts.joined(separator: "|") + ")"
  }

  /// The ways in which one word is written.
  private struct WordForms {
    let small: String
    let capitalised: String
    /// Whether the capitalised word begins a new one after any letter: after a capital its second letter has to be small.
    let startsAnywhere: Bool
    /// The word in capitals, or with one capital before a digit: no capital may precede it.
    private(set) var capitals = Ending()

    init(_ word: String) {
      small = word
      capitalised = word.prefix(1).uppercased() + word.dropFirst()
      startsAnywhere = capitalised != word && word.dropFirst().first?.isLetter == true
      let letters = Array(word)
      // A capital behind a digit would begin a word.
      let staysWhole = !zip(letters, letters.dropFirst()).contains { $0.isNumber && $1.isLetter }
      if !staysWhole {
        capitals.small = startsAnywhere || capitalised == word ? [] : [capitalised]
      } else if letters.last?.isNumber == true {
        capitals.small = [word.uppercased()]
      } else {
        capitals.capital = [word.uppercased()]
      }
    }

    var all: [String] { [small, capitalised] + capitals.small + capitals.capital }

    /// As it follows another word in small letters, or capitalised.
    var following: [String] {
      [#"[\W_]+"# + small] + (startsAnywhere ? [#"[\W_]*"# + capitalised] : [])
    }
  }
}
