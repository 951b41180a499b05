/// How one SQL engine reads a CloudTrail table: text, JSON, arrays and patterns, each as an SQL expression.
///
/// A JSON expression that finds nothing is *absent* in the engine's own way, which `isPresent` tells from the rest; a text
/// expression is NULL where there is no scalar.
protocol SQLDialect: Sendable {
  /// The comment that introduces the query: the table it reads.
  var tableNote: [String] { get }
  /// What stands behind FROM.
  var table: String { get }

  /// A member of the record as text; `nil` where the table has no such column.
  func column(_ field: RawField) -> String?
  /// One of the event's documents as JSON; `nil` where the table has none.
  func document(_ root: RawPath.Root) -> String?

  /// A first-level member of a document as text, where the table has maps instead of JSON; `nil` elsewhere.
  func topMember(_ document: String, _ key: String) -> String?

  /// The member of a JSON object.
  func member(_ json: String, _ key: String) -> String
  /// The member whose key an SQL expression says.
  func member(_ json: String, named key: String) -> String
  /// The keys of a JSON object as texts.
  func keys(_ json: String) -> String
  /// The elements of a JSON array; anything else as an array of one.
  func elements(_ json: String) -> String
  /// Whether a JSON value is there and not null.
  func isPresent(_ json: String) -> String
  func isObject(_ json: String) -> String
  func isText(_ json: String) -> String
  /// A scalar as text, NULL for anything else.
  func text(_ json: String) -> String
  /// The JSON that a text holds, absent where it can't be read.
  func parsed(_ text: String) -> String
  func either(_ json: String, or other: String) -> String
  /// A text without its URL encoding.
  func urlDecoded(_ text: String) -> String

  func array(_ items: [String]) -> String
  func exists(_ array: String, _ variable: String, _ condition: String) -> String
  func map(_ array: String, _ variable: String, _ value: String) -> String
  func filter(_ array: String, _ variable: String, _ condition: String) -> String
  func count(_ array: String) -> String
  func split(_ text: String, _ separator: String) -> String
  func joined(_ array: String, _ separator: String) -> String
  func flattened(_ array: String) -> String

  func matches(_ text: String, _ pattern: String) -> String
  func replaced(_ text: String, _ pattern: String, _ template: String) -> String
  /// The first group of a pattern that is known to match.
  func extracted(_ text: String, _ pattern: String) -> String
  func number(_ text: String) -> String
  func whole(_ text: String) -> String
  /// A hexadecimal text as a number.
  func hexNumber(_ text: String) -> String
  func power(of exponent: String) -> String
  func remainder(_ number: String, _ divisor: String) -> String
  func startsWith(_ text: String, _ literal: String) -> String
  func endsWith(_ text: String, _ literal: String) -> String
  func contains(_ text: String, _ literal: String) -> String
  func lower(_ text: String) -> String
  /// The seconds since 1970 of a time as text.
  func seconds(of time: String) -> String
  /// Whether a text fits a LIKE pattern that data says; `\` escapes.
  func fits(_ text: String, like pattern: String) -> String
  func literal(_ text: String) -> String
}

extension SQLDialect {
  func topMember(_ document: String, _ key: String) -> String? { nil }
  func lower(_ text: String) -> String { "lower(\(text))" }
  func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
  func holds(_ condition: String) -> String { "coalesce(\(condition), false)" }
}
