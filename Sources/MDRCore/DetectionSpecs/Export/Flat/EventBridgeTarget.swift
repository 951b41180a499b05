/// EventBridge rules' event patterns on `AWS API Call via CloudTrail` and its kin.
struct EventBridgeTarget: ExportTarget {
  let name = "eventbridge"
  let title = "Amazon EventBridge"
  let fileExtension = "json"
  let hasLanes = false
  var assumptions: [String] {
    [
      "The record is the event's detail. Read-only management events reach EventBridge only for rules in the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS; events without detail, such as Insights, are not matched.",
      "A member that is null is there for EventBridge; CloudTrail leaves such members out inside requestParameters.",
    ] + DocumentedShape.assumptions + SharedLimits.all
  }

  /// What PutRule takes.
  private static let sizeLimit = 4_096

  func text(of detection: Detection, _ lowering: ExportLowering) throws(ExportLimit) -> String {
    var lowering = lowering
    lowering.trustsShape = true
    let predicate = try FlatPredicate(try lowering.matching(detection), hasLists: true)
    let details = try EventBridgePattern.alternatives(predicate).map { $0.json }
    guard !details.isEmpty else { throw ExportLimit("it holds for no event") }
    let detail: JSONValue = details.count == 1 ? details[0] : ["$or": .array(details)]
    let pattern: JSONValue = ["detail": detail]
    let size = pattern.compactText.utf8.count
    guard size <= Self.sizeLimit else {
      throw ExportLimit("the pattern has \(size) characters, and EventBridge takes \(Self.sizeLimit)")
    }
    return pattern.prettyText + "\n"
  }
}

/// Conditions that have to hold together: for each member the values that it may have.
struct EventBridgePattern {
  /// Each member's matchers, of which one has to hold; two sets for one member can't be written.
  private var matchers: [[String]: [JSONValue]] = [:]

  var json: JSONValue {
    var object = JSONValue.object([:])
    for (keys, values) in matchers { object = Self.adding(values, at: keys[...], to: object) }
    return object
  }

  private static func adding(_ values: [JSONValue], at keys: ArraySlice<String>, to value: JSONValue)
    -> JSONValue
  {
    guard let key = keys.first else { return .array(values) }
    var members = value.members
    members[key] = adding(values, at: keys.dropFirst(), to: members[key] ?? .object([:]))
    return .object(members)
  }

  /// The condition as alternatives of plain patterns.
  static func alternatives(_ predicate: FlatPredicate) throws(ExportLimit) -> [EventBridgePattern] {
    var patterns: [EventBridgePattern] = []
    for leaves in try conjunctions(predicate) {
      if let pattern = try EventBridgePattern(leaves) { patterns.append(pattern) }
    }
    return patterns
  }

  private static func conjunctions(_ predicate: FlatPredicate) throws(ExportLimit) -> [[FlatLeaf]] {
    switch predicate {
    case .constant(let holds): return holds ? [[]] : []
    case .leaf(let leaf): return [[leaf]]
    case .either(let parts):
      var all: [[FlatLeaf]] = []
      for part in merged(parts) { all += try conjunctions(part) }
      return all
    case .all(let parts):
      var all: [[FlatLeaf]] = [[]]
      for part in parts {
        let choices = try conjunctions(part)
        guard all.count * choices.count <= 256 else {
          throw ExportLimit("it has too many alternatives for $or")
        }
        all = all.flatMap { one in choices.map { one + $0 } }
      }
      return all
    }
  }

  /// Plain alternatives on one member as one alternative, so that they make one list.
  private static func merged(_ parts: [FlatPredicate]) -> [FlatPredicate] {
    var merged: [FlatPredicate] = []
    for part in parts {
      if case .leaf(let leaf) = part, !leaf.isNegated,
        let index = merged.firstIndex(where: { other in
          if case .leaf(let first) = other { !first.isNegated && first.place == leaf.place } else { false }
        }), case .leaf(let first) = merged[index]
      {
        merged[index] = .leaf(
          FlatLeaf(place: leaf.place, test: .isAny([first.test, leaf.test]), isNegated: false))
      } else {
        merged.append(part)
      }
    }
    return merged
  }

  /// One alternative; `nil` where its conditions exclude each other.
  private init?(_ leaves: [FlatLeaf]) throws(ExportLimit) {
    var byMember: [(keys: [String], leaves: [FlatLeaf])] = []
    for leaf in leaves {
      let keys = leaf.place.keys
      if let index = byMember.firstIndex(where: { $0.keys == keys }) {
        if !byMember[index].leaves.contains(leaf) { byMember[index].leaves.append(leaf) }
      } else {
        byMember.append((keys, [leaf]))
      }
    }
    for (keys, leaves) in byMember {
      guard let values = try Self.matchers(leaves, keys) else { return nil }
      matchers[keys] = values
    }
  }

