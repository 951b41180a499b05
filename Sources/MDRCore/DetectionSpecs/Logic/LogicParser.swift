/// Reads a logic expression; every mistake is reported with its place and its mend.
package struct LogicParser {
  var tokens: [LogicToken]
  var position = 0
  /// How many `any … ( … )` surround the current place: inside, paths may start with a dot.
  var elementDepth = 0

  /// Parses a whole expression.
  package static func parse(_ text: String) throws(LogicError) -> Expression {
    var parser = LogicParser(tokens: try LogicLexer.tokens(of: text))
    let expression = try parser.disjunction()
    guard case .end = parser.current.kind else {
      throw parser.error(
        "\(parser.current.shown) follows a complete condition", "join conditions with and or or")
    }
    return expression
  }

  var current: LogicToken { tokens[position] }

  func error(_ reason: String, _ mend: String, at token: LogicToken? = nil) -> LogicError {
    let place = token ?? current
    return LogicError(line: place.line, column: place.column, reason: reason, mend: mend)
  }

  mutating func advance() { if position < tokens.count - 1 { position += 1 } }

  /// Passes over a keyword if it stands here.
  mutating func take(word: String) -> Bool {
    guard case .word(word) = current.kind else { return false }
    advance()
    return true
  }

  /// Passes over a symbol if it stands here.
  mutating func take(_ symbol: String) -> Bool {
    guard case .symbol(symbol) = current.kind else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: String, _ mend: String) throws(LogicError) {
    guard take(symbol) else { throw error("\(symbol) is missing before \(current.shown)", mend) }
  }

  mutating func disjunction() throws(LogicError) -> Expression {
    var parts = [try conjunction()]
    while take(word: "or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .either(parts)
  }

  private mutating func conjunction() throws(LogicError) -> Expression {
    var parts = [try negation()]
    while take(word: "and") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() throws(LogicError) -> Expression {
    if take(word: "not") { return .not(try negation()) }
    if take("(") {
      let inner = try disjunction()
      try expect(")", "close the parenthesis")
      return inner
    }
    return try condition()
  }

  private mutating func condition() throws(LogicError) -> Expression {
    let start = current
    guard case .word(let word) = start.kind else {
      throw error("\(start.shown) can't start a condition", "start with a field, a path or a function")
    }
    if word == "any" { return try element() }
    if word == "always" {
      advance()
      return .always
    }
    if word.hasPrefix("baseline.") { return .baseline(try baselineTest()) }
    if position + 1 < tokens.count, case .symbol("(") = tokens[position + 1].kind, !word.contains(".") {
      return .call(try function())
    }
    let path = try self.path()
    if let test = try valueTest() { return .comparison(path, test) }
    guard case .field(let field) = path.root, field.isFlag else {
      throw error(
        "\(current.shown) is no test of \(path)",
        "use =, !=, in, contains, starts_with, ends_with, like, <, <=, >, >=, exists or missing")
    }
    return .comparison(path, .equals(.flag(true)))
  }

  private mutating func element() throws(LogicError) -> Expression {
    advance()
    let place = current
    let path = try self.path()
    guard path.steps.last == .each else {
      throw error("any needs an array", "write [] behind \(path)", at: place)
    }
    try expect("(", "write any \(path) ( … ) with the conditions that one element has to meet")
    elementDepth += 1
    let inner = try disjunction()
    elementDepth -= 1
    try expect(")", "close the parenthesis of any")
    return .element(path, inner)
  }

  private mutating func baselineTest() throws(LogicError) -> BaselineTest {
    let start = current
    guard case .word(let word) = start.kind else { throw error("no baseline test", "see logic-language.md") }
    advance()
    switch word {
    case "baseline.first_seen": return .firstSeen
    case "baseline.rare": return .rare
    case "baseline.new":
      try expect("(", "write baseline.new(source)")
      guard case .word(let name) = current.kind, let dimension = Dimension(rawValue: name) else {
        throw error(
          "\(current.shown) is no dimension",
          "use one of \(Dimension.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      advance()
      try expect(")", "close the parenthesis")
      return .new(dimension)
    case "baseline.count":
      let isBelow = take("<")
      guard isBelow || take(">=") else {
        throw error("baseline.count is compared with < or >=", "write baseline.count < 5")
      }
      guard case .number(let number) = current.kind, let count = Int(exactly: number) else {
        throw error("\(current.shown) is no whole number", "write baseline.count < 5")
      }
      advance()
      return isBelow ? .countBelow(count) : .countAtLeast(count)
    default:
      throw error(
        "the baseline doesn't answer \(word)",
        "use baseline.first_seen, baseline.rare, baseline.new(dimension) or baseline.count < N", at: start)
    }
  }
}
