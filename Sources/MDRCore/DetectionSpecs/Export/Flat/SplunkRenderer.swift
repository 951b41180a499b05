/// Writes a condition on raw records as SPL; lists and names taken apart become columns of their own.
struct SplunkRenderer {
  private(set) var derived: Set<DerivedText> = []
  private(set) var columns: [(name: String, value: String)] = []
  private(set) var asksLanes = false
  private(set) var ranksLanes = false

  /// Whether fields of the event answer the condition.
  var isPlain: Bool { derived.isEmpty && columns.isEmpty && !asksLanes }

  /// The condition; `element` is the column that `mvfilter` goes through.
  mutating func condition(
    _ predicate: RawPredicate, _ element: String? = nil, indent: String = "    "
  ) throws(ExportLimit) -> String {
    switch predicate {
    case .constant(let holds): return holds ? "true()" : "false()"
    case .all(let parts): return try joined(parts, "AND", element, indent)
    case .either(let parts): return try joined(parts, "OR", element, indent)
    case .not(let inner): return "NOT \(try condition(inner, element, indent: indent))"
    case .value(let path, let test): return try value(path, test, element)
    case .same(let one, let other):
      guard element == nil, !one.steps.contains(.each), !other.steps.contains(.each) else {
        throw ExportLimit("it compares \(one.shown) and \(other.shown) inside a list")
      }
      let (first, second) = (try field(one, nil), try field(other, nil))
      return "(isnotnull(\(first)) AND isnotnull(\(second)) AND \(first)=\(second))"
    case .element(let path, let inner): return try some(path, inner, element)
    case .outsider(let path, let question): return try outsider(path, question, element)
    case .auditName(let path, let jewels): return try auditName(path, jewels, element)
    case .actorWords(let kind, let pattern):
      guard element == nil else { throw ExportLimit("the actor is asked for inside a list") }
      derived.formUnion([.actor, .actorWords])
      return
        "(match(actor, \(Self.literal("^\(kind.rawValue):"))) AND match(actor_words, \(Self.literal(pattern.pattern))))"
    case .lanes(let test):
      asksLanes = true
      if case .new = test { ranksLanes = true }
      return test.condition(inList: { "in(\($0), \($1.replacing("'", with: "\"")))" })
    case .ports: throw ExportLimit.readsPortsTogether
    case .blocks(let path, _): throw ExportLimit.addsUpBlocks(of: path)
    case .policy(let path, _, _):
      throw ExportLimit.readsStatements(in: path)
    }
  }

  private mutating func joined(
    _ parts: [RawPredicate], _ word: String, _ element: String?, _ indent: String
  ) throws(ExportLimit) -> String {
    var texts: [String] = []
    for part in parts { texts.append(try condition(part, element, indent: indent + "  ")) }
    return "(" + texts.joined(separator: element == nil ? "\n\(indent)\(word) " : " \(word) ") + ")"
  }

  private mutating func column(_ prefix: String, _ value: String) -> String {
    if let known = columns.first(where: { $0.value == value }) { return known.name }
    let name = "\(prefix)\(columns.count + 1)"
    columns.append((name, value))
    return name
  }

  // MARK: Places

  /// The field that Splunk extracts for a path without lists.
  static func field(_ path: RawPath) throws(ExportLimit) -> String {
    switch path.root {
    case .field(let field): return "'\(field.rawValue)'"
    case .derived(let text): return text.rawValue
    case .additional:
      return "coalesce('additionalEventData\(suffix(path))', 'serviceEventDetails\(suffix(path))')"
    case .request: return "'requestParameters\(suffix(path))'"
    case .response: return "'responseElements\(suffix(path))'"
    case .element: throw ExportLimit.lacksElement(path)
    }
  }

  private static func suffix(_ path: RawPath, each: String = "{}") -> String {
    path.steps.map { step in if case .key(let key) = step { "." + key } else { each } }.joined()
  }

  private static func document(_ path: RawPath) throws(ExportLimit) -> String {
    switch path.root {
    case .request: return "requestParameters"
    case .response: return "responseElements"
    case .additional: return "additionalEventData"
    default: throw ExportLimit("\(path.shown) is no place in a document")
    }
  }

  private mutating func field(_ path: RawPath, _ element: String?) throws(ExportLimit) -> String {
    if case .element = path.root {
      guard let element else { throw ExportLimit.lacksElement(path) }
      guard !path.steps.contains(.each) else {
        throw ExportLimit.entersNestedArray(path)
      }
      if path.steps.isEmpty { return element }
      return "json_extract(\(element), \(Self.literal(String(Self.suffix(path).dropFirst()))))"
    }
    guard element == nil else {
      throw ExportLimit(
        "it asks for \(path.shown) beside the elements of an array, and mvfilter takes one field")
    }
    if case .derived(let text) = path.root { derived.insert(text) }
    return try Self.field(path)
  }

  /// All values at a path that enters lists; one that stands alone counts as a list of one.
  private mutating func list(_ path: RawPath) throws(ExportLimit) -> String {
    let document = try Self.document(path)
    return column(
      "list", "mvappend('\(document)\(Self.suffix(path))', '\(document)\(Self.suffix(path, each: ""))')")
  }

  private mutating func value(
    _ path: RawPath, _ test: RawTest, _ element: String?
  ) throws(ExportLimit) -> String {
    guard path.steps.contains(.each) else {
      let field = try field(path, element)
      if test == .exists, !path.steps.isEmpty, element == nil {
        // Of an object only the members are fields.
        let document = try Self.document(path)
        return "isnotnull(json_extract(_raw, \(Self.literal(document + Self.suffix(path)))))"
      }
      return try Self.holds(field, test)
    }
    guard element == nil else {
      throw ExportLimit.entersSecondArray(path)
    }
    guard test != .exists else { return "isnotnull(\(try elements(path)))" }
    return "isnotnull(mvfilter(\(try Self.holds(try list(path), test))))"
  }

  /// The elements of an array as texts of JSON.
  private mutating func elements(_ path: RawPath) throws(ExportLimit) -> String {
    var path = path
    guard path.steps.popLast() == .each, !path.steps.contains(.each) else {
      throw ExportLimit("it looks for objects in lists of lists, \(path.shown)")
    }
    let place = Self.literal(try Self.document(path) + Self.suffix(path))
    let json = column("json", "json_extract(_raw, \(place))")
    // One that stands alone counts as a list of one.
    return column("elements", "if(match(\(json), \"^\\\\[\"), json_array_to_mv(\(json)), \(json))")
  }

  private mutating func some(
    _ path: RawPath, _ inner: RawPredicate, _ element: String?
  ) throws(ExportLimit) -> String {
    guard element == nil else {
      throw ExportLimit.entersNestedArray(path)
    }
    let elements = try elements(path)
    return "isnotnull(mvfilter(\(try condition(inner, elements))))"
  }

  // MARK: Names and accounts

  /// Accounts at a path, each between bars, with those that are no outsiders' taken out.
  private mutating func outsider(
    _ path: RawPath, _ question: AccountQuestion, _ element: String?
  ) throws(ExportLimit) -> String {
    guard element == nil else { throw ExportLimit("it compares accounts inside the elements of a list") }
    let texts = path.steps.contains(.each) ? try list(path) : try field(path, nil)
    let barred = "\"|\".mvjoin(\(texts), \"||\").\"|\""
    if question.isCertain, question.lists.organisation == nil {
      let all = column("accounts", barred)
      return "(isnotnull(\(all)) AND match(\(all), \(Self.literal("\\|(all|\\*)\\|"))))"
    }
    derived.insert(.ownAccount)
    func replaced(_ text: String, _ pattern: String, _ template: String = "") -> String {
      "replace(\(text), \(Self.literal(pattern)), \(Self.literal(template)))"
    }
    let known = question.lists.partners.union(question.lists.organisation ?? []).sorted()
    var accounts = replaced(barred, "\\|arn:[^:|]*:[^:|]*:[^:|]*:([^:|]*):[^|]*\\|", "|\\1|")
    accounts = replaced(accounts, "-")
    if !known.isEmpty {
      accounts = replaced(accounts, "\\|(\(known.map(RawRegex.escaped).joined(separator: "|")))\\|")
    }
    let others = column("accounts", "replace(\(accounts), \"[|]\".account_id.\"[|]\", \"\")")
    return "(isnotnull(\(others)) AND match(\(others), \(Self.literal("\\|([0-9]{12}|all|\\*)\\|"))))"
  }

  private mutating func auditName(
    _ path: RawPath, _ jewels: [String], _ element: String?
  ) throws(ExportLimit) -> String {
    guard element == nil, !path.steps.contains(.each) else {
      throw ExportLimit.takesWordsApart(of: path)
    }
    let field = try field(path, nil)
    let dialect = SplunkDialect()
    let resource = dialect.chosen(
      [(dialect.matches(field, "^arn:"), dialect.replaced(field, "^[^:]*:([^:]*:){0,4}", ""))],
      otherwise: field)
    let parted = dialect.replaced(resource, "(\\p{Ll})(\\p{Lu})", "$1 $2")
    let words = column(
      "words", "lower(\" \".\(dialect.replaced(parted, "[^\\p{L}]+", " ")).\" \")")
    var tests = ["match(\(words), \(Self.literal(WordPatterns.audit.pattern)))"]
    for jewel in jewels { tests.append(try Self.holds(field, .like(jewel))) }
    return "(isnotnull(\(field)) AND (\(tests.joined(separator: " OR "))))"
  }

  // MARK: Tests

  static func literal(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// Whether a field is there and passes.
  private static func holds(_ field: String, _ test: RawTest) throws(ExportLimit) -> String {
    switch test {
    case .exists: return "isnotnull(\(field))"
    case .isNumber(let number): return Self.number(field, "=\(number.plainText)")
    case .compares(let comparison, let number):
      return Self.number(field, "\(comparison.rawValue)\(number.plainText)")
    case .isAny(let tests):
      var texts: [String] = []
      for test in tests { texts.append(try holds(field, test)) }
      return "(\(texts.joined(separator: " OR ")))"
    default: return "(isnotnull(\(field)) AND \(try passes(field, test)))"
    }
  }

  private static func number(_ field: String, _ comparison: String) -> String {
    "(isnotnull(tonumber(\(field))) AND tonumber(\(field))\(comparison))"
  }

  private static func passes(_ field: String, _ test: RawTest) throws(ExportLimit) -> String {
    func matches(_ pattern: String, of text: String) -> String { "match(\(text), \(literal(pattern)))" }
    let folded = "lower(\(field))"
    switch test {
    case .nonEmpty: return "len(\(field))>0"
    case .isOneOf(let texts):
      return texts.count == 1
        ? "\(field)=\(literal(texts[0]))" : "in(\(field), \(texts.map(literal).joined(separator: ", ")))"
    case .isFlag(let flag): return "\(folded)=\"\(flag)\""
    case .isLowercased(let text): return "\(folded)=\(literal(text))"
    case .contains(let part): return matches(RawRegex.escaped(part.lowercased()), of: folded)
    case .startsWith(let part): return matches("^" + RawRegex.escaped(part.lowercased()), of: folded)
    case .endsWith(let part): return matches(RawRegex.escaped(part.lowercased()) + "$", of: folded)
    case .like(let pattern): return matches(SQLRenderer.pattern(like: pattern), of: folded)
    case .hasPrefix(let part): return matches("^" + RawRegex.escaped(part), of: field)
    case .hasSuffix(let part): return matches(RawRegex.escaped(part) + "$", of: field)
    case .hasPart(let part): return matches(RawRegex.escaped(part), of: field)
    case .matches(let regex): return matches(regex.pattern, of: field)
    case .isDated(let names): return matches(RawRegex.dated(names).pattern, of: field)
    case .exists, .isNumber, .compares, .isAny: return try holds(field, test)
    }
  }
}
