/// Policies: the questions that logic asks of a document's statements.
extension SQLRenderer {
  /// Whether some statement of some document answers the question.
  mutating func policy(
    _ path: RawPath, _ question: StatementQuestion, countsUnreadable: Bool, _ element: String?
  ) throws(ExportLimit) -> String {
    try some(path, element) { renderer, value throws(ExportLimit) in
      guard case .json(let json) = value else {
        throw ExportLimit.readsStatements(in: path)
      }
      let dialect = renderer.dialect
      let (written, document, statement) = (renderer.variable(), renderer.variable(), renderer.variable())
      let plain = dialect.text(written)
      let text =
        "CASE WHEN \(dialect.matches(plain, "^\\s*%")) THEN "
        + dialect.urlDecoded(dialect.replaced(plain, "^\\s+", "")) + " ELSE \(plain) END"
      let read =
        "CASE WHEN \(dialect.isText(written)) THEN \(dialect.parsed(renderer.spelled(text))) ELSE \(written) END"
      let list = dialect.either(
        dialect.member(document, "Statement"), or: dialect.member(document, "statement"))
      var holds = dialect.holds(
        dialect.exists(dialect.elements(list), statement, renderer.answers(statement, question)))
      let isReadable = dialect.holds(dialect.isObject(document))
      holds = countsUnreadable ? "(NOT \(isReadable) OR \(holds))" : "(\(isReadable) AND \(holds))"
      return dialect.holds(
        dialect.exists(
          // An empty text removes a policy: it doesn't count as one that can't be read.
          dialect.filter(
            dialect.array([json]), written,
            "\(dialect.holds(dialect.isPresent(written))) AND NOT \(dialect.holds(dialect.matches(plain, "^\\s*$")))"
          ), written,
          dialect.exists(dialect.array([read]), document, holds)))
    }
  }

  /// A policy's text with its elements' names as AWS documents them, whatever case they are written in.
  private func spelled(_ text: String) -> String {
    [
      "Statement", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource",
      "Condition", "AWS", "Federated", "Service",
    ].reduce(text) { text, name in
      dialect.replaced(text, "(?i)\"\(name)\"\\s*:", "\"\(name)\":")
    }
  }

  private mutating func answers(_ statement: String, _ question: StatementQuestion) -> String {
    let dialect = dialect
    let allows = dialect.holds(
      "\(dialect.lower(dialect.text(dialect.member(statement, "Effect")))) = 'allow'")
    var parts = [allows]
    switch question {
    case .letsOutsidersIn(let accounts):
      parts.append(
        "(\(namesAnyone(statement)) AND NOT \(isNarrowed(statement)) OR \(externalPrincipal(statement, accounts)))"
      )
    case .allows(let test, let accounts):
      if !test.actions.isEmpty {
        parts.append("(" + test.actions.map { grants(statement, $0) }.joined(separator: " OR ") + ")")
      }
      if let resource = test.resource {
        let all =
          resource == "*"
          ? { (text: String) in " OR " + dialect.matches(text, PolicyStatement.everyARN) } : { _ in "" }
        parts.append(covers(statement, "Resource", resource, or: all))
      }
      if let key = test.withoutCondition {
        parts.append("NOT \(isNarrowed(statement, Self.pattern(like: key)))")
      }
      if let principal = test.principal { parts.append(letsIn(statement, principal, accounts)) }
    }
    return parts.joined(separator: " AND ")
  }

  private mutating func letsIn(
    _ statement: String, _ principal: StatementTest.Principal, _ accounts: AccountQuestion
  ) -> String {
    let dialect = dialect
    switch principal {
    case .anyone: return "(\(namesAnyone(statement)) AND NOT \(isNarrowed(statement)))"
    case .external: return externalPrincipal(statement, accounts)
    case .accountRoot:
      derive(.ownAccount)
      return somePrincipal(statement) { text in
        let account = dialect.replaced(
          dialect.replaced(text, "^arn:[^:]*:[^:]*:[^:]*:([^:]*):.*$", "$1"), "-", "")
        return "\(text) = account_id OR (\(dialect.endsWith(text, ":root")) AND \(account) = account_id)"
      }
    case .federated(let pattern):
      return someText(dialect.member(dialect.member(statement, "Principal"), "Federated")) {
        dialect.matches(dialect.lower($0), Self.pattern(like: pattern))
      }
    case .like(let pattern):
      let fits = { (text: String) in dialect.matches(dialect.lower(text), Self.pattern(like: pattern)) }
      let service = someText(dialect.member(dialect.member(statement, "Principal"), "Service"), fits)
      return "(\(somePrincipal(statement, fits)) OR \(service))"
    }
  }

  private mutating func externalPrincipal(_ statement: String, _ accounts: AccountQuestion) -> String {
    let text = variable()
    let isOutside = isOutsider(text, accounts)
    let array = dialect.array(["p"])
    let holds = dialect.exists(array, text, isOutside)
    let delivers = deliversLogs(statement)
    let isDelivery = "\(dialect.holds(dialect.matches("p", LogDelivery.reviewed.pattern))) AND \(delivers)"
    let isNamed = somePrincipal(statement, named: "p") {
      "\($0) <> '*' AND \(holds) AND NOT (\(isDelivery))"
    }
    let isBound = condition(in: statement, on: Self.oneOf(PolicyStatement.accountKeys)) { renderer, values in
      let value = renderer.variable()
      return renderer.dialect.exists(values, value, renderer.isOutsider(value, accounts))
    }
    return "(\(isNamed) OR \(namesAnyone(statement)) AND \(isNarrowed(statement)) AND \(isBound))"
  }

