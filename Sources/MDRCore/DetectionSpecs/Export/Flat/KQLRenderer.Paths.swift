extension KQLRenderer {
  /// A value that a path leads to: a column of the table, or a JSON expression.
  enum Value {
    case column(String)
    case json(String)
  }

  /// Whether some value at a path holds; a list is expanded in a query of its own, whose events are looked up.
  mutating func some(
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
      guard let element else { throw ExportLimit.lacksElement(path) }
      guard !path.steps.contains(.each) else {
        throw ExportLimit.entersNestedArray(path)
      }
      start = element
    case .request: start = need(.request)
    case .response: start = need(.response)
    case .additional: start = need(.additional)
    }
    guard path.steps.contains(.each) else { return try holds(&self, .json(Self.member(start, path.steps))) }
    guard element == nil else {
      throw ExportLimit.entersSecondArray(path)
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
  mutating func expand(_ start: String, _ path: RawPath) -> String {
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

  /// Has a document read from its column's text; gives the column that then holds it.
  @discardableResult
  mutating func need(_ document: FlatDocument) -> String {
    documents.insert(document)
    return Self.columnName(document)
  }

  private static func columnName(_ document: FlatDocument) -> String {
    switch document {
    case .request: "request"
    case .response: "response"
    case .additional: "additional"
    }
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
}
