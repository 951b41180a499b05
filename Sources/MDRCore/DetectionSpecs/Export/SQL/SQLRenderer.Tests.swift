extension SQLRenderer {
  /// A number as logs spell it, in digits or as text.
  private static let numeral = "^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$"

  func number(_ text: String) -> String {
    "CASE WHEN \(dialect.matches(text, Self.numeral)) THEN \(dialect.number(text)) END"
  }

  /// A test of one value; NULL where there is no value to test.
  func test(_ value: Value, _ test: RawTest) -> String {
    let text = text(value)
    switch test {
    case .exists:
      if case .json(let json) = value { return dialect.isPresent(json) }
      return "\(text) IS NOT NULL"
    case .nonEmpty: return "\(text) <> ''"
    case .isOneOf(let literals):
      let list = literals.map(dialect.literal).joined(separator: ", ")
      return literals.count == 1 ? "\(text) = \(list)" : "\(text) IN (\(list))"
    case .isNumber(let number): return "\(self.number(text)) = \(number.plainText)"
    case .isFlag(let flag): return "\(dialect.lower(text)) = '\(flag)'"
    case .isAny(let tests):
      return "(" + tests.map { dialect.holds(self.test(value, $0)) }.joined(separator: " OR ") + ")"
    case .contains(let part): return dialect.contains(dialect.lower(text), part.lowercased())
    case .startsWith(let part): return dialect.startsWith(dialect.lower(text), part.lowercased())
    case .endsWith(let part): return dialect.endsWith(dialect.lower(text), part.lowercased())
    case .like(let pattern): return dialect.matches(dialect.lower(text), Self.pattern(like: pattern))
    case .compares(let comparison, let number):
      return "\(self.number(text)) \(comparison.rawValue) \(number.plainText)"
    case .hasPrefix(let part): return dialect.startsWith(text, part)
    case .hasSuffix(let part): return dialect.endsWith(text, part)
    case .hasPart(let part): return dialect.contains(text, part)
    case .isLowercased(let literal): return "\(dialect.lower(text)) = \(dialect.literal(literal))"
    case .matches(let regex): return dialect.matches(text, regex.pattern)
    case .isDated(let names): return dialect.matches(text, RawRegex.dated(names).pattern)
    }
  }

  /// A pattern with `*` and `?` for texts in lower case.
  static func pattern(like pattern: String) -> String {
    let parts = pattern.lowercased().map { character in
      switch character {
      case "*": ".*"
      case "?": "."
      default: RawRegex.escaped(String(character))
      }
    }
    return "(?s)^" + parts.joined() + "$"
  }

  /// Whether a name, in a variable, has the words of an audit trail.
  mutating func auditName(_ path: RawPath, _ jewels: [String], _ element: String?) throws(ExportLimit)
    -> String
  {
    try some(path, element) { renderer, value in
      let dialect = renderer.dialect
      let name = renderer.variable()
      // Only the resource part of an ARN counts.
      let resource =
        "CASE WHEN \(dialect.startsWith(name, "arn:")) THEN "
        + dialect.replaced(name, "^[^:]*:([^:]*:){0,4}", "") + " ELSE \(name) END"
      let tests =
        [
          dialect.matches(
            dialect.lower(renderer.words(resource, letters: "\\p{L}")), WordPatterns.audit.pattern)
        ]
        + jewels.map { dialect.matches(dialect.lower(name), Self.pattern(like: $0)) }
      return dialect.exists(
        dialect.array([renderer.text(value)]), name,
        tests.map(dialect.holds).joined(separator: " OR "))
    }
  }

  /// The words of a name, each between blanks: parted by what is no letter, and where small letters turn to capitals.
  func words(_ text: String, letters: String) -> String {
    let parted = dialect.replaced(text, "(\\p{Ll})(\\p{Lu})", "$1 $2")
    let spaced = dialect.replaced(parted, "[^\(letters)]+", " ")
    return "concat(' ', \(spaced), ' ')"
  }

  /// Whether an account id or ARN, in a variable, is outside.
  mutating func isOutsider(_ text: String, _ question: AccountQuestion) -> String {
    derive(.ownAccount)
    let everyone = "\(text) IN ('all', '*')"
    if question.isCertain, question.lists.organisation == nil { return dialect.holds(everyone) }
    let account = dialect.replaced(
      "CASE WHEN \(dialect.matches(text, ExportLowering.arn)) THEN "
        + dialect.replaced(text, "^arn:[^:]*:[^:]*:[^:]*:([^:]*):(?s:.*)$", "$1") + " ELSE \(text) END", "-",
      "")
    let known = question.lists.partners.union(question.lists.organisation ?? []).sorted()
    var tests = [dialect.matches("a", "^[0-9]{12}$"), "a <> account_id"]
    if !known.isEmpty { tests.append("a NOT IN (\(known.map(dialect.literal).joined(separator: ", ")))") }
    let isOutside = dialect.exists(
      dialect.array([account]), "a", dialect.holds(tests.joined(separator: " AND ")))
    return "(\(dialect.holds(everyone)) OR \(dialect.holds(isOutside)))"
  }

  /// Whether the ports of a rule hold one of the wanted, or one beyond the known.
  mutating func ports(_ question: PortQuestion, _ element: String?) throws(ExportLimit) -> String {
    if element == nil { need(.request) }
    if dialect.topMember("", "") != nil {
      throw ExportLimit.readsPortsTogether
    }
    let rule = element ?? Document.request.rawValue
    let dialect = dialect
    func first(_ names: [String]) -> String {
      let texts = names.map { dialect.text(dialect.member(rule, $0)) }
      return "coalesce(\(texts.joined(separator: ", ")))"
    }
    func port(_ names: [String], _ inRange: String) -> String {
      let text =
        "coalesce(\((names.map { dialect.text(dialect.member(rule, $0)) } + [dialect.text(dialect.member(dialect.member(rule, "portRange"), inRange))]).joined(separator: ", ")))"
      return number(text)
    }
    let name = dialect.lower(first(["ipProtocol", "IpProtocol", "aclProtocol"]))
    let (from, to) = (port(["fromPort", "FromPort"], "from"), port(["toPort", "ToPort"], "to"))
    func valid(_ number: String) -> String {
      "CASE WHEN \(number) BETWEEN 0 AND 65535 AND \(number) = floor(\(number)) THEN \(number) END"
    }
    let range = variable()
    let isEvery = dialect.holds("\(name) IN ('-1', 'all')")
    let low = "CASE WHEN \(isEvery) THEN 0 ELSE coalesce(\(valid(from)), 0) END"
    let high = "CASE WHEN \(isEvery) THEN 65535 ELSE coalesce(\(valid(to)), \(valid(from)), 65535) END"
    let bounds = dialect.array(["least(\(low), \(high))", "greatest(\(low), \(high))"])
    let holds: String
    if question.isBeyond {
      let known = Set(question.ports).sorted().map {
        "CASE WHEN \($0) BETWEEN \(range)[1] AND \(range)[2] THEN 1 ELSE 0 END"
      }
      holds = "\(range)[2] - \(range)[1] + 1 > \(known.joined(separator: " + "))"
    } else if question.ports.isEmpty {
      holds = "true"
    } else {
      holds = question.ports.map { "\($0) BETWEEN \(range)[1] AND \(range)[2]" }.joined(separator: " OR ")
    }
    let isRule =
      "(\(dialect.holds("\(name) IN ('-1', 'all', 'tcp', '6', 'udp', '17')")) "
      + "OR (\(name) IS NULL AND \(from) IS NOT NULL))"
    return "(\(isRule) AND \(dialect.exists(dialect.array([bounds]), range, holds)))"
  }
}
