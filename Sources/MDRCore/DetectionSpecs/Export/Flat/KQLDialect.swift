/// KQL for the texts of normalisation.
struct KQLDialect: PipelineDialect {
  func text(_ field: RawField) -> String? { field.sentinelColumn }

  func holds(_ predicate: RawPredicate) throws(ExportLimit) -> String {
    var renderer = KQLRenderer()
    return try renderer.condition(predicate, nil)
  }

  func matches(_ text: String, _ pattern: String) -> String {
    "\(text) matches regex \(KQLRenderer.pattern(pattern))"
  }

  func replaced(_ text: String, _ pattern: String, _ template: String) -> String {
    "replace_regex(\(text), \(KQLRenderer.pattern(pattern)), \(KQLRenderer.pattern(template.replacing("$", with: "\\"))))"
  }

  func chosen(_ cases: [(condition: String, value: String)], otherwise: String) -> String {
    guard !cases.isEmpty else { return otherwise }
    return "case(" + cases.map { "\($0.condition), \($0.value)" }.joined(separator: ",\n    ")
      + ",\n    \(otherwise))"
  }

  func joined(_ texts: [String]) -> String { "strcat(\(texts.joined(separator: ", ")))" }
  func lower(_ text: String) -> String { "tolower(\(text))" }
  func isFilled(_ text: String) -> String { "isnotempty(\(text))" }
  func isOneOf(_ text: String, _ literals: [String]) -> String {
    literals.count == 1
      ? "\(text) == \(literal(literals[0]))" : "\(text) in (\(literals.map(literal).joined(separator: ", ")))"
  }
  func literal(_ text: String) -> String { KQLRenderer.literal(text) }
}
