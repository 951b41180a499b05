/// Writes a condition on raw records as KQL; lists are expanded in queries of their own.
struct KQLRenderer {
  static let table = "AWSCloudTrail"
  static let shown =
    "AwsEventId, TimeGenerated, RecipientAccountId, AWSRegion, EventSource, EventName, UserIdentityArn, SourceIpAddress"
  static let numeral = "^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$"

  private(set) var lets: [String] = []
  /// Members that the condition asks for and the table doesn't have.
  private(set) var missing: Set<RawField> = []
  private(set) var asksLanes = false
  private var documents: Set<FlatDocument> = []
  private(set) var derived: Set<DerivedText> = []
  /// What is worked out of a rule, once its element is there.
  var columns: [String] = []
  /// What the columns of each rule's ports end in.
  var rules: [String: String] = [:]
  /// Lists of the element that is looked at, expanded in its query.
  var expansions: [String] = []
  private var variables = 0

  /// Whether the condition needs the table's own columns alone.
  var isPlain: Bool {
    lets.isEmpty && documents.isEmpty && derived.isEmpty && columns.isEmpty && !asksLanes
  }

  /// The documents and derived texts that the condition asks for, as columns.
  func extensions(and others: Set<DerivedText> = []) throws(ExportLimit) -> [String] {
    try documentColumns(and: others) + columns
  }

  private func documentColumns(and others: Set<DerivedText> = []) throws(ExportLimit) -> [String] {
    let columns = try PipelineDerivation(KQLDialect(), derived.union(others)).columns
    return [FlatDocument.request, .response, .additional].filter(documents.contains).map(Self.extend)
      + columns.map { "| extend \($0.name) = \($0.value)" }
  }

  private static func extend(_ document: FlatDocument) -> String {
    switch document {
    case .request: "| extend request = parse_json(RequestParameters)"
    case .response: "| extend response = parse_json(ResponseElements)"
    case .additional:
      "| extend additional = parse_json(iff(isempty(AdditionalEventData), ServiceEventDetails, AdditionalEventData))"
    }
  }

  mutating func condition(_ predicate: RawPredicate, _ element: String?) throws(ExportLimit) -> String {
    switch predicate {
    case .constant(let holds): return "\(holds)"
    case .all(let parts): return try joined(parts, "and", element)
    case .either(let parts): return try joined(parts, "or", element)
    case .not(let inner) where element != nil && NestedLists.looksIntoList(inner):
      throw ExportLimit("it asks that a list inside the elements of another lacks something")
    case .not(let inner): return "not(\(try condition(inner, element)))"
    case .value(let path, let test):
      return try some(path, element) { renderer, value throws(ExportLimit) in
        try renderer.test(value, test)
      }
    case .same(let one, let other):
      return try some(one, element) { renderer, first throws(ExportLimit) in
        try renderer.some(other, element) { renderer, second in
          "(\(renderer.isPresent(first)) and \(renderer.isPresent(second)) "
            + "and \(renderer.text(first)) == \(renderer.text(second)))"
        }
      }
    case .element(let path, let inner):
      let alternatives = NestedLists.alternatives(path, inner)
      guard alternatives.count == 1, case .element(let path, let inner) = alternatives[0] else {
        return try joined(alternatives, "or", element)
      }
      return try some(path, element) { renderer, value throws(ExportLimit) in
        guard case .json(let json) = value else { throw ExportLimit("any needs an array of a document") }
        return "(\(renderer.isPresent(value)) and \(try renderer.condition(inner, json)))"
      }
    case .outsider(let path, let question):
      return try some(path, element) { renderer, value in renderer.isOutsider(renderer.text(value), question)
      }
    case .auditName(let path, let jewels):
      return try some(path, element) { renderer, value in renderer.isAuditName(renderer.text(value), jewels) }
    case .ports(let question):
      return ports(question, element ?? need(.request, "request"))
    case .blocks(let path, true) where element != nil && path.root == .element:
      // A list of blocks within an element that counts when one of them is broad.
      return try condition(NestedLists.isBroad, expand(element ?? "", path))
    case .blocks(let path, _): throw ExportLimit("it adds up the address blocks of \(path.shown)")
    case .policy(let path, _, _):
      throw ExportLimit("it reads whole statements of the policy in \(path.shown)")
    case .actorWords(let kind, let pattern):
      derived.formUnion([.actor, .actorWords])
      return
        "(actor startswith_cs '\(kind.rawValue):' and actor_words matches regex \(Self.pattern(pattern.pattern)))"
    case .lanes(let test):
      guard element == nil else { throw ExportLimit("the baseline is asked inside an element") }
      asksLanes = true
      return test.condition(and: "and", or: "or", inList: { "\($0) in (\($1))" })
    }
  }

