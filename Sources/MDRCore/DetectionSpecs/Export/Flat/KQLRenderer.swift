/// Writes a condition on raw records as KQL; lists are expanded in queries of their own.
struct KQLRenderer {
  static let table = "AWSCloudTrail"
  static let shown =
    "AwsEventId, TimeGenerated, RecipientAccountId, AWSRegion, EventSource, EventName, UserIdentityArn, SourceIpAddress"
  static let numeral = "^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$"

  /// The statements that stand before the query, of one list each.
  var lets: [String] = []
  /// Members that the condition asks for and the table doesn't have.
  var missing: Set<RawField> = []
  private(set) var asksLanes = false
  var documents: Set<FlatDocument> = []
  var derived: Set<DerivedText> = []
  /// Columns that are derived from a rule, once its element has been expanded.
  var columns: [String] = []
  /// The suffix of the columns for each rule's ports.
  var rules: [String: String] = [:]
  /// Lists of the element that is looked at, expanded in its query.
  var expansions: [String] = []
  var variables = 0

  /// Whether the conditions so far need the table's own columns alone.
  private var isPlain: Bool {
    lets.isEmpty && documents.isEmpty && derived.isEmpty && columns.isEmpty && !asksLanes
  }

  /// Whether the table's own columns answer a condition.
  static func isPlain(_ predicate: RawPredicate) throws(ExportLimit) -> Bool {
    var trial = KQLRenderer()
    _ = try trial.condition(predicate, nil)
    return trial.isPlain
  }

  /// The documents and derived texts that the condition asks for, as columns.
  func extensions(and others: Set<DerivedText> = []) throws(ExportLimit) -> [String] {
    try documentColumns(and: others) + columns
  }

  func documentColumns(and others: Set<DerivedText> = []) throws(ExportLimit) -> [String] {
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
        guard case .json(let json) = value else { throw ExportLimit.needsDocumentArray }
        return "(\(renderer.isPresent(value)) and \(try renderer.condition(inner, json)))"
      }
    case .outsider(let path, let question):
      return try some(path, element) { renderer, value in renderer.isOutsider(renderer.text(value), question)
      }
    case .auditName(let path, let jewels):
      return try some(path, element) { renderer, value in renderer.isAuditName(renderer.text(value), jewels) }
    case .ports(let question):
      return ports(question, element ?? need(.request))
    case .blocks(let path, true) where element != nil && path.root == .element:
      // A list of blocks within an element that counts when one of them is broad.
      return try condition(NestedLists.isBroad, expand(element ?? "", path))
    case .blocks(let path, _): throw ExportLimit.addsUpBlocks(of: path)
    case .policy(let path, _, _):
      throw ExportLimit.readsStatements(in: path)
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
