/// What a search language has to offer for the texts of normalisation to be worked out in it, one column after the other.
///
/// A text that isn't there is empty.
protocol PipelineDialect {
  /// A member of the record as text, empty where there is none; `nil` where the table has no such column.
  func text(_ field: RawField) -> String?
  func holds(_ predicate: RawPredicate) throws(ExportLimit) -> String
  func matches(_ text: String, _ pattern: String) -> String
  /// Every place that fits, with `$1` in the template for the first group.
  func replaced(_ text: String, _ pattern: String, _ template: String) -> String
  /// The value behind the first condition that holds.
  func chosen(_ cases: [(condition: String, value: String)], otherwise: String) -> String
  func joined(_ texts: [String]) -> String
  func lower(_ text: String) -> String
  func isFilled(_ text: String) -> String
  func isOneOf(_ text: String, _ literals: [String]) -> String
  func literal(_ text: String) -> String
}

extension PipelineDialect {
  /// The first of some texts that is there.
  func first(_ texts: [String?], otherwise: String) -> String {
    chosen(texts.compactMap { $0 }.map { (isFilled($0), $0) }, otherwise: otherwise)
  }
}

/// The texts that normalisation makes of several members, as columns that build on each other.
///
/// Records are taken to be as AWS documents them: the type says who acts.
struct PipelineDerivation<Dialect: PipelineDialect> {
  let dialect: Dialect
  private(set) var columns: [(name: String, value: String)] = []
  private let lowering: ExportLowering

  init(_ dialect: Dialect, _ texts: Set<DerivedText>) throws(ExportLimit) {
    self.dialect = dialect
    var lowering = ExportLowering()
    lowering.trustsShape = true
    self.lowering = lowering
    let needsActor = !texts.isDisjoint(with: [.actor, .actorWords])
    if needsActor || !texts.isDisjoint(with: [.eventName, .region]) { try service() }
    if !texts.isDisjoint(with: [.ownAccount, .actorAccount, .actorAccountID]) { accounts(texts) }
    if texts.contains(.userName) { try userName() }
    if texts.contains(.eventName) { eventName() }
    if texts.contains(.region) { try region() }
    if texts.contains(.source) { try source() }
    if texts.contains(.succeeded) {
      add(
        "succeeded",
        dialect.chosen([(try dialect.holds(lowering.outcome([.success])), "1")], otherwise: "0"))
    }
    if needsActor { try actor() }
    if texts.contains(.actorWords) { words() }
  }

  private mutating func add(_ name: String, _ value: String) { columns.append((name, value)) }

  private func text(_ field: RawField) -> String { dialect.text(field) ?? dialect.literal("") }

  // MARK: Accounts and events

  private mutating func accounts(_ texts: Set<DerivedText>) {
    let arn = text(.arn)
    let pattern = "^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):(?s:.*)$"
    add(
      "actor_account",
      dialect.chosen(
        [text(.accountID), text(.issuerAccountID)].map { (dialect.isFilled($0), $0) } + [
          (dialect.matches(arn, pattern), dialect.replaced(arn, pattern, "$1"))
        ], otherwise: dialect.literal("")))
    add(
      "account_id",
      dialect.first([text(.recipientAccountId), "actor_account"], otherwise: dialect.literal("unknown")))
    if texts.contains(.actorAccountID) {
      add("actor_account_id", dialect.first(["actor_account"], otherwise: "account_id"))
    }
  }

  private mutating func userName() throws(ExportLimit) {
    let isUser = try dialect.holds(
      .and([lowering.actorType(.iamUser), .field(.arn, .hasPart("/"))]))
    add(
      "user_name",
      dialect.chosen(
        [(isUser, dialect.replaced(text(.arn), "^(?s:.*)/", ""))], otherwise: dialect.literal("")))
  }

  private mutating func service() throws(ExportLimit) {
    add("service", dialect.replaced(text(.eventSource), "[.]amazonaws[.]com[.]cn$", ".amazonaws.com"))
  }

