/// Splunk searches over the add-on's `aws:cloudtrail`.
struct SplunkTarget: ExportTarget {
  let name = "spl"
  let title = "Splunk (SPL)"
  let fileExtension = "spl"
  let hasLanes = false
  var assumptions: [String] {
    [
      "sourcetype aws:cloudtrail, whose JSON Splunk extracts into fields named by path.",
      "A field that is null counts as not matching; every negation says so by itself.",
      "The alert's schedule chooses the time; the search doesn't.",
    ] + DocumentedShape.assumptions + SharedLimits.all
  }

  func text(of detection: Detection, _ lowering: ExportLowering) throws(ExportLimit) -> String {
    var lowering = lowering
    lowering.trustsShape = true
    let condition = try Self.condition(try FlatPredicate(try lowering.matching(detection)), "    ")
    // A comment of three backticks ends at the next three.
    let lines =
      header(detection).map { "```\($0.replacing("`", with: "'"))```" } + [
        #"index=* sourcetype="aws:cloudtrail""#, "| where \(condition)",
        "| table eventID, eventTime, recipientAccountId, awsRegion, eventSource, eventName, userIdentity.arn, sourceIPAddress",
      ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func condition(_ predicate: FlatPredicate, _ indent: String) throws(ExportLimit) -> String {
    switch predicate {
    case .constant(let holds): return holds ? "true()" : "false()"
    case .leaf(let leaf): return try condition(leaf)
    case .all(let parts): return try joined(parts, "AND", indent)
    case .either(let parts): return try joined(parts, "OR", indent)
    }
  }

  private static func joined(
    _ parts: [FlatPredicate], _ word: String, _ indent: String
  ) throws(ExportLimit) -> String {
    var texts: [String] = []
    for part in parts { texts.append(try condition(part, indent + "  ")) }
    return "(" + texts.joined(separator: "\n\(indent)\(word) ") + ")"
  }

  private static func condition(_ leaf: FlatLeaf) throws(ExportLimit) -> String {
    let field = "'" + leaf.place.keys.joined(separator: ".") + "'"
    let holds = try test(field, leaf.test)
    guard leaf.isNegated else { return holds }
    return leaf.test == .exists ? "isnull(\(field))" : "(isnull(\(field)) OR NOT \(holds))"
  }

  private static func literal(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func test(_ field: String, _ test: RawTest) throws(ExportLimit) -> String {
    func matches(_ pattern: String, of text: String) -> String { "match(\(text), \(literal(pattern)))" }
    let folded = "lower(\(field))"
    switch test {
    case .exists: return "isnotnull(\(field))"
    case .nonEmpty: return "len(\(field))>0"
    case .isOneOf(let texts):
      return texts.count == 1
        ? "\(field)=\(literal(texts[0]))" : "in(\(field), \(texts.map(literal).joined(separator: ", ")))"
    case .isNumber(let number): return "coalesce(tonumber(\(field))=\(number.plainText), false())"
    case .compares(let comparison, let number):
      return "coalesce(tonumber(\(field))\(comparison.rawValue)\(number.plainText), false())"
    case .isFlag(let flag): return "\(folded)=\"\(flag)\""
    case .isLowercased(let text): return "\(folded)=\(literal(text))"
    case .contains(let part): return matches(RawRegex.escaped(part.lowercased()), of: folded)
    case .startsWith(let part): return matches("^" + RawRegex.escaped(part.lowercased()), of: folded)
    case .endsWith(let part): return matches(RawRegex.escaped(part.lowercased()) + "$", of: folded)
    case .like(let pattern): return matches(SQLRenderer.pattern(like: pattern), of: folded)
    case .hasPrefix(let part): return matches("^" + RawRegex.escaped(part), of: field)
    case .hasSuffix(let part): return matches(RawRegex.escaped(part) + "$", of: field)
    case .hasPart(let part): return matches(RawRegex.escaped(part), of: field)
    case .matches(let regex): return matches(regex.pattern, of: field)
    case .isDated(let names): return matches(RawRegex.dated(names).pattern, of: field)
    case .isAny: throw ExportLimit("one value has to pass one of several kinds of tests")
    }
  }
}
