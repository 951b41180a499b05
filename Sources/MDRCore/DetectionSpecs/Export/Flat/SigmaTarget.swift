/// Sigma rules for `product: aws, service: cloudtrail`.
struct SigmaTarget: ExportTarget {
  let name = "sigma"
  let title = "Sigma"
  let fileExtension = "yml"
  let hasLanes = false
  var assumptions: [String] {
    [
      "Field names are CloudTrail's own, joined by dots; a backend's pipeline maps them.",
      "A member that is null or not there is null; every negation says so by itself, whatever a backend makes of null.",
      "Plain values are compared whatever the case, as Sigma defines; |cased stands where this engine compares exactly.",
    ] + DocumentedShape.assumptions + DocumentedShape.ofLoggedNames + SharedLimits.all
  }

  func text(of detection: Detection, _ lowering: ExportLowering) throws(ExportLimit) -> String {
    var lowering = lowering
    lowering.trustsShape = true
    lowering.readsNamesAsLogged = true
    if let correlation = detection.correlation {
      return try SigmaCorrelation(correlation, of: detection, lowering, self).text
    }
    let lines =
      header(detection).map { "# \($0)" } + Self.head(of: detection)
      + (try Self.body(of: try lowering.matching(detection)))
      + Self.list("fields", SQLQuery.shown.map(\.rawValue)) + Self.foot(of: detection)
    return lines.joined(separator: "\n") + "\n"
  }

  static func head(of detection: Detection) -> [String] {
    [
      "title: \(quoted(detection.title))", "id: \(identifier(of: detection.id))",
      "status: \(detection.status == "reviewed" ? "test" : "experimental")",
      "description: \(quoted(detection.prose.trigger.joined(separator: " ")))",
    ] + list("references", detection.references)
      + list("tags", tags(of: detection))
  }

  /// Techniques by their ids in ATT&CK v19, then those that v18 has instead: what reads Sigma may know either.
  private static func tags(of detection: Detection) -> [String] {
    var ids: [String] = []
    for id in detection.attack.map(\.id) + detection.attack.map(\.v18) where !ids.contains(id) {
      ids.append(id)
    }
    return ids.filter(\.isTechniqueID).map { "attack." + $0.lowercased() }
  }

  /// What one event has to be.
  static func body(of predicate: RawPredicate) throws(ExportLimit) -> [String] {
    var rule = SigmaRule()
    let condition = try rule.condition(try FlatPredicate(predicate))
    return ["logsource:", "    product: aws", "    service: cloudtrail", "detection:"] + rule.selections
      + ["    condition: \(condition)"]
  }

  static func foot(of detection: Detection) -> [String] {
    list("falsepositives", detection.prose.falsePositives.map(\.text)) + [
      "level: \(detection.severity.rawValue)"
    ]
  }

  private static func list(_ key: String, _ items: [String]) -> [String] {
    items.isEmpty ? [] : ["\(key):"] + items.map { "    - \(quoted($0))" }
  }

  static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

  /// A UUID that stays the same for the same name.
  static func identifier(of name: String) -> String {
    let digest = Array(SHA256Digest.hex("mdr-rainer:\(name)"))
    func part(_ range: Range<Int>) -> String { String(digest[range]) }
    return "\(part(0..<8))-\(part(8..<12))-8\(part(13..<16))-a\(part(17..<20))-\(part(20..<32))"
  }
}

/// What targets without regular expressions over identities take for granted.
enum DocumentedShape {
  static let assumptions = [
    "userIdentity is as AWS documents it: one of its types, and a session issuer for assumed roles.",
    "Members are scalars, lists and objects where AWS writes them so: a list that holds one value is not told from the value.",
    "A number is logged as a number, and only Lambda and CloudFront put a date, 20…, behind an event's name.",
  ]

  /// What targets take for granted that read role names as they are logged.
  static let ofLoggedNames = [
    "What a role is to the business is told by its session issuer's name as logged, each word in small letters, capitalised or in capitals: a role without an issuer is unnamed, and an ending that CloudFormation made up may hold such a word.",
    "Names of four words and more are looked for in these manners where signs part the words, else capitalised.",
  ]
}