  private static func matchers(_ leaves: [FlatLeaf], _ keys: [String]) throws(ExportLimit) -> [JSONValue]? {
    let positive = leaves.filter { !$0.isNegated && $0.test != .exists && $0.test != .nonEmpty }
    let negative = leaves.filter { $0.isNegated && $0.test != .exists }
    let isAbsent = leaves.contains { $0.isNegated && $0.test == .exists }
    let isPresent = leaves.contains { !$0.isNegated && ($0.test == .exists || $0.test == .nonEmpty) }
    if isAbsent { return positive.isEmpty && !isPresent ? [["exists": false]] : nil }
    if positive.isEmpty, negative.isEmpty { return [["exists": true]] }
    if positive.isEmpty {
      var excluded: [JSONValue] = []
      for leaf in negative { excluded += try values(leaf.test, keys) }
      return [try anythingBut(excluded, keys)] + (isPresent ? [] : [["exists": false]])
    }
    guard positive.count == 1 else {
      // Lists of exact texts are cut against each other.
      var common: [String]?
      for leaf in positive {
        guard case .isOneOf(let texts) = leaf.test else {
          throw ExportLimit("two patterns would have to hold for \(keys.joined(separator: "."))")
        }
        common = common.map { $0.filter(texts.contains) } ?? texts
      }
      return (common ?? []).isEmpty ? nil : common?.map { .string($0) }
    }
    guard !negative.isEmpty else { return try values(positive[0].test, keys) }
    guard case .isOneOf(let texts) = positive[0].test else {
      throw ExportLimit("a pattern and an exception would have to hold for \(keys.joined(separator: "."))")
    }
    var kept = texts
    for leaf in negative {
      guard case .isOneOf(let excluded) = leaf.test else {
        guard case .isDated = leaf.test else {
          throw ExportLimit("a value and an exception would have to hold for \(keys.joined(separator: "."))")
        }
        continue
      }
      kept.removeAll(where: excluded.contains)
    }
    return kept.isEmpty ? nil : kept.map { .string($0) }
  }

  /// EventBridge takes one kind of matcher behind `anything-but`.
  private static func anythingBut(_ excluded: [JSONValue], _ keys: [String]) throws(ExportLimit) -> JSONValue
  {
    if excluded.allSatisfy({ $0.string != nil }) { return ["anything-but": .array(excluded)] }
    let kinds = Set(excluded.flatMap { $0.string == nil ? Array($0.members.keys) : [""] })
    guard kinds.count == 1, let kind = kinds.first, kind != "numeric", kind != "" else {
      throw ExportLimit(
        "anything-but takes one kind of matcher, and \(keys.joined(separator: ".")) needs several")
    }
    var inner: [JSONValue] = []
    for value in excluded {
      guard let text = value[kind] else { continue }
      guard text.string != nil else {
        throw ExportLimit("anything-but can't leave the case of \(keys.joined(separator: ".")) aside")
      }
      inner.append(text)
    }
    return ["anything-but": .object([kind: inner.count == 1 ? inner[0] : .array(inner)])]
  }

  /// The matchers of a test's positive form, of which one has to hold.
  private static func values(_ test: RawTest, _ keys: [String]) throws(ExportLimit) -> [JSONValue] {
    func anyCase(_ text: String) -> JSONValue { ["equals-ignore-case": .string(text)] }
    switch test {
    case .exists, .nonEmpty: return [["exists": true]]
    case .isOneOf(let texts): return texts.map { .string($0) }
    case .isNumber(let number): return [["numeric": ["=", .decimal(number)]]]
    case .isFlag(let flag): return [.bool(flag), anyCase("\(flag)")]
    case .isAny(let tests):
      var all: [JSONValue] = []
      for test in tests { all += try values(test, keys) }
      return all
    case .isLowercased(let text): return [anyCase(text)]
    case .startsWith(let part): return [["prefix": anyCase(part)]]
    case .endsWith(let part): return [["suffix": anyCase(part)]]
    case .hasPrefix(let part): return [["prefix": .string(part)]]
    case .hasSuffix(let part): return [["suffix": .string(part)]]
    case .hasPart(let part): return [["wildcard": .string("*\(part)*")]]
    case .isDated(let names): return names.map { ["prefix": .string($0 + "20")] }
    case .compares(let comparison, let number):
      return [["numeric": [.string(comparison.rawValue), .decimal(number)]]]
    case .like(let pattern): return [try like(pattern, keys)]
    case .contains:
      throw ExportLimit("a part of \(keys.joined(separator: ".")) is looked for whatever its case")
    case .matches(let regex):
      guard let wildcards = regex.wildcards else {
        throw ExportLimit("\(keys.joined(separator: ".")) is compared with a regular expression")
      }
      return wildcards.map { ["wildcard": .string($0)] }
    }
  }

  /// Patterns with one `*` at an end; others can't be matched whatever the case.
  private static func like(_ pattern: String, _ keys: [String]) throws(ExportLimit) -> JSONValue {
    let inner = pattern.filter { $0 != "*" }
    guard !pattern.contains("?"), pattern.count - inner.count <= 1 else {
      throw ExportLimit("parts of \(keys.joined(separator: ".")) are looked for whatever their case")
    }
    let folded: JSONValue = ["equals-ignore-case": .string(inner)]
    if pattern.hasSuffix("*") { return ["prefix": folded] }
    if pattern.hasPrefix("*") { return ["suffix": folded] }
    guard inner == pattern else {
      throw ExportLimit("both ends of \(keys.joined(separator: ".")) are looked for whatever their case")
    }
    return folded
  }
}
