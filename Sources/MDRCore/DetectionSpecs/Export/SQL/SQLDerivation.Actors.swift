extension SQLDerivation {
  /// Role ARN to path, path to name, name to the actor's key, key to words.
  mutating func actorLevels() throws(ExportLimit) {
    let role = ExportLowering.arn + "role/"
    let session = ExportLowering.arn + "assumed-role/"
    add([
      "CASE WHEN \(dialect.matches("role_arn", role)) THEN \(dialect.extracted("role_arn", role + "((?s:.*))$")) "
        + "WHEN \(dialect.matches("role_arn", session)) THEN \(dialect.extracted("role_arn", session + "([^/]*)")) "
        + "END AS role_path"
    ])
    add([
      "CASE WHEN \(dialect.matches("role_path", "[^/]")) THEN \(dialect.extracted("role_path", "([^/]+)/*$")) "
        + "ELSE role_path END AS role_name",
      "CASE WHEN \(dialect.matches("role_path", GeneratedSuffix.place)) "
        + "THEN \(dialect.replaced("role_path", "^(?s:.*)-", "")) ELSE '' END AS role_suffix",
    ])
    let rules = GeneratedSuffix.rules.map {
      "WHEN \(dialect.matches("role_suffix", $0.pattern)) THEN \($0.stays ? "role_suffix" : "'{rnd}'")"
    }
    add([
      "\(generated("role_path")) AS role_tokens",
      "CASE \(rules.joined(separator: " ")) ELSE '{rnd}' END AS role_end",
    ])
    add([
      "CASE WHEN role_end = '{rnd}' THEN \(dialect.replaced("role_tokens", "--[0-9A-Za-z]{12,13}$", "--{rnd}")) "
        + "ELSE role_tokens END AS role_key"
    ])
    add(["\(try named()) AS actor"])
    let name = dialect.replaced(dialect.replaced("actor", "^[^:]*:", ""), "[{][a-z]+[}]", "0")
    let acronyms = dialect.replaced(name, "(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1 $2")
    let parted = dialect.replaced(acronyms, "([\\p{Ll}\\p{N}])(\\p{Lu})", "$1 $2")
    let spaced = dialect.replaced(parted, "[^\\p{L}\\p{N}]+", " ")
    add(["\(dialect.lower("concat(' ', \(spaced), ' ')")) AS actor_words"])
  }

  /// The actor's key, by the type, and where the type doesn't say by the ARN.
  private mutating func named() throws(ExportLimit) -> String {
    let (type, arn, account) = (column(.type), column(.arn), column(.accountID))
    let (user, principal, invoked) = (column(.userName), column(.principalID), column(.invokedBy))
    let person = dialect.column(.userID) == nil ? [] : [column(.userID)]
    let ofUser = ExportLowering.arn + "user/((?s:.*))$"
    func userName(_ arn: String) -> String {
      "CASE WHEN \(dialect.matches(arn, ofUser)) THEN concat('user:', \(dialect.extracted(arn, ofUser))) END"
    }
    func first(_ texts: String...) -> String { "coalesce(\(texts.joined(separator: ", ")), 'unknown')" }
    let subject = first(user, principal)
    let vouching = vouching(user: user, principal: principal)
    let slr = "^aws-service-role/+([^/]+)"
    let permissionSet = dialect.replaced(
      dialect.replaced("role_name", "^AWSReservedSSO_", ""), "(^|_)[0-9a-fA-F]{16}$", "")
    let isRoot = try condition(ExportLowering().actorType(.root))
    let isService = try condition(ExportLowering().actorType(.awsService))
    let cases = [
      (isRoot, "'root'"), (isService, "concat('svc:', coalesce(\(invoked), service))"),
      (
        "\(type) = 'AWSAccount'",
        "CASE WHEN coalesce(\(account), 'ANONYMOUS_PRINCIPAL') = 'ANONYMOUS_PRINCIPAL' THEN 'anonymous' "
          + "ELSE concat('xacct:', \(account)) END"
      ),
      (
        "\(type) = 'FederatedUser'",
        "concat('federated:', \(first(userName(column(.issuerARN)), column(.issuerName), user)))"
      ),
      ("\(type) = 'SAMLUser'", "concat('saml:', \(vouching), \(subject))"),
      (
        "\(type) = 'WebIdentityUser'",
        "CASE WHEN \(dialect.matches(subject, "^:*repo:+[^:]+:+[^:]")) "
          + "THEN concat('web:', \(vouching), 'repo:', \(dialect.extracted(subject, "^:*repo:+([^:]+)"))) "
          + "ELSE concat('web:', \(vouching), \(subject)) END"
      ),
      (
        "\(type) = 'IdentityCenterUser'",
        "concat('idc:', coalesce(\((person + [user]).joined(separator: ", ")), 'unknown'))"
      ),
      (
        "\(type) = 'IAMUser'",
        "coalesce(\(userName(arn)), concat('user:', \(user)), 'user:unknown')"
      ),
      (dialect.matches("role_arn", ExportLowering.ssoRole), "concat('sso:', \(permissionSet))"),
      (
        dialect.matches("role_path", slr),
        "concat('slr:', \(dialect.replaced(dialect.extracted("role_path", slr), "[.]amazonaws[.]com.*$", "")))"
      ),
      (
        dialect.matches("role_arn", ExportLowering.arn + "assumed-role/AWSServiceRoleFor"),
        "concat('slr:', \(dialect.lower(dialect.extracted("role_name", "^AWSServiceRoleFor([^_]*)"))))"
      ),
      ("role_path IS NOT NULL", "concat('role:', \(regionless("role_key")))"),
    ]
    return "CASE " + cases.map { "WHEN \($0.0) THEN \($0.1)" }.joined(separator: "\n      ")
      + "\n      ELSE coalesce(\(userName(arn)), concat('user:', \(user)), 'unknown') END"
  }

  /// The provider that vouches for a federated user, with a colon behind it.
  private mutating func vouching(user: String, principal: String) -> String {
    var cases: [String] = []
    if dialect.column(.identityProvider) != nil {
      let provider = column(.identityProvider)
      let name = ExportLowering.providerName
      cases = [
        "WHEN \(dialect.matches(provider, name)) THEN concat(\(dialect.extracted(provider, name)), ':')",
        "WHEN coalesce(\(provider), '') <> '' THEN concat(\(provider), ':')",
      ]
    }
    let start = ExportLowering.providerInPrincipal
    cases.append(
      "WHEN \(user) IS NOT NULL AND \(dialect.matches(principal, start)) "
        + "THEN concat(\(dialect.extracted(principal, start)), ':')")
    return "CASE \(cases.joined(separator: " ")) ELSE '' END"
  }

  /// A role's path with accounts, numbers and generated endings replaced, as the actor's key has it.
  private func generated(_ path: String) -> String {
    func fits(_ patterns: String...) -> String {
      patterns.map { dialect.matches("t", $0) }.joined(separator: " AND ")
    }
    let token =
      "CASE WHEN \(fits("^[0-9]{12}$")) THEN '{account}' WHEN \(fits("^[0-9]{9,}$")) THEN '{number}' "
      + "WHEN \(fits("^[0-9a-f]{8,}$", "[0-9]", "[a-f]")) THEN '{id}' ELSE t END"
    // Two dashes between tokens, so that each keeps one of its own.
    return dialect.joined(dialect.map(dialect.split("coalesce(\(path), '')", "-"), "t", token), "--")
  }

  /// Regions, which stand in three or four parts.
  private func regionless(_ key: String) -> String {
    let named = dialect.replaced(key, "(^|-)\(ExportLowering.regionTokens)(-|$)", "$1{region}$6")
    return "replace(\(named), '--', '-')"
  }
}