  /// Whether all that is allowed is what AWS's own accounts need to write logs into a bucket.
  private mutating func deliversLogs(_ statement: String) -> String {
    let dialect = dialect
    let actions = LogDelivery.actions.sorted().map(dialect.literal).joined(separator: ", ")
    let others = dialect.holds(dialect.isPresent(dialect.member(statement, "NotAction")))
    let known = someText(dialect.member(statement, "Action")) { "\(dialect.lower($0)) IN (\(actions))" }
    let more = someText(dialect.member(statement, "Action")) { "\(dialect.lower($0)) NOT IN (\(actions))" }
    return "NOT \(others) AND \(known) AND NOT \(more)"
  }

  /// Whether some AWS principal holds; a text stands for itself.
  private mutating func somePrincipal(
    _ statement: String, named name: String? = nil, _ holds: (String) -> String
  ) -> String {
    let principal = dialect.member(statement, "Principal")
    let names =
      "CASE WHEN \(dialect.holds(dialect.isText(principal))) THEN \(principal) "
      + "ELSE \(dialect.member(principal, "AWS")) END"
    let one = variable()
    return dialect.exists(dialect.array([names]), one, someText(one, named: name, holds))
  }

  /// Whether some text of a member, written alone or in a list, holds.
  private mutating func someText(
    _ json: String, named name: String? = nil, _ holds: (String) -> String
  ) -> String {
    let (value, text) = (variable(), name ?? variable())
    let bound = dialect.exists(dialect.array([dialect.text(value)]), text, dialect.holds(holds(text)))
    return dialect.holds(dialect.exists(dialect.elements(json), value, bound))
  }

  private mutating func namesAnyone(_ statement: String) -> String {
    let others = dialect.holds(dialect.isPresent(dialect.member(statement, "NotPrincipal")))
    return "(\(others) OR \(somePrincipal(statement) { "\($0) = '*'" }))"
  }

  private mutating func grants(_ statement: String, _ action: String) -> String {
    let all = action == "*" ? { (text: String) in " OR \(text) = '*:*'" } : { _ in "" }
    return covers(statement, "Action", action, or: all)
  }

  /// Whether a member's patterns cover a text, or the opposite member's don't.
  private mutating func covers(
    _ statement: String, _ name: String, _ wanted: String, or more: (String) -> String = { _ in "" }
  ) -> String {
    let dialect = dialect
    func fits(_ pattern: String) -> String {
      var like = pattern
      for (mark, written) in [("\\", "\\\\"), ("%", "\\%"), ("_", "\\_"), ("*", "%"), ("?", "_")] {
        like = "replace(\(like), \(dialect.literal(mark)), \(dialect.literal(written)))"
      }
      return dialect.fits(dialect.literal(wanted.lowercased()), like: dialect.lower(like))
    }
    let others = dialect.member(statement, "Not" + name)
    let listed = someText(dialect.member(statement, name)) { fits($0) + more($0) }
    return "CASE WHEN \(dialect.holds(dialect.isPresent(others))) THEN NOT \(someText(others, fits)) "
      + "ELSE \(listed) END"
  }

  private static func oneOf(_ keys: Set<String>) -> String {
    "^(" + keys.sorted().joined(separator: "|") + ")$"
  }

  /// Whether a condition binds the statement to something other than everything.
  private mutating func isNarrowed(
    _ statement: String, _ keys: String = oneOf(PolicyStatement.narrowingKeys)
  ) -> String {
    condition(in: statement, on: keys) { renderer, values in
      let (dialect, all, one) = (renderer.dialect, renderer.variable(), renderer.variable())
      let isOpen = "\(dialect.matches(one, PolicyStatement.openValue)) OR \(renderer.isWide(one))"
      let undone = dialect.exists(all, one, isOpen)
      let narrows = "\(dialect.count(all)) > 0 AND NOT (\(undone)) AND NOT (\(renderer.coversWorld(all)))"
      return dialect.exists(dialect.array([values]), all, narrows)
    }
  }

  /// Whether a positive operator has a key like the pattern with values of which something holds.
  private mutating func condition(
    in statement: String, on keys: String, _ holds: (inout SQLRenderer, String) -> String
  ) -> String {
    let conditions = dialect.member(statement, "Condition")
    let (name, key, value, text) = (variable(), variable(), variable(), variable())
    let operators = PolicyStatement.demands.sorted().joined(separator: "|")
    let isPositive =
      "\(dialect.matches(dialect.lower(name), "^([^:]*:)*(\(operators)):*$")) "
      + "AND NOT \(dialect.startsWith(dialect.lower(name), "forallvalues"))"
    let bound = dialect.member(conditions, named: name)
    let values = dialect.filter(
      dialect.map(dialect.elements(dialect.member(bound, named: key)), value, dialect.text(value)), text,
      "\(text) IS NOT NULL")
    let some = dialect.exists(
      dialect.keys(bound), key, "\(dialect.matches(dialect.lower(key), keys)) AND \(holds(&self, values))")
    return dialect.holds(
      dialect.exists(dialect.keys(conditions), name, "\(isPositive) AND \(dialect.holds(some))"))
  }
}
