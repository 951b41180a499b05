/// One statement of a policy, whose parts only mean something together.
struct PolicyStatement: Equatable {
  let json: JSONValue
  let isAllow: Bool
  /// The elements by their names in small letters; one that is written twice has the values of both.
  private let parts: [String: [JSONValue]]
  private let actions: [Glob]
  /// Whether every action of every service is named in a spelling of its own.
  private let namesEverything: Bool
  /// Keys under operators that demand a value; `Not…`, `…IfExists` and `Null` leave the door open.
  let positiveConditions: [BoundKey]

  init(_ json: JSONValue) {
    self.json = json
    let parts = Self.parts(of: json)
    self.parts = parts
    let actions = Self.texts(parts["action"])
    self.actions = actions.map(Glob.init)
    namesEverything = actions.contains("*:*")
    isAllow = parts["effect"]?.contains { $0.string?.lowercased() == "allow" } == true
    positiveConditions = isAllow ? Self.positiveConditions(parts["condition"] ?? []) : []
  }

  private static func parts(of json: JSONValue) -> [String: [JSONValue]] {
    var parts: [String: [JSONValue]] = [:]
    for (name, value) in json.members { parts[name.lowercased(), default: []] += value.listed }
    return parts
  }

  /// An element's texts, whether written as one text or as a list.
  static func texts(_ values: [JSONValue]?) -> [String] { values?.compactMap(\.scalarText) ?? [] }

  private func texts(_ name: String) -> [String] { Self.texts(parts[name]) }

  /// Principals of a kind, such as `aws` or `service`.
  private func principals(_ kind: String) -> [String] {
    (parts["principal"] ?? []).flatMap { Self.texts(Self.parts(of: $0)[kind]) }
  }

  /// AWS principals; a bare `*` stands for `{"AWS": "*"}`, and so does one under a name of its own.
  private var principals: [String] { texts("principal") + principals("aws") + principals("*") }

  /// Whether anyone at all is let in: by `*`, or by all but some.
  private var namesAnyone: Bool { parts["notprincipal"] != nil || principals.contains(where: Self.isAnyone) }

  /// Whether a principal is everybody, as `*` or in any account.
  private static func isAnyone(_ principal: String) -> Bool {
    let name = principal.drop(while: \.isWhitespace)
    return name.first == "*" && name.dropFirst().allSatisfy(\.isWhitespace)
      || principal.hasPrefix("arn:") && isOpen(principal)
  }

  /// Whether everything a test asks for is in this statement.
  func satisfies(_ test: StatementTest, scope: AccountScope) -> Truth {
    guard isAllow else { return .no }
    if test.actions.isEmpty {
      if let resource = test.resource, !covers(resource) { return .no }
    } else if !test.actions.contains(where: { grants($0, on: test.resource) }) {
      return .no
    }
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
      return principals("federated").contains(where: Glob(pattern).matches) ? .yes : .no
    case .like(let pattern):
      let names = principals + principals("service")
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
    // A provider of another account vouches for that account's people.
    var named = (principals + principals("federated")).filter { $0 != "*" }
    if !named.isEmpty, deliversLogs { named.removeAll(where: LogDelivery.reviewed.holds) }
    return Self.strongest((named + bound).map(scope.isExternal))
  }

  /// Whether all that is allowed is what AWS's own accounts need to write logs into a bucket.
  private var deliversLogs: Bool {
    let names = texts("action")
    return parts["notaction"] == nil && !names.isEmpty
      && names.allSatisfy { LogDelivery.actions.contains($0.lowercased()) }
  }

  private static func strongest(_ truths: [Truth]) -> Truth {
    truths.contains(.yes) ? .yes : (truths.contains(.unknown) ? .unknown : .no)
  }

  /// Whether the statement grants an action in full: `iam:*` grants `iam:PassRole`, not the other way round.
  private func grants(_ action: String) -> Bool {
    if parts["notaction"] != nil {
      return !texts("notaction").contains { Glob.matches($0, action) }
    }
    if namesEverything, action == "*" { return true }
    return Glob.withSmallLetters(action) { action in actions.contains { $0.matches(action) } }
  }

  /// Whether the statement grants an action in full on a resource, where one is asked for.
  private func grants(_ action: String, on resource: String?) -> Bool {
    guard grants(action) else { return false }
    return resource.map { covers($0) || $0 == "*" && coversAll(of: action) } ?? true
  }

  private func covers(_ resource: String) -> Bool {
    if parts["notresource"] != nil {
      return !texts("notresource").contains { Glob.matches($0, resource) }
    }
    return texts("resource").contains {
      Glob.matches($0, resource) || resource == "*" && Self.isEverything($0)
    }
  }

  /// Whether a resource is all that IAM's action can be about: everything in the account, or all of its kind.
  private func coversAll(of action: String) -> Bool {
    let name = action.lowercased()
    guard name.hasPrefix("iam:") || name.hasPrefix("sts:") else { return false }
    return texts("resource").contains { pattern in
      let names = pattern.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      guard names.count > 3, names[0] == "arn", names[2] == "iam" || Self.isWild(names[2]) else {
        return false
      }
      // A wildcard that ends an ARN early stands for all that is left out.
      if names.last.map(Self.isWild) == true { return true }
      guard names.count == 6 else { return false }
      // To pass any role of the account is common, and weighed by itself.
      guard name != "iam:passrole", let kind = Self.kinds.first(where: { name.contains($0.mark) })?.kind
      else { return false }
      return names[5].hasPrefix(kind) && Self.isWild(names[5].dropFirst(kind.count))
    }
  }

  /// What IAM's actions are about, by a word in their names.
  private static let kinds = [
    (mark: "role", kind: "role/"), (mark: "group", kind: "group/"), (mark: "user", kind: "user/"),
    (mark: "accesskey", kind: "user/"), (mark: "loginprofile", kind: "user/"),
    (mark: "policyversion", kind: "policy/"),
  ]

  /// ARNs that name every resource of every service, as a regular expression for exports.
  static let everyARN = "^(\(anyARN))$"
  static let anyARN = "(a|ar|arn|arn:)[?]*[*][*?]*|arn:([^:]+:)?[*:]*[*]"

  /// Whether an ARN, or what is left of one, names every resource of every service: `a*` is one, for all ARNs begin so.
  static func isEverything(_ pattern: String) -> Bool {
    if let wild = pattern.firstIndex(where: isWildcard), wild != pattern.startIndex,
      "arn:".hasPrefix(pattern[..<wild]), isWild(pattern[wild...]), pattern.contains("*")
    {
      return true
    }
    guard pattern.hasPrefix("arn:"), pattern.hasSuffix("*") else { return false }
    let rest = pattern.dropFirst(4)
    let isOnlyWild = { (text: Substring) in text.utf8.allSatisfy("*:".utf8.contains) }
    guard let colon = rest.firstIndex(of: ":"), colon != rest.startIndex else { return isOnlyWild(rest) }
    return isOnlyWild(rest[colon...])
  }

  static func isWildcard(_ character: Character) -> Bool { character == "*" || character == "?" }

  /// Whether a text is made of wildcards only.
  static func isWild(_ text: Substring) -> Bool { !text.isEmpty && text.allSatisfy(isWildcard) }
}
