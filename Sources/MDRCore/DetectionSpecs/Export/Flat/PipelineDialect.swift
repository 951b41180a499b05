/// What a search language has to offer for the texts of normalisation to be worked out in it, one column after the other.
///
/// A text that isn't there is empty.
protocol PipelineDialect {
  /// A member of the record as text, empty where there is none; `nil` where the table has no such column.
  func text(_ field: RawField) -> String?
  func holds(_ predicate: RawPredicate) throws(ExportLimit) -> String
  func matches(_ text: String, _ pattern: String) -> String
  /// Every place that fits, with `$1` in the template for the first group.
  func replaced(_ text: String, _ pattern: String, _ template: String) -> String
  /// The value behind the first condition that holds.
  func chosen(_ cases: [(condition: String, value: String)], otherwise: String) -> String
  func joined(_ texts: [String]) -> String
  func lower(_ text: String) -> String
  func isFilled(_ text: String) -> String
  func isOneOf(_ text: String, _ literals: [String]) -> String
  func literal(_ text: String) -> String
}

extension PipelineDialect {
  /// The first of some texts that is there.
  func first(_ texts: [String?], otherwise: String) -> String {
    chosen(texts.compactMap { $0 }.map { (isFilled($0), $0) }, otherwise: otherwise)
  }
}
