/// One statement of a policy, whose parts only mean something together.
struct PolicyStatement: Equatable {
  let json: JSONValue
  let isAllow: Bool
  private let actions: [Glob]
  /// Whether every action of every service is named in a spelling of its own.
  private let namesEverything: Bool
  /// Keys under operators that demand a value; `Not…`, `…IfExists` and `Null` leave the door open.
  private let positiveConditions: [BoundKey]

  init(_ json: JSONValue) {
    self.json = json
    let actions = Self.texts(json["Action"])
    self.actions = actions.map(Glob.init)
    namesEverything = actions.contains("*:*")
    isAllow = json["Effect"]?.string?.lowercased() == "allow"
    positiveConditions = isAllow ? Self.positiveConditions(json["Condition"]) : []
  }

  /// A member's texts, whether written as one text or as a list.
  fileprivate static func texts(_ value: JSONValue?) -> [String] {
    if let text = value?.scalarText { return [text] }
    return value?.elements.compactMap(\.scalarText) ?? []
  }

  /// AWS principals; a bare `*` stands for `{"AWS": "*"}`.
  private var principals: [String] {
    guard let principal = json["Principal"] else { return [] }
    return principal.string.map { [$0] } ?? Self.texts(principal["AWS"])
  }

  /// Whether anyone at all is let in: by `*`, or by all but some.
  private var namesAnyone: Bool { principals.contains("*") || json["NotPrincipal"] != nil }

  /// Whether everything a test asks for is in this statement.
  func satisfies(_ test: StatementTest, scope: AccountScope) -> Truth {
    guard isAllow else { return .no }
    if !test.actions.isEmpty, !test.actions.contains(where: grants) { return .no }
    if let resource = test.resource, !covers(resource) { return .no }
    if let key = test.withoutCondition, isNarrowed(by: Glob(key)) { return .no }
    switch test.principal {
    case nil: return .yes
    case .anyone: return namesAnyone && !isNarrowed ? .yes : .no
    case .external: return externalPrincipal(scope: scope)
    case .accountRoot:
      return principals.contains { text in
        text == scope.ownAccount
          || (text.hasSuffix(":root") && AccountScope.account(in: text) == scope.ownAccount)
      } ? .yes : .no
    case .federated(let pattern):
      return Self.texts(json["Principal"]?["Federated"]).contains(where: Glob(pattern).matches) ? .yes : .no
    case .like(let pattern):
      let names = principals + Self.texts(json["Principal"]?["Service"])
      return names.contains(where: Glob(pattern).matches) ? .yes : .no
    }
  }

  /// Whether someone outside the organisation is let in, by name or by an open door.
  func letsOutsidersIn(scope: AccountScope) -> Truth {
    guard isAllow else { return .no }
    return namesAnyone && !isNarrowed ? .yes : externalPrincipal(scope: scope)
  }

  /// Whether an outsider is let in by name: as a principal, or in the condition that narrows "anyone".
  private func externalPrincipal(scope: AccountScope) -> Truth {
    let bound = namesAnyone && isNarrowed ? accountConditions : []
    var named = principals.filter { $0 != "*" }
    if !named.isEmpty, deliversLogs { named.removeAll(where: LogDelivery.reviewed.holds) }
    return Self.strongest((named + bound).map(scope.isExternal))
  }

  /// Whether all that is allowed is what AWS's own accounts need to write logs into a bucket.
  private var deliversLogs: Bool {
    let names = Self.texts(json["Action"])
    return json["NotAction"] == nil && !names.isEmpty
      && names.allSatisfy { LogDelivery.actions.contains($0.lowercased()) }
  }

  private static func strongest(_ truths: [Truth]) -> Truth {
    truths.contains(.yes) ? .yes : (truths.contains(.unknown) ? .unknown : .no)
  }

  /// Whether the statement grants an action in full: `iam:*` grants `iam:PassRole`, not the other way round.
  private func grants(_ action: String) -> Bool {
    if json["NotAction"] != nil {
      return !Self.texts(json["NotAction"]).contains { Glob.matches($0, action) }
    }
    if namesEverything, action == "*" { return true }
    return Glob.withSmallLetters(action) { action in actions.contains { $0.matches(action) } }
  }

  private func covers(_ resource: String) -> Bool {
    if json["NotResource"] != nil {
      return !Self.texts(json["NotResource"]).contains { Glob.matches($0, resource) }
    }
    return Self.texts(json["Resource"]).contains {
      Glob.matches($0, resource) || resource == "*" && Self.isEverything($0)
    }
  }

