/// Reads a detection file; strict, so that a typing mistake can't silence a detection.
struct DetectionParser {
  let file: String
  let lines: [Substring]
  var next = 0

  /// Parses a file's text.
  static func parse(_ text: String, file: String) throws(DetectionFileError) -> Detection {
    var parser = DetectionParser(
      file: file, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    let front = try parser.frontMatter()
    let body = try parser.body()
    let (logicText, logicLine) = body.logic
    let rule: LogicRule
    do {
      rule = try LogicParser.parseRule(logicText)
    } catch {
      let moved = error.shifted(by: logicLine)
      throw DetectionFileError(
        file: file, line: moved.line, reason: "\(error.reason) (column \(error.column))", mend: error.mend)
    }
    let severity = try front.choice("severity", Severity.init, Severity.allCases.map(\.rawValue))
    // Whoever holds such a role may do harm too, so that it stays one to look at.
    let lesser = Severity.allCases.filter { $0 >= .medium && $0 < severity }
    return Detection(
      id: try front.text("id"), title: try front.text("title"), severity: severity,
      severityByDeployment: front.entries["severity_by_deployment"] == nil
        ? nil : try front.choice("severity_by_deployment", Severity.init, lesser.map(\.rawValue)),
      status: try front.choice("status", { $0 }, ["draft", "reviewed", "retired"]),
      owner: try front.text("owner"),
      businessFamily: try front.choice(
        "business_family", BusinessFamily.init, BusinessFamily.allCases.map(\.rawValue)),
      businessRisk: try front.choice(
        "business_risk", BusinessRisk.init, BusinessRisk.allCases.map(\.rawValue)),
      overrideClass: front.entries["override_class"] == nil
        ? nil
        : try front.choice("override_class", OverrideClass.init, OverrideClass.allCases.map(\.rawValue)),
      attack: try front.list("attack").map { item throws(DetectionFileError) in try parser.attack(item) },
      logSource: try front.text("log_source"), references: try front.list("references").map(\.text),
      matchesWithoutBaseline: try front.choice("without_baseline", { $0 == "match" }, ["match", "silent"]),
      prose: body.prose, logic: rule.expression, correlation: rule.correlation, logicText: logicText,
      examples: body.examples, file: file, text: text)
  }

  func error(_ line: Int, _ reason: String, _ mend: String) -> DetectionFileError {
    DetectionFileError(file: file, line: line, reason: reason, mend: mend)
  }

  private mutating func frontMatter() throws(DetectionFileError) -> FrontMatter {
    guard lines.first == "---" else {
      throw error(1, "the front matter is missing", "start the file with ---")
    }
    guard let end = lines.dropFirst().firstIndex(of: "---") else {
      throw error(1, "the front matter doesn't end", "close it with a line of ---")
    }
    var front = FrontMatter(file: file, entries: [:], end: end + 1)
    var current: String?
    for index in 1..<end where !lines[index].allSatisfy(\.isWhitespace) {
      let line = lines[index]
      if line.hasPrefix("  - ") {
        guard let key = current, front.entries[key]?.isList == true else {
          throw error(
            index + 1, "a list item belongs to no key", "write the key with an empty value above it")
        }
        front.entries[key]?.items.append(.init(text: String(line.dropFirst(4)), line: index + 1))
        continue
      }
      guard let colon = line.firstIndex(of: ":"), line.first?.isWhitespace == false else {
        throw error(
          index + 1, "\(line) is no key and value",
          "write key: value, and list items as two blanks and - item")
      }
      let key = String(line[..<colon])
      guard FrontMatter.keys.contains(key) else {
        throw error(
          index + 1, "\(key) is no key of a detection", "use \(FrontMatter.keys.joined(separator: ", "))")
      }
      guard front.entries[key] == nil else {
        throw error(index + 1, "\(key) is given twice", "keep one of them")
      }
      let value = line[line.index(after: colon)...].trimmed
      front.entries[key] = .init(line: index + 1, value: value, isList: value.isEmpty, items: [])
      current = key
    }
    next = end + 1
    return front
  }

  private func attack(_ item: FrontMatter.Item) throws(DetectionFileError) -> AttackReference {
    let parts = item.text.split(separator: "|").map(\.trimmed)
    guard parts.count == 4, parts[0].isTechniqueID, parts[3].hasPrefix("v18 ") else {
      throw error(
        item.line, "\(item.text) is no ATT&CK reference", "write T1098.001 | Name | tactic | v18 T1098.001")
    }
    return AttackReference(id: parts[0], name: parts[1], tactic: parts[2], v18: String(parts[3].dropFirst(4)))
  }
}

/// The keys and values at the head of a detection file.
struct FrontMatter {
  struct Item: Equatable {
    var text: String
    var line: Int
  }

  struct Entry {
    var line: Int
    var value: String
    var isList: Bool
    var items: [Item]
  }

  static let keys = [
    "id", "title", "severity", "severity_by_deployment", "status", "owner", "business_family",
    "business_risk",
    "override_class", "attack", "log_source", "references", "without_baseline",
  ]

  let file: String
  var entries: [String: Entry]
  let end: Int

  func text(_ key: String) throws(DetectionFileError) -> String {
    guard let entry = entries[key], !entry.value.isEmpty else {
      throw DetectionFileError(
        file: file, line: entries[key]?.line ?? end, reason: "\(key) is missing",
        mend: "add \(key): … to the front matter")
    }
    return entry.value
  }

  func list(_ key: String) throws(DetectionFileError) -> [Item] {
    guard let entry = entries[key] else { return [] }
    guard entry.isList else {
      throw DetectionFileError(
        file: file, line: entry.line, reason: "\(key) is no list",
        mend: "write its items below it, each as - item")
    }
    return entry.items
  }

  func choice<Value>(_ key: String, _ make: (String) -> Value?, _ choices: [String])
    throws(DetectionFileError) -> Value
  {
    let text = try text(key)
    guard choices.contains(text), let value = make(text) else {
      throw DetectionFileError(
        file: file, line: entries[key]?.line ?? end, reason: "\(text) is no \(key)",
        mend: "use one of \(choices.joined(separator: ", "))")
    }
    return value
  }
}

extension StringProtocol {
  /// The text without blanks at its ends.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }

  /// Spelled as ATT&CK spells techniques: `T1098` or `T1098.001`.
  var isTechniqueID: Bool {
    let digits = dropFirst().map { $0 == "." ? "." : ($0.isNumber ? "0" : "x") }.joined()
    return hasPrefix("T") && (digits == "0000" || digits == "0000.000")
  }
}
