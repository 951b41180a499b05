/// The whole of a logic block: what one event has to be, and what several have to be together.
package struct LogicRule: Equatable, Sendable {
  /// What an event has to be to count; in a sequence, to be any of its steps.
  package var expression: Expression
  package var correlation: Correlation?
}

extension LogicParser {
  /// Parses a logic block with its clause, if it has one.
  package static func parseRule(_ text: String) throws(LogicError) -> LogicRule {
    var parser = LogicParser(tokens: try LogicLexer.tokens(of: text))
    let rule = try parser.rule()
    guard case .end = parser.current.kind else {
      throw parser.error(
        "\(parser.current.shown) follows a complete condition", "join conditions with and or or")
    }
    return rule
  }

  private mutating func rule() throws(LogicError) -> LogicRule {
    if take(word: "sequence") {
      let sequence = try self.sequence()
      return LogicRule(expression: .either(sequence.steps.map(\.logic)), correlation: .sequence(sequence))
    }
    let expression = try disjunction()
    if take(word: "count") {
      return LogicRule(expression: expression, correlation: .threshold(try threshold()))
    }
    if take(word: "changes") {
      return LogicRule(expression: expression, correlation: .change(try change()))
    }
    return LogicRule(expression: expression, correlation: nil)
  }

  private mutating func threshold() throws(LogicError) -> EventThreshold {
    let distinct = take(word: "of") ? try path() : nil
    guard take(">=") else { throw error(">= is missing before \(current.shown)", "write count >= 20") }
    let place = current
    let atLeast = try wholeNumber("write count >= 20")
    guard atLeast >= 2 else {
      throw error("\(atLeast) is no threshold", "count two at least, or leave the clause out", at: place)
    }
    return EventThreshold(atLeast: atLeast, distinct: distinct, keys: try keys(), minutes: try window())
  }

  private mutating func change() throws(LogicError) -> StateChange {
    var tests: [StateChange.Test] = []
    repeat {
      let kinds = StateChange.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      guard case .word(let word) = current.kind, let kind = StateChange.Kind(rawValue: word) else {
        throw error("\(current.shown) is no change", "use one of \(kinds)")
      }
      advance()
      try expect("(", "write \(word)(requestParameters.retentionInDays)")
      tests.append(.init(kind: kind, path: try path()))
      try expect(")", "close the parenthesis of \(word)")
    } while take(word: "or")
    return StateChange(tests: tests, keys: try keys())
  }

  private mutating func sequence() throws(LogicError) -> EventChain {
    let (keys, minutes) = (try keys(), try window())
    var steps: [EventChain.Step] = []
    while take(word: "step") {
      let place = current
      let name = try text("name the step, such as step \"key created\"")
      guard !steps.contains(where: { $0.name == name }) else {
        throw error("two steps are named \(name)", "give each step a name of its own", at: place)
      }
      steps.append(.init(name: name, logic: try disjunction()))
    }
    guard steps.count >= 2 else {
      throw error("a sequence of \(steps.count) steps", "write step \"name\" and a condition, twice at least")
    }
    return EventChain(steps: steps, keys: keys, minutes: minutes)
  }

  private mutating func keys() throws(LogicError) -> [GroupKey] {
    guard take(word: "by") else {
      throw error(
        "by is missing before \(current.shown)", "say what the events share, such as by account_id, actor")
    }
    var keys: [GroupKey] = []
    repeat {
      if take(word: "session") {
        keys.append(.session)
      } else if take(word: "identity_path") {
        keys.append(.identityPath)
      } else if take(word: "person_or_actor") {
        keys.append(.personOrActor)
      } else {
        keys.append(.value(try path()))
      }
    } while take(",")
    return keys
  }

  /// Reads `within 30 minutes`.
  private mutating func window() throws(LogicError) -> Int {
    guard take(word: "within") else {
      throw error("within is missing before \(current.shown)", "say how long, such as within 30 minutes")
    }
    let number = try wholeNumber("write within 30 minutes")
    let units = ["minute": 1, "minutes": 1, "hour": 60, "hours": 60, "day": 1_440, "days": 1_440]
    guard case .word(let unit) = current.kind, let minutes = units[unit] else {
      throw error("\(current.shown) is no unit of time", "use minutes, hours or days")
    }
    guard number > 0, number * minutes <= 31 * 1_440 else {
      throw error("a window of \(number) \(unit)", "use one minute at least and 31 days at most")
    }
    advance()
    return number * minutes
  }

  private mutating func wholeNumber(_ mend: String) throws(LogicError) -> Int {
    guard case .number(let number) = current.kind, let count = Int(exactly: number), count <= 1_000_000 else {
      throw error("\(current.shown) is no whole number up to a million", mend)
    }
    advance()
    return count
  }
}
