/// SPL for the texts of normalisation.
struct SplunkDialect: PipelineDialect {
  func text(_ field: RawField) -> String? { "coalesce('\(field.rawValue)', \"\")" }

  func holds(_ predicate: RawPredicate) throws(ExportLimit) -> String {
    var renderer = SplunkRenderer()
    return try renderer.condition(predicate)
  }

  func matches(_ text: String, _ pattern: String) -> String {
    "match(\(text), \(SplunkRenderer.literal(pattern)))"
  }

  func replaced(_ text: String, _ pattern: String, _ template: String) -> String {
    "replace(\(text), \(SplunkRenderer.literal(pattern)), \(SplunkRenderer.literal(template.replacing("$", with: "\\"))))"
  }

  func chosen(_ cases: [(condition: String, value: String)], otherwise: String) -> String {
    guard !cases.isEmpty else { return otherwise }
    return "case(" + cases.map { "\($0.condition), \($0.value)" }.joined(separator: ",\n    ")
      + ",\n    true(), \(otherwise))"
  }

  func joined(_ texts: [String]) -> String { "(\(texts.joined(separator: ".")))" }
  func lower(_ text: String) -> String { "lower(\(text))" }
  func isFilled(_ text: String) -> String { "\(text)!=\"\"" }
  func isOneOf(_ text: String, _ literals: [String]) -> String {
    literals.count == 1
      ? "\(text)=\(literal(literals[0]))" : "in(\(text), \(literals.map(literal).joined(separator: ", ")))"
  }
  func literal(_ text: String) -> String { SplunkRenderer.literal(text) }
}