  private mutating func joined(
    _ parts: [RawPredicate], _ word: String, _ element: String?
  ) throws(ExportLimit) -> String {
    var texts: [String] = []
    for part in parts { texts.append(try condition(part, element)) }
    return "(" + texts.joined(separator: element == nil ? "\n    \(word) " : " \(word) ") + ")"
  }

  enum Value {
    case column(String)
    case json(String)
  }

  /// Whether some value at a path holds; a list is expanded in a query of its own, whose events are looked up.
  private mutating func some(
    _ path: RawPath, _ element: String?,
    _ holds: (inout KQLRenderer, Value) throws(ExportLimit) -> String
  ) throws(ExportLimit) -> String {
    let start: String
    switch path.root {
    case .field(let field):
      guard let column = field.sentinelColumn else {
        // Without the column there is no such value.
        missing.insert(field)
        return "false"
      }
      return try holds(&self, .column(column))
    case .derived(let text):
      derived.insert(text)
      return try holds(&self, .column(text.rawValue))
    case .element:
      guard let element else { throw ExportLimit("\(path.shown) has no element to start from") }
      guard !path.steps.contains(.each) else {
        throw ExportLimit("it enters \(path.shown), an array inside the elements of another")
      }
      start = element
    case .request: start = need(.request, "request")
    case .response: start = need(.response, "response")
    case .additional: start = need(.additional, "additional")
    }
    guard path.steps.contains(.each) else { return try holds(&self, .json(Self.member(start, path.steps))) }
    guard element == nil else {
      throw ExportLimit("it enters \(path.shown) beside the elements of another array")
    }
    return try expanded(start, path, holds)
  }

  private mutating func expanded(
    _ start: String, _ path: RawPath, _ holds: (inout KQLRenderer, Value) throws(ExportLimit) -> String
  ) throws(ExportLimit) -> String {
    var inner = KQLRenderer()
    inner.variables = variables
    let json = inner.expand(start, path)
    let condition = try holds(&inner, .json(json))
    guard inner.lets.isEmpty else {
      throw ExportLimit("it enters arrays inside the elements of \(path.shown)")
    }
    variables = inner.variables
    missing.formUnion(inner.missing)
    inner.documents.formUnion(documents.filter { Self.columnName($0) == start })
    let name = "hits\(lets.count + 1)"
    lets.append(
      "let \(name) = \(Self.table) "
        + (try inner.documentColumns() + inner.expansions + inner.columns).joined(
          separator: " ")
        + " | where \(condition) | distinct AwsEventId;")
    return "AwsEventId in (\(name))"
  }

  /// Expands the lists on the way; the value at the path's end.
  private mutating func expand(_ start: String, _ path: RawPath) -> String {
    var json = start
    for step in path.steps {
      switch step {
      case .key(let key): json = Self.member(json, [.key(key)])
      case .each:
        let name = variable("v")
        expansions.append(
          "| mv-expand \(name) = iff(gettype(\(json)) == 'array', \(json), pack_array(\(json)))")
        json = name
      }
    }
    return json
  }

  /// A name that no other column has.
  mutating func variable(_ prefix: String) -> String {
    variables += 1
    return "\(prefix)\(variables)"
  }

  private static func columnName(_ document: FlatDocument) -> String {
    switch document {
    case .request: "request"
    case .response: "response"
    case .additional: "additional"
    }
  }

  @discardableResult
  mutating func need(_ document: FlatDocument, _ name: String) -> String {
    documents.insert(document)
    return name
  }

  private static func member(_ json: String, _ steps: [FactPath.Step]) -> String {
    steps.reduce(json) { text, step in
      if case .key(let key) = step { "\(text)[\(literal(key))]" } else { text }
    }
  }

  /// The text at a path that leads to one value.
  mutating func text(at path: RawPath) throws(ExportLimit) -> String {
    var text = ""
    _ = try some(path, nil) { renderer, value throws(ExportLimit) in
      text = renderer.text(value)
      return ""
    }
    return text
  }

