/// Writes a condition on raw records as SQL; gathers on the way which columns the query needs.
struct SQLRenderer {
  let dialect: any SQLDialect
  /// Members of the record that the condition asks for.
  private(set) var fields: Set<RawField> = []
  private(set) var documents: Set<Document> = []
  private(set) var derived: Set<DerivedText> = []
  private(set) var asksLanes = false
  private var variables = 0

  /// The event's documents, as columns of the query.
  enum Document: String, CaseIterable {
    case request
    case response
    case additional

    init?(_ root: RawPath.Root) {
      switch root {
      case .request: self = .request
      case .response: self = .response
      case .additional: self = .additional
      default: return nil
      }
    }

    var root: RawPath.Root {
      switch self {
      case .request: .request
      case .response: .response
      case .additional: .additional
      }
    }
  }

  init(_ dialect: any SQLDialect) { self.dialect = dialect }

  /// The condition; `element` is the variable of the surrounding `any`.
  mutating func condition(_ predicate: RawPredicate, element: String? = nil) throws(ExportLimit) -> String {
    switch predicate {
    case .constant(let holds): return holds ? "true" : "false"
    case .all(let parts): return try joined(parts, "AND", element)
    case .either(let parts): return try joined(parts, "OR", element)
    case .not(let inner): return "NOT (\(try condition(inner, element: element)))"
    case .value(let path, let test):
      return try some(path, element) { renderer, value throws(ExportLimit) in
        renderer.dialect.holds(renderer.test(value, test))
      }
    case .same(let one, let other):
      return try some(one, element) { renderer, first throws(ExportLimit) in
        try renderer.some(other, element) { renderer, second in
          renderer.dialect.holds("\(renderer.text(first)) = \(renderer.text(second))")
        }
      }
    case .element(let path, let inner):
      return try some(path, element) { renderer, value throws(ExportLimit) in
        guard case .json(let json) = value else { throw ExportLimit.needsDocumentArray }
        // The element is asked for often: it gets a name.
        let variable = renderer.variable()
        let isPresent = renderer.dialect.holds(renderer.dialect.isPresent(variable))
        let holds = try renderer.condition(inner, element: variable)
        return renderer.dialect.exists(
          renderer.dialect.array([json]), variable, "\(isPresent) AND (\(holds))")
      }
    case .ports(let question): return try ports(question, element)
    case .blocks(let path, let isBroad): return try blocks(path, isBroad: isBroad, element)
    case .policy(let path, let question, let countsUnreadable):
      return try policy(path, question, countsUnreadable: countsUnreadable, element)
    case .outsider(let path, let question):
      return try some(path, element) { renderer, value in
        let text = renderer.variable()
        let isOutside = renderer.isOutsider(text, question)
        return renderer.dialect.exists(renderer.dialect.array([renderer.text(value)]), text, isOutside)
      }
    case .auditName(let path, let jewels): return try auditName(path, jewels, element)
    case .actorWords(let kind, let pattern):
      derived.insert(.actor)
      derived.insert(.actorWords)
      return dialect.holds(
        "\(dialect.startsWith("actor", kind.rawValue + ":")) AND \(dialect.matches("actor_words", pattern.pattern))"
      )
    case .lanes(let test):
      asksLanes = true
      if case .new = test { derived.insert(.succeeded) }
      return test.condition(inList: { "\($0) IN (\($1))" })
    }
  }

  private mutating func joined(
    _ parts: [RawPredicate], _ word: String, _ element: String?
  ) throws(ExportLimit) -> String {
    var texts: [String] = []
    for part in parts {
      let text = try condition(part, element: element)
      switch part {
      case .all, .either: texts.append("(\(text))")
      default: texts.append(text)
      }
    }
    return texts.joined(separator: element == nil ? "\n  \(word) " : " \(word) ")
  }

  /// A value that a path leads to.
  enum Value {
    case json(String)
    case text(String)
  }

  mutating func derive(_ text: DerivedText) { derived.insert(text) }

  mutating func need(_ document: Document) { documents.insert(document) }

  mutating func variable() -> String {
    variables += 1
    return "v\(variables)"
  }

  func text(_ value: Value) -> String {
    switch value {
    case .json(let json): dialect.text(json)
    case .text(let text): text
    }
  }

  /// Whether some value at a path satisfies a condition.
  mutating func some(
    _ path: RawPath, _ element: String?,
    _ holds: (inout SQLRenderer, Value) throws(ExportLimit) -> String
  ) throws(ExportLimit) -> String {
    switch path.root {
    case .field(let field):
      guard dialect.column(field) != nil else {
        // Without the column there is no such value.
        return "false"
      }
      fields.insert(field)
      return try holds(&self, .text(field.columnName))
    case .derived(let text):
      derived.insert(text)
      return try holds(&self, .text(text.rawValue))
    case .request, .response, .additional:
      if case .key(let key)? = path.steps.first, let document = Document(path.root),
        let text = dialect.topMember(document.rawValue, key)
      {
        documents.insert(document)
        guard path.steps.count == 1 else {
          throw ExportLimit.liesTooDeep(path)
        }
        return try holds(&self, .text(text))
      }
      return try some(try start(of: path, element), path.steps[...], holds)
    case .element: return try some(try start(of: path, element), path.steps[...], holds)
    }
  }

  private mutating func start(of path: RawPath, _ element: String?) throws(ExportLimit) -> String {
    if let document = Document(path.root) {
      documents.insert(document)
      return document.rawValue
    }
    guard let element else { throw ExportLimit.lacksElement(path) }
    return element
  }

  private mutating func some(
    _ json: String, _ steps: ArraySlice<FactPath.Step>,
    _ holds: (inout SQLRenderer, Value) throws(ExportLimit) -> String
  ) throws(ExportLimit) -> String {
    guard let step = steps.first else { return try holds(&self, .json(json)) }
    switch step {
    case .key(let key): return try some(dialect.member(json, key), steps.dropFirst(), holds)
    case .each:
      let variable = variable()
      let inner = try some(variable, steps.dropFirst(), holds)
      return dialect.holds(dialect.exists(dialect.elements(json), variable, inner))
    }
  }

  /// All texts at a path as one array.
  mutating func texts(_ path: RawPath, _ element: String?) throws(ExportLimit) -> String {
    if dialect.topMember("", "") != nil {
      throw ExportLimit.liesTooDeep(path)
    }
    let all = values(try start(of: path, element), path.steps[...])
    let (value, text) = (variable(), variable())
    return dialect.filter(dialect.map(all, value, dialect.text(value)), text, "\(text) IS NOT NULL")
  }

  private mutating func values(_ json: String, _ steps: ArraySlice<FactPath.Step>) -> String {
    guard let step = steps.first else { return dialect.array([json]) }
    switch step {
    case .key(let key): return values(dialect.member(json, key), steps.dropFirst())
    case .each:
      guard steps.count > 1 else { return dialect.elements(json) }
      let variable = variable()
      return dialect.flattened(
        dialect.map(dialect.elements(json), variable, values(variable, steps.dropFirst())))
    }
  }
}

extension RawField {
  /// The name of the member as a column of the query.
  var columnName: String {
    var name = ""
    var wasSmall = false
    for character in keys.suffix(2).joined(separator: "_") {
      name += (character.isUppercase && wasSmall ? "_" : "") + character.lowercased()
      wasSmall = character.isLowercase
    }
    return name
  }
}
