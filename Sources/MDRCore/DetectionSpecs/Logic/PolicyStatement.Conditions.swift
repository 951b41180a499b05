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

  /// Condition values that everybody satisfies, as a regular expression for exports: what begins with a wildcard or has
  /// one before anything is named that is somebody's; any organisation; a workflow or workspace of any owner; an ARN of
  /// any account, or of a resource of any name where ARNs have no account; what the caller brings along; and `false`.
  static let openValue =
    "^([*?:/]*|([^o:/*?$][^:/*?]*|o([^-:/*?][^:/*?]*)?|o-)?[*?].*|[a-z_]{4,}:[*?].*|\(anyARN)|\(anyAccount)|"
    + "[$][{](\(callersOwn)).*|[Ff][Aa][Ll][Ss][Ee])$"
  private static let anyAccount =
    "arn:([^:]*:){0,3}[^:]*[*?][^:]*|arn:[^:]*:[^:]*:[^:]*:[$][{](\(callersOwn)).*|"
    + "arn:[^:]*:(iam|sts|[^:]*[*?][^:]*):[^:]*:[^:]*[*?][^:]*:.*|arn:[^:]*:[^:]*:[^:]*::[*?]+"
  /// Keys whose values are the caller's own, so that any caller equals them.
  private static let callersOwn =
    "aws:([Pp][Rr][Ii][Nn]|[Ss][Oo][Uu][Rr]|[Uu][Ss][Ee][Rr]|[Vv][Pp][Cc][Ee])|kms:[Cc][Aa][Ll][Ll]"

  /// Whether a value is one of those.
  static func isOpen(_ value: String) -> Bool {
    if value.utf8.allSatisfy("*?:/".utf8.contains) || value.lowercased() == "false" { return true }
    if isCallersOwn(value[...]) || isEverything(value) || isOfCallersAccount(value) { return true }
    guard let wild = value.firstIndex(where: isWildcard) else { return false }
    let named = value[..<wild]
    if !named.contains(":"), !named.contains("/") {
      return !named.hasPrefix("o-") && !named.hasPrefix("$") || named == "o-"
    }
    guard value.hasPrefix("arn:") else {
      // Behind the first word stands whose it is: `repo:` and an owner, `organization:` and a name.
      let word = named.dropLast()
      return named.last == ":" && word.count >= 4
        && word.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0 &- UInt8(ascii: "a") < 26 }
    }
    return isOfAnyAccount(value)
  }

  /// Whether an ARN with a wildcard leaves open whose account it is of.
  private static func isOfAnyAccount(_ arn: String) -> Bool {
    let names = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard names.count == 6 else { return names.last?.contains(where: isWildcard) == true }
    if names[4].isEmpty && isWild(names[5]) { return true }
    let namesPrincipals = names[2] == "iam" || names[2] == "sts" || names[2].contains(where: isWildcard)
    return namesPrincipals && names[4].contains(where: isWildcard)
  }

  private static func isOfCallersAccount(_ arn: String) -> Bool {
    let names = arn.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
    return names.count == 5 && names[0] == "arn" && isCallersOwn(names[4])
  }

  private static func isCallersOwn(_ value: Substring) -> Bool {
    guard value.hasPrefix("${") else { return false }
    let key = value.dropFirst(2)
    let namespace = key.prefix(4)
    let name = key.dropFirst(4).lowercased()
    return namespace == "aws:" && ["prin", "sour", "user", "vpce"].contains(where: name.hasPrefix)
      || namespace == "kms:" && name.hasPrefix("call")
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

  struct BoundKey: Equatable {
    let key: String
    let values: [String]

    /// One value that fits everything undoes the others.
    var narrows: Bool {
      let blocks = values.compactMap(CIDRBlock.init)
      return !values.isEmpty && !CIDRBlock.areBroad(blocks)
        && !values.contains(where: PolicyStatement.isOpen)
    }
  }

  static func positiveConditions(_ conditions: [JSONValue]) -> [BoundKey] {
    conditions.flatMap(\.members).flatMap { condition -> [BoundKey] in
      let name = condition.key.lowercased().split(separator: ":").last.map(String.init) ?? ""
      guard demands.contains(name), !condition.key.lowercased().hasPrefix("forallvalues") else {
        return []
      }
      return condition.value.listed.flatMap(\.members).map {
        BoundKey(key: $0.key.lowercased(), values: texts($0.value.listed))
      }
    }
  }
}
