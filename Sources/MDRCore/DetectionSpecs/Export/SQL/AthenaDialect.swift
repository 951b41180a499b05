/// Athena (Trino) over AWS's own CloudTrail table, whose documents are JSON text.
struct AthenaDialect: SQLDialect {
  var table: String { "cloudtrail_logs" }
  var tableNote: [String] {
    [
      "cloudtrail_logs: the table of AWS's documentation for CloudTrail logs in Athena, and beside it",
      "useridentity.sessioncontext.sourceidentity (string), which that table leaves out.",
    ]
  }

  func column(_ field: RawField) -> String? {
    switch field {
    // The account outside the record is a wrapper's, and the table leaves the provider out.
    case .account, .identityProvider: return nil
    default: return field.keys.joined(separator: ".").lowercased()
    }
  }

  func document(_ root: RawPath.Root) -> String? {
    switch root {
    case .request: "try(json_parse(requestparameters))"
    case .response: "try(json_parse(responseelements))"
    case .additional: "try(json_parse(coalesce(additionaleventdata, serviceeventdetails)))"
    default: nil
    }
  }

  func member(_ json: String, _ key: String) -> String {
    let step =
      key.isPlainPathSegment && !key.contains(where: { "-:$".contains($0) })
      ? ".\(key)" : "[\"\(key.replacing("\"", with: "\\\""))\"]"
    // Members of members are asked for in one path.
    guard json.hasPrefix("json_extract("), json.hasSuffix("')") else {
      return "json_extract(\(json), '$\(step.replacing("'", with: "''"))')"
    }
    return "\(json.dropLast(2))\(step.replacing("'", with: "''"))')"
  }

  func member(_ json: String, named key: String) -> String {
    "element_at(try_cast(\(json) AS map(varchar, json)), \(key))"
  }

  func keys(_ json: String) -> String { "map_keys(try_cast(\(json) AS map(varchar, json)))" }
  func elements(_ json: String) -> String {
    "CASE WHEN json_array_length(\(json)) IS NOT NULL THEN CAST(\(json) AS array(json)) ELSE ARRAY[\(json)] END"
  }
  func isPresent(_ json: String) -> String { "json_format(\(json)) <> 'null'" }
  func isObject(_ json: String) -> String { "substr(json_format(\(json)), 1, 1) = '{'" }
  func isText(_ json: String) -> String { "substr(json_format(\(json)), 1, 1) = '\"'" }
  func text(_ json: String) -> String {
    guard json.hasPrefix("json_extract("), json.hasSuffix("')") else {
      return "json_extract_scalar(\(json), '$')"
    }
    return "json_extract_scalar(" + json.dropFirst("json_extract(".count)
  }
  func parsed(_ text: String) -> String { "try(json_parse(\(text)))" }
  func either(_ json: String, or other: String) -> String { "coalesce(\(json), \(other))" }
  func urlDecoded(_ text: String) -> String { "try(url_decode(replace(\(text), '+', ' ')))" }

  func array(_ items: [String]) -> String { "ARRAY[\(items.joined(separator: ", "))]" }
  func exists(_ array: String, _ variable: String, _ condition: String) -> String {
    "cardinality(filter(\(array), \(variable) -> \(condition))) > 0"
  }
  func map(_ array: String, _ variable: String, _ value: String) -> String {
    "transform(\(array), \(variable) -> \(value))"
  }
  func filter(_ array: String, _ variable: String, _ condition: String) -> String {
    "filter(\(array), \(variable) -> \(condition))"
  }
  func count(_ array: String) -> String { "cardinality(\(array))" }
  func split(_ text: String, _ separator: String) -> String { "split(\(text), \(literal(separator)))" }
  func joined(_ array: String, _ separator: String) -> String {
    "array_join(\(array), \(literal(separator)))"
  }
  func flattened(_ array: String) -> String { "flatten(\(array))" }

  func matches(_ text: String, _ pattern: String) -> String { "regexp_like(\(text), \(literal(pattern)))" }
  func replaced(_ text: String, _ pattern: String, _ template: String) -> String {
    "regexp_replace(\(text), \(literal(pattern)), \(literal(template)))"
  }
  func extracted(_ text: String, _ pattern: String) -> String {
    "regexp_extract(\(text), \(literal(pattern)), 1)"
  }
  func number(_ text: String) -> String { "try_cast(\(text) AS double)" }
  func whole(_ text: String) -> String { "coalesce(try_cast(\(text) AS bigint), 0)" }
  func hexNumber(_ text: String) -> String { "from_base(\(text), 16)" }
  func power(of exponent: String) -> String { "CAST(power(2, \(exponent)) AS bigint)" }
  func remainder(_ number: String, _ divisor: String) -> String { "mod(\(number), \(divisor))" }
  func startsWith(_ text: String, _ literal: String) -> String {
    "starts_with(\(text), \(self.literal(literal)))"
  }
  func endsWith(_ text: String, _ literal: String) -> String {
    "substr(\(text), -\(literal.unicodeScalars.count)) = \(self.literal(literal))"
  }
  func contains(_ text: String, _ literal: String) -> String {
    "strpos(\(text), \(self.literal(literal))) > 0"
  }
  func seconds(of time: String) -> String {
    "CAST(floor(coalesce(try(to_unixtime(from_iso8601_timestamp(\(time)))), 0)) AS bigint)"
  }
  func fits(_ text: String, like pattern: String) -> String { "\(text) LIKE \(pattern) ESCAPE '\\'" }
}
