/// The actor's key: from a role's ARN to its path, its name, and what stands for both.
extension PipelineDerivation {
  /// Role ARN to path, path to name, name to the actor's key.
  mutating func actor() throws(ExportLimit) {
    let none = dialect.literal("")
    add(
      "role_arn",
      dialect.chosen(
        [(dialect.isOneOf(text(.type), ExportLowering.typeNames), none)],
        otherwise: dialect.first([dialect.text(.issuerARN)], otherwise: text(.arn))))
    let role = ExportLowering.arn + "role/"
    let session = ExportLowering.arn + "assumed-role/"
    add(
      "role_path",
      dialect.chosen(
        [
          (dialect.matches("role_arn", role), dialect.replaced("role_arn", role + "((?s:.*))$", "$1")),
          (
            dialect.matches("role_arn", session),
            dialect.replaced("role_arn", session + "([^/]*)(?s:.*)$", "$1")
          ),
        ], otherwise: none))
    add("role_name", dialect.replaced("role_path", "^(?s:.*/)?([^/]+)/*$", "$1"))
    add("role_key", dialect.replaced("role_path", "-", "--"))
    // A token's own dashes stand around it. What only looks generated carries a mark while the rest is replaced.
    for (pattern, template) in Self.generated {
      add("role_key", dialect.replaced("role_key", "(^|-)\(pattern)(-|$)", template))
    }
    add(
      "role_suffix",
      dialect.chosen(
        [
          (
            dialect.matches("role_path", GeneratedSuffix.place),
            dialect.replaced("role_path", "^(?s:.*)-", "")
          )
        ], otherwise: none))
    let random = dialect.literal("{rnd}")
    add(
      "role_suffix",
      dialect.chosen(
        GeneratedSuffix.rules.map {
          (dialect.matches("role_suffix", $0.pattern), $0.stays ? "role_suffix" : random)
        }, otherwise: random))
    add(
      "role_key",
      dialect.chosen(
        [
          (
            dialect.isOneOf("role_suffix", ["{rnd}"]),
            dialect.replaced("role_key", "--[0-9A-Za-z]{12,13}$", "--{rnd}")
          )
        ], otherwise: "role_key"))
    add("role_key", dialect.replaced("role_key", "(^|-)\(ExportLowering.regionTokens)(-|$)", "$1{region}$6"))
    add("role_key", dialect.replaced("role_key", "--", "-"))
    try named()
  }

  /// Generated tokens and what stands for them; the group behind each pattern is the dash at its end.
  private static var generated: [(String, String)] {
    [
      ("[0-9]{12}", "$1{account}$2"), ("[0-9]{9,}", "$1{number}$2"),
      ("([a-f]{8,}|[0-9]{8})", "$1§$2$3"), ("[0-9a-f]{8,}", "$1{id}$2"), ("§([^-§]*)", "$1$2$3"),
    ]
  }

