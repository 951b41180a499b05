/// The texts that normalisation makes of several members, as columns that build on each other.
struct SQLDerivation {
  let dialect: any SQLDialect
  private(set) var fields: Set<RawField> = []
  private(set) var documents: Set<SQLRenderer.Document> = []
  private(set) var levels: [[String]] = []

  mutating func add(_ level: [String]) { levels.append(level) }

  init(_ dialect: any SQLDialect) { self.dialect = dialect }

  mutating func derive(_ texts: Set<DerivedText>) throws(ExportLimit) {
    let needsActor = !texts.isDisjoint(with: [.actor, .actorWords])
    let needsEvent = !texts.isDisjoint(with: [.eventName, .region, .actor, .actorWords])
    var first: [String] = []
    if !texts.isDisjoint(with: [.ownAccount, .actorAccount, .actorAccountID]) { first += accounts() }
    if texts.contains(.userName) { first.append(try userName()) }
    if texts.contains(.source) { first.append(try source()) }
    if texts.contains(.succeeded) {
      let holds = try condition(ExportLowering().outcome([.success]))
      first.append("CASE WHEN \(holds) THEN 1 ELSE 0 END AS succeeded")
    }
    if needsEvent { first.append(service()) }
    if needsActor {
      let type = column(.type)
      let types = ExportLowering.typeNames.map(dialect.literal).joined(separator: ", ")
      first.append(
        "CASE WHEN coalesce(\(type) IN (\(types)), false) THEN NULL "
          + "ELSE coalesce(\(column(.issuerARN)), \(column(.arn))) END AS role_arn")
    }
    if !first.isEmpty { levels.append(first) }
    var second: [String] = []
    if texts.contains(.actorAccountID) {
      second.append("coalesce(actor_account, account_id) AS actor_account_id")
    }
    if texts.contains(.eventName) { second.append(undatedName()) }
    if texts.contains(.region) { second.append(try region()) }
    if !second.isEmpty { levels.append(second) }
    if texts.contains(.eventName) {
      levels.append(["\(stableName()) AS stable_name"])
      levels.append(["concat(service, ':', stable_name) AS stable_event"])
    }
    if needsActor { try actorLevels() }
  }

  /// A member's column, which the query then has to have.
  mutating func column(_ field: RawField) -> String {
    fields.insert(field)
    return field.columnName
  }

  /// A condition of the lowering on columns of the first level.
  mutating func condition(_ predicate: RawPredicate) throws(ExportLimit) -> String {
    var renderer = SQLRenderer(dialect)
    let text = try renderer.condition(predicate)
    fields.formUnion(renderer.fields)
    documents.formUnion(renderer.documents)
    return "(\(text))"
  }

  private mutating func accounts() -> [String] {
    let arn = column(.arn)
    let ofARN =
      "CASE WHEN \(dialect.matches(arn, "^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:")) THEN "
      + "\(dialect.extracted(arn, "^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):")) END"
    // An empty account is none.
    func named(_ field: RawField) -> String { "nullif(\(column(field)), '')" }
    let actor = [named(.accountID), named(.issuerAccountID), ofARN]
    let outer = dialect.column(.account) == nil ? [] : [named(.account)]
    let own = ([named(.recipientAccountId)] + actor + outer).joined(separator: ", ")
    return [
      "coalesce(\(actor.joined(separator: ", "))) AS actor_account",
      "coalesce(\(own), 'unknown') AS account_id",
    ]
  }

  private mutating func userName() throws(ExportLimit) -> String {
    let user = try condition(ExportLowering().actorType(.iamUser))
    let arn = column(.arn)
    return
      "CASE WHEN \(user) AND \(dialect.contains(arn, "/")) THEN \(dialect.extracted(arn, "([^/]*)$")) END "
      + "AS user_name"
  }

  // MARK: Events

  private mutating func service() -> String {
    let source = column(.eventSource)
    return "CASE WHEN \(dialect.endsWith(source, ".amazonaws.com.cn")) THEN "
      + "\(dialect.replaced(source, "[.]cn$", "")) ELSE \(source) END AS service"
  }

  private mutating func undatedName() -> String {
    let pattern = "(.)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$"
    return dialect.replaced(column(.eventName), pattern, "$1") + " AS undated_name"
  }

  private func stableName() -> String {
    let cases = EventNaming().aliasRows.map { row in
      "WHEN \(dialect.literal(row.source + ":" + row.alias)) THEN \(dialect.literal(row.name))"
    }
    return "CASE concat(service, ':', undated_name) \(cases.joined(separator: " ")) ELSE undated_name END"
  }

  private mutating func region() throws(ExportLimit) -> String {
    var isGlobal: String
    do {
      isGlobal = try condition(ExportLowering.isAtGlobalEndpoint)
    } catch {
      // Where documents are maps of text, the host says it.
      isGlobal = try condition(ExportLowering.asksForGlobalHost)
    }
    let services = EventNaming.globalServices.sorted().map(dialect.literal).joined(separator: ", ")
    return
      "CASE WHEN service IN (\(services)) OR \(isGlobal) THEN 'global' ELSE coalesce(\(column(.awsRegion)), '') END AS region"
  }

  // MARK: Sources

  /// The source's key, without an inventory.
  private mutating func source() throws(ExportLimit) -> String {
    let lowering = ExportLowering()
    let ip = column(.sourceIPAddress)
    let cases: [(SourceKind, String)] = [
      (.awsInternal, "'aws-internal'"), (.claimedService, "concat('svc-claimed:', \(ip))"),
      (.vpcEndpoint, "concat('vpce:', \(column(.vpcEndpointId)))"),
      (.privateNetwork, "concat('private:', \(network(ip)))"),
      (.publicNetwork, "concat('ip:', \(network(ip)))"),
      (.unknown, "CASE WHEN coalesce(\(ip), '') = '' THEN 'unknown' ELSE concat('other:', \(ip)) END"),
    ]
    var text = "CASE"
    for (kind, value) in cases {
      text += " WHEN \(try condition(lowering.sourceKind(kind))) THEN \(value)"
    }
    // What is left is a service, by its name in the address or by whom it acts for.
    let isService = dialect.holds(dialect.matches(ip, "[.]amazonaws[.]com([.]cn)?$"))
    return text
      + " WHEN \(isService) THEN concat('svc:', \(ip)) ELSE concat('svc:', \(column(.invokedBy))) END AS source"
  }

  /// The /24 or /48 around an address; IPv6 as RFC 5952 writes it.
  private func network(_ ip: String) -> String {
    func part(_ place: Int) -> String {
      let pattern = "^(.*:)?0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.][0-9]+(%.*)?$"
      return dialect.replaced(ip, pattern, "$\(place + 1)")
    }
    func group(_ place: Int) -> String {
      // Three groups before `::`, or as many as there are and zeros.
      let padded = dialect.replaced(dialect.replaced(dialect.lower(ip), "%.*$", ""), "::.*$", ":0:0:0:0")
      let trimmed = dialect.replaced(padded, "^:", "0:")
      return dialect.replaced(
        trimmed, "^0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+)(:.*)?$", "$\(place)")
    }
    return
      "CASE WHEN \(dialect.matches(ip, "[.][0-9]+(%.*)?$")) THEN concat(\(part(1)), '.', \(part(2)), '.', \(part(3)), '.0/24') "
      + "ELSE concat(\(group(1)), ':', \(group(2)), ':', \(group(3)), '::/48') END"
  }
}
