/// ClickHouse over a table with one raw record as JSON text in each row; JSON values stay raw text, absent ones empty.
struct ClickHouseDialect: SQLDialect {
  var table: String { "cloudtrail" }
  var tableNote: [String] { ["cloudtrail (record String): one CloudTrail record as JSON in each row."] }

  func column(_ field: RawField) -> String? {
    text("JSONExtractRaw(record, \(field.keys.map(literal).joined(separator: ", ")))")
  }

  func document(_ root: RawPath.Root) -> String? {
    switch root {
    case .request: return "JSONExtractRaw(record, 'requestParameters')"
    case .response: return "JSONExtractRaw(record, 'responseElements')"
    case .additional:
      let own = "JSONExtractRaw(record, 'additionalEventData')"
      return "if(\(own) IN ('', 'null'), JSONExtractRaw(record, 'serviceEventDetails'), \(own))"
    default: return nil
    }
  }

  func member(_ json: String, _ key: String) -> String { member(json, named: literal(key)) }

  func member(_ json: String, named key: String) -> String {
    // Members of members are asked for in one call.
    guard json.hasPrefix("JSONExtractRaw("), json.hasSuffix(")") else {
      return "JSONExtractRaw(\(json), \(key))"
    }
    return "\(json.dropLast()), \(key))"
  }

  func keys(_ json: String) -> String { "JSONExtractKeys(\(json))" }
  func elements(_ json: String) -> String {
    "if(startsWith(\(json), '['), JSONExtractArrayRaw(\(json)), [\(json)])"
  }
  func isPresent(_ json: String) -> String { "\(json) NOT IN ('', 'null')" }
  func isObject(_ json: String) -> String { "startsWith(\(json), '{')" }
  func isText(_ json: String) -> String { "startsWith(\(json), '\"')" }
  func text(_ json: String) -> String {
    var place = json
    if json.hasPrefix("JSONExtractRaw("), json.hasSuffix(")") {
      place = String(json.dropFirst("JSONExtractRaw(".count).dropLast())
    }
    return "if(JSONType(\(place)) IN ('Object', 'Array'), NULL, JSONExtract(\(place), 'Nullable(String)'))"
  }
  func parsed(_ text: String) -> String {
    "coalesce(if(isValidJSON(\(text)), JSONExtractRaw(concat('[', \(text), ']'), 1), ''), '')"
  }
  func either(_ json: String, or other: String) -> String { "if(\(json) = '', \(other), \(json))" }
  func urlDecoded(_ text: String) -> String {
    "if(match(\(text), '%([^0-9a-fA-F]|[0-9a-fA-F][^0-9a-fA-F]|.?$)'), '', "
      + "decodeURLComponent(replaceAll(\(text), '+', ' ')))"
  }

  func array(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }
  func exists(_ array: String, _ variable: String, _ condition: String) -> String {
    "arrayExists(\(variable) -> \(condition), \(array))"
  }
  func map(_ array: String, _ variable: String, _ value: String) -> String {
    "arrayMap(\(variable) -> \(value), \(array))"
  }
  func filter(_ array: String, _ variable: String, _ condition: String) -> String {
    "arrayFilter(\(variable) -> \(condition), \(array))"
  }
  func count(_ array: String) -> String { "length(\(array))" }
  func split(_ text: String, _ separator: String) -> String { "splitByChar(\(literal(separator)), \(text))" }
  func joined(_ array: String, _ separator: String) -> String {
    "arrayStringConcat(\(array), \(literal(separator)))"
  }
  func flattened(_ array: String) -> String { "arrayFlatten(\(array))" }

  func matches(_ text: String, _ pattern: String) -> String { "match(\(text), \(literal(pattern)))" }
  func replaced(_ text: String, _ pattern: String, _ template: String) -> String {
    "replaceRegexpAll(\(text), \(literal(pattern)), \(literal(template.replacing("$", with: "\\"))))"
  }
  func extracted(_ text: String, _ pattern: String) -> String {
    // Only the last group counts: the pattern is the rest of the text.
    "extract(assumeNotNull(\(text)), \(literal(pattern)))"
  }
  func number(_ text: String) -> String { "toFloat64OrNull(\(text))" }
  func whole(_ text: String) -> String { "toInt64OrZero(\(text))" }
  func hexNumber(_ text: String) -> String {
    "toInt64(reinterpretAsUInt16(reverse(unhex(leftPad(\(text), 4, '0')))))"
  }
  func power(of exponent: String) -> String { "toInt64(exp2(\(exponent)))" }
  func remainder(_ number: String, _ divisor: String) -> String { "(\(number) % \(divisor))" }
  func startsWith(_ text: String, _ literal: String) -> String {
    "startsWith(\(text), \(self.literal(literal)))"
  }
  func endsWith(_ text: String, _ literal: String) -> String { "endsWith(\(text), \(self.literal(literal)))" }
  func contains(_ text: String, _ literal: String) -> String {
    "position(\(text), \(self.literal(literal))) > 0"
  }
  func seconds(of time: String) -> String {
    "toInt64(coalesce(toUnixTimestamp(parseDateTimeBestEffortOrNull(\(time))), 0))"
  }
  func lower(_ text: String) -> String { "lowerUTF8(\(text))" }
  func fits(_ text: String, like pattern: String) -> String { "like(\(text), \(pattern))" }
  func literal(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