  /// The actor's key, by the type, and where the type doesn't say by the role.
  ///
  /// Each part has a column of its own: engines that put expressions into each other would work it out many times.
  private mutating func named() throws(ExportLimit) {
    let (arn, account, issuer) = (text(.arn), text(.accountID), text(.issuerARN))
    let (user, principal) = (dialect.text(.userName), dialect.text(.principalID))
    let unknown = dialect.literal("unknown")
    let ofUser = ExportLowering.arn + "user/((?s:.*))$"
    func after(_ prefix: String, _ text: String) -> String {
      dialect.joined([dialect.literal(prefix), text])
    }
    func isType(_ name: String) -> String { dialect.isOneOf(text(.type), [name]) }
    add("subject", dialect.first([user, principal], otherwise: unknown))
    add(
      "user_key",
      dialect.chosen(
        [(dialect.matches(arn, ofUser), dialect.replaced(arn, ofUser, "user:$1"))]
          + [user].compactMap { $0 }.map { (dialect.isFilled($0), after("user:", $0)) }
          + [(isType("IAMUser"), dialect.literal("user:unknown"))], otherwise: unknown))
    add(
      "federated",
      dialect.chosen(
        [(dialect.matches(issuer, ofUser), dialect.replaced(issuer, ofUser, "user:$1"))]
          + [dialect.text(.issuerName), user].compactMap { $0 }.map { (dialect.isFilled($0), $0) },
        otherwise: unknown))
    add("person", dialect.first([dialect.text(.userID), user], otherwise: unknown))
    add("caller", dialect.first([dialect.text(.invokedBy)], otherwise: "service"))
    vouching()
    let repository = "^:*repo:+([^:]+):+[^:](?s:.*)$"
    add("repository", dialect.replaced("subject", repository, "repo:$1"))
    add("permission_set", dialect.replaced("role_name", "^AWSReservedSSO_", ""))
    add("permission_set", dialect.replaced("permission_set", "(^|_)[0-9a-fA-F]{16}$", ""))
    let slr = "^aws-service-role/+([^/]+)(?s:.*)$"
    add("linked_service", dialect.replaced("role_path", slr, "$1"))
    add("linked_service", dialect.replaced("linked_service", "[.]amazonaws[.]com(?s:.*)$", ""))
    add("linked_role", dialect.replaced("role_name", "^AWSServiceRoleFor([^_]*)(?s:.*)$", "$1"))
    add("linked_role", dialect.lower("linked_role"))
    let cases: [(condition: String, value: String)] = [
      (isType("Root"), dialect.literal("root")), (isType("AWSService"), after("svc:", "caller")),
      (
        isType("AWSAccount"),
        dialect.chosen(
          [(dialect.isOneOf(account, ["ANONYMOUS_PRINCIPAL"]), dialect.literal("anonymous"))],
          otherwise: after("xacct:", account))
      ),
      (isType("FederatedUser"), after("federated:", "federated")),
      (isType("SAMLUser"), dialect.joined([dialect.literal("saml:"), "vouching", "subject"])),
      (isType("WebIdentityUser"), dialect.joined([dialect.literal("web:"), "vouching", "repository"])),
      (isType("IdentityCenterUser"), after("idc:", "person")), (isType("IAMUser"), "user_key"),
      (dialect.matches("role_arn", ExportLowering.ssoRole), after("sso:", "permission_set")),
      (dialect.matches("role_path", slr), after("slr:", "linked_service")),
      (
        dialect.matches("role_arn", ExportLowering.arn + "assumed-role/AWSServiceRoleFor"),
        after("slr:", "linked_role")
      ),
      (dialect.isFilled("role_path"), after("role:", "role_key")),
    ]
    add("actor", dialect.chosen(cases, otherwise: "user_key"))
  }

  /// The provider that vouches for a federated user, with a colon behind it.
  private mutating func vouching() {
    var cases: [(condition: String, value: String)] = []
    if let provider = dialect.text(.identityProvider) {
      let name = ExportLowering.providerName
      cases = [
        (dialect.matches(provider, name), dialect.replaced(provider, name, "$1:")),
        (dialect.isFilled(provider), dialect.joined([provider, dialect.literal(":")])),
      ]
    }
    let principal = text(.principalID)
    let start = ExportLowering.providerInPrincipal
    cases.append((dialect.matches(principal, start), dialect.replaced(principal, start, "$1:")))
    // Without a name the whole id is the subject.
    add("vouching", dialect.chosen(cases, otherwise: dialect.literal("")))
    if let user = dialect.text(.userName) {
      add("vouching", dialect.chosen([(dialect.isFilled(user), "vouching")], otherwise: dialect.literal("")))
    }
  }

  mutating func words() {
    add("actor_words", dialect.replaced("actor", "^[^:]*:", ""))
    for (pattern, template) in [
      ("[{][a-z]+[}]", "0"), ("(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1 $2"), ("([\\p{Ll}\\p{N}])(\\p{Lu})", "$1 $2"),
      ("[^\\p{L}\\p{N}]+", " "), ("^(.*)$", " $1 "),
    ] {
      add("actor_words", dialect.replaced("actor_words", pattern, template))
    }
    add("actor_words", dialect.lower("actor_words"))
  }
}
