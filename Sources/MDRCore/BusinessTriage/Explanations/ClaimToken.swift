/// A piece of a written explanation that says something that can be looked up.
enum ClaimToken: Equatable {
  /// What stands in backticks: a value, whatever it looks like.
  case quoted(String)
  /// What looks like a name of the logs: an ARN, an address, an event, a time, a key.
  case identifier(String)
  case number(String)
  case word(String)

  /// The pieces of a line, in its order.
  static func tokens(of line: String) -> [ClaimToken] {
    var tokens: [ClaimToken] = []
    for (index, part) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
      // A backtick without its partner begins nothing.
      let isQuoted = index % 2 == 1 && line.count(where: { $0 == "`" }) > index
      if isQuoted {
        let text = part.trimmingSpace
        if !text.isEmpty { tokens.append(.quoted(text)) }
      } else {
        tokens += words(of: part)
      }
    }
    return tokens
  }

  private static func words(of text: Substring) -> [ClaimToken] {
    text.split { $0.isWhitespace || "()[]{}<>\"“”„|*,;!?…⟨⟩".contains($0) }.compactMap { part in
      var word = part
      while let first = word.first, "'’.:=#>".contains(first) { word.removeFirst() }
      while let last = word.last, "'’.:=-/_".contains(last) { word.removeLast() }
      for ending in ["'s", "’s"] where word.hasSuffix(ending) { word.removeLast(2) }
      return word.isEmpty ? nil : token(String(word))
    }
  }

  private static func token(_ word: String) -> ClaimToken {
    let digits = word.filter { $0.isASCII && $0.isNumber }
    let grouped = word.filter { !",' ".contains($0) }
    if !digits.isEmpty, grouped.allSatisfy({ $0.isASCII && $0.isNumber }) {
      // Twelve digits are an account, not a count.
      return digits.count == 12 ? .identifier(word) : .number(digits)
    }
    if let value = numberWords.firstIndex(of: word.lowercased()) { return .number("\(value)") }
    if word.hasSuffix("%"), !digits.isEmpty { return .number(digits) }
    // Units stuck to a number, such as 24h.
    let head = word.prefix { $0.isASCII && $0.isNumber }
    if !head.isEmpty,
      ["h", "s", "min", "d", "x", "×", "st", "nd", "rd", "th"].contains(word.dropFirst(head.count))
    {
      return .number(String(head))
    }
    return looksLikeName(word) ? .identifier(word) : .word(word)
  }

  /// Letters mixed with digits or separators, or capitals within, as in `CreateAccessKey`; not plain prose.
  private static func looksLikeName(_ word: String) -> Bool {
    let scalars = Array(word.unicodeScalars)
    if scalars.contains(where: { ("0"..."9").contains($0) }) { return true }
    if word.contains(where: { "@:_\\".contains($0) }) { return true }
    if word.contains("."), !word.lowercased().hasPrefix("e.g") && !word.lowercased().hasPrefix("i.e") {
      return true
    }
    let letters = scalars.filter(\.properties.isAlphabetic)
    // A capital behind a small letter within one word.
    return zip(letters, letters.dropFirst()).contains {
      $0.properties.isLowercase && $1.properties.isUppercase
    } && !word.contains("/") && !word.contains("-")
  }

  /// Numbers as people write them out, from zero.
  private static let numberWords = [
    "zero", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  ]
}

extension Substring {
  /// The text without spaces at its ends.
  fileprivate var trimmingSpace: String {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
