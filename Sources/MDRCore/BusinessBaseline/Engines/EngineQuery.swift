/// The aggregation that runs where the logs are: raw identity in, groups out; what the groups mean stays in Swift.
struct EngineQuery: Sendable {
  let engine: SQLEngine
  let table: String
  /// Events at or after this moment are left out.
  let cutOff: Timestamp?
  private let judged: [String]
  private let members: [String]
  private let masked: [String]

  init(_ engine: SQLEngine, table: String?, cutOff: Timestamp?) throws {
    self.engine = engine
    self.table =
      try table.map { name throws(CommandError) in try engine.table(named: name) } ?? engine.defaultTable
    self.cutOff = cutOff
    let events = try OverrideTable.load().entries.flatMap(\.events).filter { $0 != "*" }
    let aliases = Content.table("normalize-observations/references/event-aliases.tsv")
    var judged = Set(events.map { $0.replacing(":", with: ".amazonaws.com:").lowercased() })
    for row in aliases {
      // An alias of an event that is judged is judged too.
      guard let alias = row["alias"], let name = row["name"], let service = alias.split(separator: ":").first,
        judged.contains("\(service):\(name)".lowercased())
      else { continue }
      judged.insert(alias.lowercased())
    }
    self.judged = judged.sorted()
    let passing = Set(
      Content.table("business-baseline/references/passing-targets.tsv").compactMap { $0["target"] })
    let targets = Content.table("normalize-observations/references/targets.tsv")
    let needed = Set(
      targets.filter { $0["as"] == "resource" || !passing.contains($0["target"] ?? "") }.compactMap {
        $0["member"]
      })
    members = needed.union(["ConsoleLogin", "endpointType"]).sorted()
    let logic = Content.names(below: OverrideTable.folder).map { Content.text($0) }.joined()
    let words = Set(logic.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }.map(String.init))
    let unread = targets.filter { !words.contains($0["target"] ?? "") }.compactMap { $0["member"] }
    masked = Set(unread + Self.noise).subtracting(needed).subtracting(words).sorted()
  }

  /// Members whose text is a secret or new with each call, and which neither a lane nor an override reads.
  private static let noise = [
    "sessionToken", "secretAccessKey", "password", "masterUserPassword", "newPassword", "oldPassword",
    "userData", "secretString", "secretBinary", "plaintext", "ciphertextBlob", "privateKey", "authToken",
    "clientSecret", "accessToken", "refreshToken", "samlAssertion", "webIdentityToken", "requestId",
    "_requestId", "x-amz-id-2", "clientToken", "clientRequestToken", "idempotencyToken", "expiration",
    "launchTime", "assumedRoleId", "createDate", "creationDate", "passwordData", "keyMaterial",
    "servicePassword", "dbPassword", "temporaryPassword", "randomPassword", "secretKey", "idToken",
    "authorizationToken", "connectionToken", "participantToken", "preSharedKey", "privateKeyBase64",
    "privateKeyPlaintext", "customerGatewayConfiguration", "activationCode", "tokenValue", "tokenCode",
    "base32StringSeed", "qRCodePNG", "authenticationCode1", "authenticationCode2", "passphrase",
    "encryptedKeyMaterial", "importToken", "authKey", "sharedSecret", "oauthToken", "OAuthToken",
    "secretToken",
    "basicAuthCredentials", "authCode", "secretCode", "sAMLAssertion",
  ]

  /// The statement.
  var text: String {
    let frame = engine.frame(table)
    let names = GroupColumn.all.map(\.name).joined(separator: ", ")
    return """
      \(comment)
      \(frame.before)WITH records AS (
        \(engine.records(table))
      ),
      raw AS (
        SELECT \(engine.text(["eventID"])) AS event_id, \(engine.text(["eventTime"])) AS event_time,
          \(engine.text(["userIdentity", "sessionContext", "attributes", "creationDate"])) AS session_start,
          file, place, content,
          \(GroupColumn.all.map { "\(raw($0)) AS raw_\($0.name)" }.joined(separator: ",\n    "))
        FROM records
      ),
      numbered AS (
        SELECT *, row_number() OVER (
            PARTITION BY coalesce(event_id, content, concat(file, '#', CAST(place AS \(string))))
            ORDER BY file, place) AS delivery
        FROM raw
      ),
      kept AS (
        SELECT *, \(isJudged) AS is_judged
        FROM numbered
        WHERE delivery = 1 AND event_time > '1970-01-01T00:00:00Z'\(before)
      ),
      cut AS (
        SELECT event_time, session_start,
          \(GroupColumn.all.map { "\(cut($0)) AS \($0.name)" }.joined(separator: ",\n    "))
        FROM kept
      )
      SELECT \(names),
        count(*) AS n, min(event_time) AS first_time, max(event_time) AS last_time,
        \(engine.distinct("substr(event_time, 1, 13)")) AS hours,
        \(engine.distinct("concat(coalesce(session_start, ''), '@', substr(event_time, 1, 10))")) AS sessions
      FROM cut
      GROUP BY \(names)\(frame.after)

      """
  }

  private var comment: String {
    """
    -- CloudTrail, grouped by every raw field that canonicalisation, the taxonomies and the critical overrides read.
    -- Of several deliveries of one event the first by file and place counts. Documents of events that an override
    -- judges are whole but for secrets and request ids; of others only the members that name a target are left. Take
    -- the result to `business-baseline import --engine-result`.
    """
  }

  private var string: String {
    engine == .athena || engine == .duckdb ? "VARCHAR" : engine == .spark ? "STRING" : "String"
  }

  private var before: String { cutOff.map { " AND event_time < '\($0.iso8601)'" } ?? "" }

  /// Whether an override may judge the event by its documents; API dates in names don't count.
  private var isJudged: String {
    let source = engine.removing("[.]cn$", from: "lower(raw_event_source)")
    let name = engine.removing(
      "(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$", from: "lower(raw_event_name)")
    let events = judged.map { engine.literal($0) }.joined(separator: ", ")
    return "concat(\(source), ':', \(name)) IN (\(events))"
  }

  /// The field's value as the record has it.
  private func raw(_ column: GroupColumn) -> String {
    // The table that AWS documents for Athena lacks what only few records have.
    if engine == .athena, ["sourceIdentity", "identityProvider"].contains(column.path.last) {
      return "CAST(NULL AS varchar)"
    }
    switch column.form {
    case .text, .presence, .globalHost: return engine.text(column.path)
    case .flag, .document: return engine.json(column.path)
    case .prefix: return "substr(\(engine.text(column.path)), 1, 4)"
    case .resources: return engine.resources
    case .sessionName:
      // An assumed role's ARN already has the session's name; this would add only the role's id.
      let arn = engine.text(["userIdentity", "arn"])
      return
        "CASE WHEN coalesce(\(arn), '') LIKE '%:assumed-role/%' THEN NULL ELSE \(engine.text(column.path)) END"
    }
  }

  /// The field's value as the groups have it: cut to what is read, with noise masked.
  private func cut(_ column: GroupColumn) -> String {
    let name = "raw_" + column.name
    switch column.form {
    case .presence: return "CASE WHEN \(name) IS NOT NULL THEN 'true' END"
    case .globalHost:
      let host = engine.literal(EventNaming.endpointService)
      return "CASE WHEN \(name) = \(host) THEN \(name) END"
    case .document:
      let document = engine.masks(name, maskPattern)
      return "CASE WHEN is_judged THEN \(document) ELSE \(engine.extracts(name, memberPattern)) END"
    default: return name
    }
  }

  /// A member whose text is replaced, up to that text.
  private var maskPattern: String {
    #"("(?:\#(masked.joined(separator: "|")))"\s*:\s*)"(?:[^"\\]|\\.)*""#
  }

  /// A member that names a target, with a scalar or a list of scalars.
  private var memberPattern: String {
    let text = #""(?:[^"\\]|\\.)*""#
    let scalar = #"(?:\#(text)|[-+.0-9A-Za-z]+)"#
    return #""(?:\#(members.joined(separator: "|")))"\s*:\s*(?:\#(scalar)|\[\s*(?:\#(scalar)\s*,?\s*)*\])"#
  }
}
