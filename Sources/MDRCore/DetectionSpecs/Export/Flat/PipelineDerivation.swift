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
    if needsActor || !texts.isDisjoint(with: [.eventName, .region]) { service() }
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

  mutating func add(_ name: String, _ value: String) { columns.append((name, value)) }

  func text(_ field: RawField) -> String { dialect.text(field) ?? dialect.literal("") }

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

  private mutating func service() {
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
}
