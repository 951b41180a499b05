/// QRadar searches in AQL, over custom event properties that read the payload's JSON.
struct QRadarTarget: ExportTarget {
  let name = "aql"
  let title = "IBM QRadar (AQL)"
  let fileExtension = "aql"
  let hasLanes = false
  var assumptions: [String] {
    [
      "Log sources of the type Amazon AWS CloudTrail.",
      "For each quoted name a custom event property with the JSON expression that the file's head gives; numeric where it says so.",
      "A property without a value is null; every negation says so by itself.",
      "The rule or the search chooses the time; the query doesn't.",
    ] + DocumentedShape.assumptions + DocumentedShape.ofLoggedNames + SharedLimits.all
  }

  func text(of detection: Detection, _ lowering: ExportLowering) throws(ExportLimit) -> String {
    var lowering = lowering
    lowering.trustsShape = true
    lowering.readsNamesAsLogged = true
    var renderer = AQLRenderer()
    let condition = try renderer.condition(try FlatPredicate(try lowering.matching(detection)), "  ")
    var lines = header(detection).map { "-- \($0)" }
    lines += renderer.properties.sorted { $0.key < $1.key }.map { name, isNumber in
      let expression = name.split(separator: ".").map { "/\"\($0)\"" }.joined()
      return "-- property \"\(name)\": \(expression)\(isNumber ? ", a number" : "")"
    }
    lines += [
      "SELECT DATEFORMAT(starttime, 'yyyy-MM-dd HH:mm:ss') AS time, LOGSOURCENAME(logsourceid) AS log_source, UTF8(payload) AS record",
      "FROM events", "WHERE LOGSOURCETYPENAME(devicetype) = 'Amazon AWS CloudTrail'", "  AND \(condition)",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Writes a flat condition as AQL and gathers the properties that it needs.
struct AQLRenderer {
  /// By name, whether the property has to be a number.
  private(set) var properties: [String: Bool] = [:]

  mutating func condition(_ predicate: FlatPredicate, _ indent: String) throws(ExportLimit) -> String {
    switch predicate {
    case .constant: throw ExportLimit.isConstant
    case .leaf(let leaf): return try condition(leaf)
    case .all(let parts): return try joined(parts, "AND", indent)
    case .either(let parts): return try joined(parts, "OR", indent)
    }
  }

  private mutating func joined(
    _ parts: [FlatPredicate], _ word: String, _ indent: String
  ) throws(ExportLimit) -> String {
    var texts: [String] = []
    for part in parts { texts.append(try condition(part, indent + "  ")) }
    return "(" + texts.joined(separator: "\n\(indent)\(word) ") + ")"
  }

  private mutating func condition(_ leaf: FlatLeaf) throws(ExportLimit) -> String {
    let name = leaf.place.keys.joined(separator: ".")
    let isNumber =
      switch leaf.test {
      case .isNumber, .compares: true
      default: false
      }
    if let known = properties[name], known != isNumber {
      throw ExportLimit("\(name) would have to be a text and a number")
    }
    properties[name] = isNumber
    let field = "\"\(name)\""
    if leaf.test == .exists { return "\(field) IS \(leaf.isNegated ? "" : "NOT ")NULL" }
    let holds = try test(field, leaf.test)
    return leaf.isNegated ? "(\(field) IS NULL OR NOT (\(holds)))" : holds
  }

  private func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

  private func test(_ field: String, _ test: RawTest) throws(ExportLimit) -> String {
    /// Anchored at both ends, since a match may have to be of the whole text.
    func matches(_ pattern: String, _ word: String = "MATCHES") -> String {
      let start = pattern.hasPrefix("^") || pattern.hasPrefix("(?s)^") ? "" : ".*"
      return "\(field) \(word) \(literal(start + pattern + (pattern.hasSuffix("$") ? "" : ".*")))"
    }
    func escaped(_ text: String) -> String { RawRegex.escaped(text) }
    switch test {
    case .exists: return "\(field) IS NOT NULL"
    case .nonEmpty: return "(\(field) IS NOT NULL AND NOT \(field) = '')"
    case .isOneOf(let texts):
      return texts.count == 1
        ? "\(field) = \(literal(texts[0]))" : "\(field) IN (\(texts.map(literal).joined(separator: ", ")))"
    case .isNumber(let number): return "\(field) = \(number.plainText)"
    case .compares(let comparison, let number): return "\(field) \(comparison.rawValue) \(number.plainText)"
    case .isFlag(let flag): return matches("^\(flag)$", "IMATCHES")
    case .isLowercased(let text): return matches("^\(escaped(text))$", "IMATCHES")
    case .contains(let part): return matches(escaped(part), "IMATCHES")
    case .startsWith(let part): return matches("^" + escaped(part), "IMATCHES")
    case .endsWith(let part): return matches(escaped(part) + "$", "IMATCHES")
    case .like(let pattern): return matches(SQLRenderer.pattern(like: pattern), "IMATCHES")
    case .hasPrefix(let part): return matches("^" + escaped(part))
    case .hasSuffix(let part): return matches(escaped(part) + "$")
    case .hasPart(let part): return matches(escaped(part))
    case .matches(let regex): return matches(regex.pattern)
    case .isDated(let names): return matches(RawRegex.dated(names).pattern)
    case .isAny: throw ExportLimit.mixesTests
    }
  }
}