/// Selections with their names, and the condition over them.
struct SigmaRule {
  private(set) var selections: [String] = []
  /// The names of selections by what they say.
  private var names: [[String]: String] = [:]
  private var absent: [String: String] = [:]

  mutating func condition(_ predicate: FlatPredicate) throws(ExportLimit) -> String {
    switch predicate {
    case .constant: throw ExportLimit.isConstant
    case .leaf(let leaf): return try condition(leaf)
    case .all(let parts):
      // Plain tests of different fields stand together in one selection.
      var together: [FlatLeaf] = []
      var others: [String] = []
      for part in parts {
        if case .leaf(let leaf) = part, !leaf.isNegated,
          !together.contains(where: { $0.place == leaf.place })
        {
          together.append(leaf)
        } else {
          others.append(try condition(part))
        }
      }
      let first = together.isEmpty ? [] : [try selection(together)]
      return "(" + (first + others).joined(separator: " and ") + ")"
    case .either(let parts):
      var texts: [String] = []
      for part in parts { texts.append(try condition(part)) }
      return "(" + texts.joined(separator: " or ") + ")"
    }
  }

  private mutating func condition(_ leaf: FlatLeaf) throws(ExportLimit) -> String {
    guard leaf.isNegated else { return try selection([leaf]) }
    let field = leaf.place.keys.joined(separator: ".")
    if leaf.test == .exists { return absence(of: field) }
    let positive = try selection([leaf])
    return "(\(absence(of: field)) or not \(positive))"
  }

  private mutating func absence(of field: String) -> String {
    if let name = absent[field] { return name }
    let name = "absent\(absent.count + 1)"
    absent[field] = name
    selections += ["    \(name):", "        \(field): null"]
    return name
  }

  private mutating func selection(_ leaves: [FlatLeaf]) throws(ExportLimit) -> String {
    var lines: [String] = []
    for leaf in leaves {
      let (modifiers, values) = try Self.item(leaf.test)
      let key = SigmaTarget.quoted(leaf.place.keys.joined(separator: ".") + modifiers)
      if values.count == 1 {
        lines.append("        \(key): \(values[0])")
      } else {
        lines.append("        \(key):")
        lines += values.map { "            - \($0)" }
      }
    }
    if let known = names[lines] { return known }
    let name = "selection\(names.count + 1)"
    names[lines] = name
    selections += ["    \(name):"] + lines
    return name
  }

  /// Modifiers and values of a test.
  private static func item(_ test: RawTest) throws(ExportLimit) -> (String, [String]) {
    func literal(_ text: String) -> String {
      SigmaTarget.quoted(
        text.replacing("\\", with: "\\\\").replacing("*", with: "\\*").replacing("?", with: "\\?"))
    }
    switch test {
    case .exists: return ("|exists", ["true"])
    case .nonEmpty: return ("|re", ["'.+'"])
    case .isOneOf(let texts):
      if texts.contains("") { throw ExportLimit("it looks for an empty text, which many stores don't keep") }
      return ("|cased", texts.map(literal))
    case .isLowercased(let text): return ("", [literal(text)])
    case .isFlag(let flag): return ("", ["'\(flag)'"])
    case .isNumber(let number): return ("", [number.plainText])
    case .contains(let part): return ("|contains", [literal(part)])
    case .startsWith(let part): return ("|startswith", [literal(part)])
    case .endsWith(let part): return ("|endswith", [literal(part)])
    case .like(let pattern): return ("", [SigmaTarget.quoted(pattern.replacing("\\", with: "\\\\"))])
    case .hasPrefix(let part): return ("|startswith|cased", [literal(part)])
    case .hasSuffix(let part): return ("|endswith|cased", [literal(part)])
    case .hasPart(let part): return ("|contains|cased", [literal(part)])
    case .compares(let comparison, let number):
      let modifier =
        switch comparison {
        case .less: "|lt"
        case .atMost: "|lte"
        case .greater: "|gt"
        case .atLeast: "|gte"
        }
      return (modifier, [number.plainText])
    case .matches(let regex): return ("|re", [SigmaTarget.quoted(regex.pattern)])
    case .isDated(let names): return ("|re", [SigmaTarget.quoted(RawRegex.dated(names).pattern)])
    case .isAny: throw ExportLimit.mixesTests
    }
  }
}
