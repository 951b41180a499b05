/// CloudTrail Lake over an event data store, whose documents are maps from a first-level name to text.
struct LakeDialect: SQLDialect {
  private let trino = AthenaDialect()

  var table: String { "$EDS_ID" }
  var tableNote: [String] {
    [
      "$EDS_ID: the id of the event data store. Its documents are maps from names to texts; how they write what lies",
      "below the first level is not documented, so that such members are not exported, and first-level members are scalars.",
    ]
  }

  func column(_ field: RawField) -> String? {
    switch field {
    case .account: nil
    case .readOnly: "CAST(readOnly AS varchar)"
    case .eventTime: "CAST(eventTime AS varchar)"
    default: field.rawValue
    }
  }

  func document(_ root: RawPath.Root) -> String? {
    switch root {
    case .request: "requestParameters"
    case .response: "responseElements"
    case .additional: "additionalEventData"
    default: nil
    }
  }

  func topMember(_ document: String, _ key: String) -> String? { "element_at(\(document), \(literal(key)))" }

  // Texts, arrays and patterns are Trino's, as in Athena; there are no JSON values.
  func member(_ json: String, _ key: String) -> String { trino.member(json, key) }
  func member(_ json: String, named key: String) -> String { trino.member(json, named: key) }
  func keys(_ json: String) -> String { trino.keys(json) }
  func elements(_ json: String) -> String { trino.elements(json) }
  func isPresent(_ json: String) -> String { trino.isPresent(json) }
  func isObject(_ json: String) -> String { trino.isObject(json) }
  func isText(_ json: String) -> String { trino.isText(json) }
  func text(_ json: String) -> String { trino.text(json) }
  func parsed(_ text: String) -> String { trino.parsed(text) }
  func either(_ json: String, or other: String) -> String { trino.either(json, or: other) }
  func urlDecoded(_ text: String) -> String { trino.urlDecoded(text) }
  func array(_ items: [String]) -> String { trino.array(items) }
  func exists(_ array: String, _ variable: String, _ condition: String) -> String {
    trino.exists(array, variable, condition)
  }
  func map(_ array: String, _ variable: String, _ value: String) -> String {
    trino.map(array, variable, value)
  }
  func filter(_ array: String, _ variable: String, _ condition: String) -> String {
    trino.filter(array, variable, condition)
  }
  func count(_ array: String) -> String { trino.count(array) }
  func split(_ text: String, _ separator: String) -> String { trino.split(text, separator) }
  func joined(_ array: String, _ separator: String) -> String { trino.joined(array, separator) }
  func flattened(_ array: String) -> String { trino.flattened(array) }
  func matches(_ text: String, _ pattern: String) -> String { trino.matches(text, pattern) }
  func replaced(_ text: String, _ pattern: String, _ template: String) -> String {
    trino.replaced(text, pattern, template)
  }
  func extracted(_ text: String, _ pattern: String) -> String { trino.extracted(text, pattern) }
  func number(_ text: String) -> String { trino.number(text) }
  func whole(_ text: String) -> String { trino.whole(text) }
  func hexNumber(_ text: String) -> String { trino.hexNumber(text) }
  func power(of exponent: String) -> String { trino.power(of: exponent) }
  func remainder(_ number: String, _ divisor: String) -> String { trino.remainder(number, divisor) }
  func startsWith(_ text: String, _ literal: String) -> String { trino.startsWith(text, literal) }
  func endsWith(_ text: String, _ literal: String) -> String { trino.endsWith(text, literal) }
  func contains(_ text: String, _ literal: String) -> String { trino.contains(text, literal) }
  func seconds(of time: String) -> String {
    "CAST(floor(coalesce(to_unixtime(try_cast(\(time) AS timestamp)), 0)) AS bigint)"
  }
  func fits(_ text: String, like pattern: String) -> String { trino.fits(text, like: pattern) }
}