  func text(_ value: Value) -> String {
    switch value {
    case .column(let name): name
    case .json(let json): "iff(gettype(\(json)) in ('array', 'dictionary'), '', tostring(\(json)))"
    }
  }

  private func isPresent(_ value: Value) -> String {
    switch value {
    case .column(let name): "isnotempty(\(name))"
    case .json(let json): "gettype(\(json)) != 'null'"
    }
  }

  static func literal(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  static func pattern(_ regex: String) -> String { "@'" + regex.replacing("'", with: "''") + "'" }

  private func test(_ value: Value, _ test: RawTest) throws(ExportLimit) -> String {
    let text = text(value)
    func matches(_ regex: String) -> String { "\(text) matches regex \(Self.pattern(regex))" }
    switch test {
    case .exists: return isPresent(value)
    case .nonEmpty: return "isnotempty(\(text))"
    case .isOneOf(let texts):
      let filled = texts.filter { !$0.isEmpty }.map(Self.literal)
      var tests = filled.isEmpty ? [] : ["\(text) in (\(filled.joined(separator: ", ")))"]
      if case .json(let json) = value, texts.contains("") {
        tests.append("(gettype(\(json)) == 'string' and isempty(\(text)))")
      }
      return tests.count == 1 ? tests[0] : "(\(tests.joined(separator: " or ")))"
    case .isNumber(let number):
      return "(\(matches(Self.numeral)) and todouble(\(text)) == \(number.plainText))"
    case .compares(let comparison, let number):
      return "(\(matches(Self.numeral)) and todouble(\(text)) \(comparison.rawValue) \(number.plainText))"
    case .isFlag(let flag): return "\(text) =~ '\(flag)'"
    case .isAny(let tests):
      var texts: [String] = []
      for test in tests { texts.append(try self.test(value, test)) }
      return "(\(texts.joined(separator: " or ")))"
    case .isLowercased(let literal): return "\(text) =~ \(Self.literal(literal))"
    case .contains(let part): return "\(text) contains \(Self.literal(part))"
    case .startsWith(let part): return "\(text) startswith \(Self.literal(part))"
    case .endsWith(let part): return "\(text) endswith \(Self.literal(part))"
    case .like(let pattern):
      let isThere = isPresent(value)
      return
        "(\(isThere) and tolower(\(text)) matches regex \(Self.pattern(SQLRenderer.pattern(like: pattern))))"
    case .hasPrefix(let part): return "\(text) startswith_cs \(Self.literal(part))"
    case .hasSuffix(let part): return "\(text) endswith_cs \(Self.literal(part))"
    case .hasPart(let part): return "\(text) contains_cs \(Self.literal(part))"
    case .matches(let regex): return matches(regex.pattern)
    case .isDated(let names): return matches(RawRegex.dated(names).pattern)
    }
  }

  private mutating func isOutsider(_ text: String, _ question: AccountQuestion) -> String {
    let everyone = "\(text) in ('all', '*')"
    if question.isCertain, question.lists.organisation == nil { return everyone }
    derived.insert(.ownAccount)
    let account =
      "replace_string(iff(\(text) matches regex \(Self.pattern(ExportLowering.arn)), "
      + "extract(@'^arn:[^:]*:[^:]*:[^:]*:([^:]*):', 1, \(text)), \(text)), '-', '')"
    let known = question.lists.partners.union(question.lists.organisation ?? []).sorted().map(Self.literal)
    var tests = ["\(account) matches regex @'^[0-9]{12}$'", "\(account) != account_id"]
    if !known.isEmpty { tests.append("\(account) !in (\(known.joined(separator: ", ")))") }
    return "(\(everyone) or (\(tests.joined(separator: " and "))))"
  }

  private func isAuditName(_ text: String, _ jewels: [String]) -> String {
    let resource =
      "iff(\(text) startswith_cs 'arn:', replace_regex(\(text), @'^[^:]*:([^:]*:){0,4}', ''), \(text))"
    let parted = "replace_regex(\(resource), @'(\\p{Ll})(\\p{Lu})', @'\\1 \\2')"
    let words = "tolower(strcat(' ', replace_regex(\(parted), @'[^\\p{L}]+', ' '), ' '))"
    let tests =
      ["\(words) matches regex \(Self.pattern(WordPatterns.audit.pattern))"]
      + jewels.map { "tolower(\(text)) matches regex \(Self.pattern(SQLRenderer.pattern(like: $0)))" }
    return "(\(tests.joined(separator: " or ")))"
  }
}