  /// ARNs that name every resource of every service, as a regular expression for exports.
  static let everyARN = "^\(anyARN)$"
  private static let anyARN = "arn:([^:]+:)?[*:]*[*]"

  private static func isEverything(_ pattern: String) -> Bool {
    guard pattern.hasPrefix("arn:"), pattern.hasSuffix("*") else { return false }
    let rest = pattern.dropFirst(4)
    let isWild = { (text: Substring) in text.utf8.allSatisfy("*:".utf8.contains) }
    guard let colon = rest.firstIndex(of: ":"), colon != rest.startIndex else { return isWild(rest) }
    return isWild(rest[colon...])
  }
}

extension PolicyStatement {
  /// Condition keys that bind a call to known principals, networks or resources.
  static let narrowingKeys: Set<String> = [
    "aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount", "aws:principalarn", "aws:userid",
    "aws:sourceaccount", "aws:sourcearn", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths",
    "aws:sourcevpc", "aws:sourcevpcarn", "aws:sourcevpce", "aws:vpceaccount", "aws:vpceorgid",
    "aws:vpceorgpaths", "aws:vpcsourceip", "aws:sourceip", "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn", "kms:calleraccount", "aws:principalisawsservice",
    // A file system's mount targets stand in its own network: the policy that EFS itself proposes asks for no more.
    "elasticfilesystem:accessedviamounttarget",
  ]
  /// Condition keys whose values name an account, as an id or in an ARN.
  static let accountKeys: Set<String> = [
    "aws:principalaccount", "aws:principalarn", "aws:sourceaccount", "aws:sourcearn", "aws:sourceowner",
    "aws:vpceaccount", "kms:calleraccount", "s3:dataaccesspointaccount", "s3:dataaccesspointarn",
  ]

  /// Operators that demand a value.
  static let demands: Set<String> = [
    "stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress", "bool",
  ]

  /// Condition values that everybody satisfies, as a regular expression for exports: only wildcards, any
  /// organisation, any ARN, a principal's name in any account, a workflow of any owner, and `false`.
  static let openValue =
    "^([*?:/]*|repo:[*?]+([/:].*)?|o-[*?]+|\(anyARN)|arn:[^:]*:(iam|sts):[^:]*:[*?]+(:.*)?|[Ff][Aa][Ll][Ss][Ee])$"

  /// Whether a value is one of those.
  static func isOpen(_ value: String) -> Bool {
    func isWild(_ text: Substring) -> Bool { !text.isEmpty && text.utf8.allSatisfy("*?".utf8.contains) }
    if value.utf8.allSatisfy("*?:/".utf8.contains) || value.lowercased() == "false" { return true }
    if value.hasPrefix("repo:") { return isWild(value.dropFirst(5).prefix { $0 != "/" && $0 != ":" }) }
    if value.hasPrefix("o-") { return isWild(value.dropFirst(2)) }
    guard value.hasPrefix("arn:") else { return false }
    if isEverything(value) { return true }
    let parts = value.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    return parts.count > 4 && (parts[2] == "iam" || parts[2] == "sts") && isWild(parts[4])
  }

  /// Whether a condition keeps the public out: a positive operator on such a key, with a value that is not everything.
  var isNarrowed: Bool { positiveConditions.contains { Self.narrowingKeys.contains($0.key) && $0.narrows } }

  /// Whether a condition on a key like the pattern narrows the statement.
  func isNarrowed(by pattern: Glob) -> Bool {
    positiveConditions.contains { pattern.matches($0.key) && $0.narrows }
  }

  /// Account ids that conditions bind the statement to.
  var accountConditions: [String] {
    positiveConditions.filter { Self.accountKeys.contains($0.key) }.flatMap(\.values)
  }

  fileprivate struct BoundKey: Equatable {
    let key: String
    let values: [String]

    /// One value that fits everything undoes the others.
    var narrows: Bool {
      let blocks = values.compactMap(CIDRBlock.init)
      return !values.isEmpty && !CIDRBlock.coverWorld(blocks)
        && !values.contains(where: PolicyStatement.isOpen)
    }
  }

  fileprivate static func positiveConditions(_ conditions: JSONValue?) -> [BoundKey] {
    (conditions?.members ?? [:]).flatMap { condition -> [BoundKey] in
      let name = condition.key.lowercased().split(separator: ":").last.map(String.init) ?? ""
      guard demands.contains(name), !condition.key.lowercased().hasPrefix("forallvalues") else {
        return []
      }
      return condition.value.members.map { BoundKey(key: $0.key.lowercased(), values: texts($0.value)) }
    }
  }
}
