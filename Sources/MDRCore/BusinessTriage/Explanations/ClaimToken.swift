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
    let words = text.split { $0.isWhitespace || "()[]{}<>\"“”„|*,;!?…⟨⟩".contains($0) }.compactMap { part in
      var word = part
      while let first = word.first, "'’.:=#>".contains(first) { word.removeFirst() }
      let ends = word.hasPrefix("_") ? "'’.:=-/" : "'’.:=-/_"
      while let last = word.last, ends.contains(last) { word.removeLast() }
      for ending in ["'s", "’s"] where word.hasSuffix(ending) { word.removeLast(2) }
      return word.isEmpty ? nil : String(word)
    }
    let lower = words.map { $0.lowercased() }
    var tokens: [ClaimToken] = []
    var index = 0
    while index < words.count {
      if let number = NumberWords.number(in: lower[index...]) {
        tokens.append(.number("\(number.value)"))
        if ["once", "twice", "thrice"].contains(lower[index]) { tokens.append(.word("times")) }
        index += number.length
      } else {
        tokens += token(words[index])
        index += 1
      }
    }
    return tokens
  }

  private static func token(_ word: String) -> [ClaimToken] {
    let digits = word.filter { $0.isASCII && $0.isNumber }
    let grouped = word.filter { !",' ".contains($0) }
    if !digits.isEmpty, grouped.allSatisfy({ $0.isASCII && $0.isNumber }) {
      // Twelve digits are an account, not a count.
      return [digits.count == 12 ? .identifier(word) : .number(digits)]
    }
    // Units stuck to a number, such as 24h.
    let head = word.prefix { $0.isASCII && $0.isNumber }
    let unit = String(word.dropFirst(head.count))
    if !head.isEmpty, ["%", "h", "s", "min", "d", "x", "×"].contains(unit) {
      return [.number(String(head)), .word(unit)]
    }
    if !head.isEmpty, ["st", "nd", "rd", "th"].contains(unit) { return [.number(String(head))] }
    return [looksLikeName(word) ? .identifier(word) : .word(word)]
  }

  /// Letters mixed with digits or separators, or capitals within, as in `CreateAccessKey`; not plain prose.
  private static func looksLikeName(_ word: String) -> Bool {
    let scalars = Array(word.unicodeScalars)
    if scalars.contains(where: { ("0"..."9").contains($0) }) { return true }
    if word.contains(where: { "@:_\\".contains($0) }) { return true }
    if word.contains("."), !word.lowercased().hasPrefix("e.g") && !word.lowercased().hasPrefix("i.e") {
      return true
    }
    if isJoinedName(word.lowercased()) { return true }
    let letters = scalars.filter(\.properties.isAlphabetic)
    // A capital behind a small letter within one word.
    return zip(letters, letters.dropFirst()).contains {
      $0.properties.isLowercase && $1.properties.isUppercase
    } && !word.contains("/") && !word.contains("-")
  }

  /// Such as `prod-admin-role` or `role/Admin`: words that people join in prose are few, and known.
  private static func isJoinedName(_ word: String) -> Bool {
    let hyphens = word.split(separator: "-")
    if hyphens.count > 1, let last = hyphens.last.map(String.init), kindsOfThings.contains(last) {
      return true
    }
    if hyphens.count > 2 { return !joinedInProse.contains(word) }
    return word.contains("/") && !joinedInProse.contains(word)
      && !word.split(separator: "/").allSatisfy { dimensions.contains(String($0)) }
  }

  private static let kindsOfThings: Set<String> = [
    "role", "user", "group", "key", "bucket", "trail", "prod", "dev", "test", "staging", "admin", "server",
    "host", "stack", "cluster", "db", "database", "policy", "profile", "function", "pipeline", "bot",
  ]

  private static let joinedInProse: Set<String> = [
    "business-as-usual", "infrastructure-as-code", "single-sign-on", "day-to-day", "up-to-date",
    "point-in-time", "state-of-the-art", "well-known-to", "end-to-end", "and/or", "ci/cd", "he/she", "i/o",
    "yes/no", "account/actor/event/source/region", "actor/event", "first-of-its-kind",
  ]

  private static let dimensions: Set<String> = ["account", "actor", "event", "source", "region", "resource"]
}

extension Substring {
  /// The text without spaces at its ends.
  fileprivate var trimmingSpace: String {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
