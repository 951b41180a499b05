extension LogicParser {
  /// Reads a path and checks that it starts from something that exists.
  mutating func path() throws(LogicError) -> FactPath {
    let token = current
    guard case .word(let word) = token.kind else {
      throw error("\(token.shown) is no path", "name a field, or a path such as requestParameters.userName")
    }
    advance()
    if let field = FactField(named: word) { return FactPath(.field(field)) }
    let steps = try Self.steps(of: word, at: token)
    guard case .key(let head) = steps.first else {
      guard word.hasPrefix(".") else { throw error("\(word) starts with []", "name the array", at: token) }
      return try elementPath(steps, at: token)
    }
    if word.hasPrefix(".") { return try elementPath(steps, at: token) }
    let rest = Array(steps.dropFirst())
    switch head {
    case "requestParameters": return FactPath(.request, rest)
    case "responseElements": return FactPath(.response, rest)
    case "additionalEventData": return FactPath(.additional, rest)
    case "target":
      guard rest.count == 1, case .key(let name) = rest[0] else {
        throw error("\(word) is no target", "write target.user or another single name", at: token)
      }
      return FactPath(.target(name))
    default:
      throw error("\(word) is no field of an observation and no path", Self.suggestion(for: word), at: token)
    }
  }

  private func elementPath(_ steps: [FactPath.Step], at token: LogicToken) throws(LogicError) -> FactPath {
    guard elementDepth > 0 else {
      throw error("\(token.shown) starts with a dot outside any ( … )", "name the whole path", at: token)
    }
    return FactPath(.element, steps)
  }

  private static func steps(of word: String, at token: LogicToken) throws(LogicError) -> [FactPath.Step] {
    var steps: [FactPath.Step] = []
    // Beyond ASCII there are only names in quotes, which bytes tell as well.
    let (dot, bracket, quote) = (UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "\""))
    var rest = word[...].utf8
    if rest.first == dot { rest = rest.dropFirst() }
    while let first = rest.first {
      if rest.starts(with: "[]".utf8) {
        steps.append(.each)
        rest = rest.dropFirst(2)
      } else if first == quote {
        let name = rest.dropFirst().prefix { $0 != quote }
        steps.append(.key(String(Substring(name))))
        rest = rest[name.endIndex...].dropFirst()
      } else {
        let name = rest.prefix { $0 != dot && $0 != bracket }
        guard !name.isEmpty else {
          throw LogicError(
            line: token.line, column: token.column, reason: "\(word) has an empty segment",
            mend: "write one dot between two names")
        }
        steps.append(.key(String(Substring(name))))
        rest = rest[name.endIndex...]
      }
      guard rest.first == dot else { continue }
      rest = rest.dropFirst()
      if rest.isEmpty {
        throw LogicError(
          line: token.line, column: token.column, reason: "\(word) ends with a dot", mend: "finish the path")
      }
    }
    return steps
  }

  static func suggestion(for word: String) -> String {
    let names = FactField.allCases.map(\.rawValue) + FactField.cloudTrailNames.keys.sorted()
    let folded = word.lowercased().filter(\.isLetter)
    let near = names.filter {
      let name = $0.lowercased().filter(\.isLetter)
      return name == folded || name.hasPrefix(folded) || folded.hasPrefix(name)
    }
    return near.isEmpty
      ? "start a path with requestParameters, responseElements or additionalEventData"
      : "did you mean \(near.prefix(3).joined(separator: " or "))?"
  }

  /// Reads the test behind a path; `nil` when none stands here.
  mutating func valueTest() throws(LogicError) -> ValueTest? {
    switch current.kind {
    case .symbol("="), .symbol("!="):
      let isEqual = take("=")
      if !isEqual { advance() }
      if case .word(let word) = current.kind, word != "true", word != "false" {
        let other = try path()
        return isEqual ? .sameAs(other) : .differsFrom(other)
      }
      let value = try literal()
      return isEqual ? .equals(value) : .differs(value)
    case .symbol("<"), .symbol("<="), .symbol(">"), .symbol(">="):
      guard case .symbol(let symbol) = current.kind else { return nil }
      advance()
      guard case .number(let number) = current.kind else {
        throw error("\(current.shown) is no number", "compare sizes with a number")
      }
      advance()
      switch symbol {
      case "<": return .less(number)
      case "<=": return .atMost(number)
      case ">": return .greater(number)
      default: return .atLeast(number)
      }
    case .word("in"):
      advance()
      return .isOneOf(try literals())
    case .word("not"):
      advance()
      guard take(word: "in") else {
        throw error("not stands behind a path", "write not before the condition")
      }
      return .isNoneOf(try literals())
    case .word("exists"):
      advance()
      return .exists
    case .word("missing"):
      advance()
      return .missing
    case .word("contains"): return .contains(try operand())
    case .word("starts_with"): return .startsWith(try operand())
    case .word("ends_with"): return .endsWith(try operand())
    case .word("like"): return .like(try operand())
    default: return nil
    }
  }

  private mutating func operand() throws(LogicError) -> String {
    advance()
    return try text("compare with a quoted text")
  }

  /// Reads a quoted text.
  mutating func text(_ mend: String) throws(LogicError) -> String {
    guard case .text(let text) = current.kind else { throw error("\(current.shown) is no text", mend) }
    advance()
    return text
  }

  private mutating func literals() throws(LogicError) -> [LogicValue] {
    try expect("(", "write in (\"one\", \"two\")")
    var values = [try literal()]
    while take(",") { values.append(try literal()) }
    try expect(")", "separate values with commas and close the parenthesis")
    return values
  }

  private mutating func literal() throws(LogicError) -> LogicValue {
    let token = current
    advance()
    switch token.kind {
    case .text(let text): return .text(text)
    case .number(let number): return .number(number)
    case .word("true"): return .flag(true)
    case .word("false"): return .flag(false)
    default:
      throw error("\(token.shown) is no value", "use a quoted text, a number, true or false", at: token)
    }
  }
}