  private mutating func eventName() {
    let pattern = "(.)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$"
    add("undated_name", dialect.replaced(text(.eventName), pattern, "$1"))
    let named = dialect.joined(["service", dialect.literal(":"), "undated_name"])
    add("logged_event", named)
    add(
      "stable_name",
      dialect.chosen(
        EventNaming().aliasRows.map {
          (dialect.isOneOf("logged_event", [$0.source + ":" + $0.alias]), dialect.literal($0.name))
        }, otherwise: "undated_name"))
    add("stable_event", dialect.joined(["service", dialect.literal(":"), "stable_name"]))
  }

  private mutating func region() throws(ExportLimit) {
    let isGlobal = try dialect.holds(ExportLowering.isAtGlobalEndpoint)
    add(
      "region",
      dialect.chosen(
        [
          (dialect.isOneOf("service", EventNaming.globalServices.sorted()), dialect.literal("global")),
          (isGlobal, dialect.literal("global")),
        ], otherwise: text(.awsRegion)))
  }

  // MARK: Sources

  private mutating func source() throws(ExportLimit) {
    let ip = text(.sourceIPAddress)
    func after(_ prefix: String, _ text: String) -> String {
      dialect.joined([dialect.literal(prefix), text])
    }
    let part = "^(.*:)?0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.][0-9]+(%.*)?$"
    // Three groups before `::`, or as many as there are and zeros.
    add("network", dialect.lower(ip))
    for (pattern, template) in [("%.*$", ""), ("::.*$", ":0:0:0:0"), ("^:", "0:")] {
      add("network", dialect.replaced("network", pattern, template))
    }
    let group = "^0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+)(:.*)?$"
    add(
      "network",
      dialect.chosen(
        [(dialect.matches(ip, "[.][0-9]+(%.*)?$"), dialect.replaced(ip, part, "$2.$3.$4.0/24"))],
        otherwise: dialect.replaced("network", group, "$1:$2:$3::/48")))
    let kinds: [(SourceKind, String)] = [
      (.awsInternal, dialect.literal("aws-internal")), (.claimedService, after("svc-claimed:", ip)),
      (.vpcEndpoint, after("vpce:", text(.vpcEndpointId))),
      (.privateNetwork, after("private:", "network")), (.publicNetwork, after("ip:", "network")),
      (
        .unknown,
        dialect.chosen([(dialect.isFilled(ip), after("other:", ip))], otherwise: dialect.literal("unknown"))
      ),
    ]
    var cases: [(condition: String, value: String)] = []
    for (kind, value) in kinds { cases.append((try dialect.holds(lowering.sourceKind(kind)), value)) }
    // What is left is a service, by its name in the address or by whom it acts for.
    cases.append((dialect.matches(ip, "[.]amazonaws[.]com([.]cn)?$"), after("svc:", ip)))
    add("source", dialect.chosen(cases, otherwise: after("svc:", text(.invokedBy))))
  }

  // MARK: Actors

  /// Role ARN to path, path to name, name to the actor's key.
  private mutating func actor() throws(ExportLimit) {
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
    add("role_key", dialect.replaced("role_key", "(^|-)\(Self.region)(-|$)", "$1{region}$5"))
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

  private static var region: String { "(us|eu|ap|sa|ca|me|af|il|cn|mx)--((gov|iso)--)?[^-]*--[0-9]" }

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
      (dialect.matches("role_name", "^AWSReservedSSO_"), after("sso:", "permission_set")),
      (dialect.matches("role_path", slr), after("slr:", "linked_service")),
      (dialect.matches("role_name", "^AWSServiceRoleFor"), after("slr:", "linked_role")),
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

  private mutating func words() {
    add("actor_words", dialect.replaced("actor", "^[^:]*:", ""))
    for (pattern, template) in [
      ("(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1 $2"), ("([\\p{Ll}\\p{N}])(\\p{Lu})", "$1 $2"),
      ("[^\\p{L}\\p{N}]+", " "), ("^(.*)$", " $1 "),
    ] {
      add("actor_words", dialect.replaced("actor_words", pattern, template))
    }
    add("actor_words", dialect.lower("actor_words"))
  }
}
