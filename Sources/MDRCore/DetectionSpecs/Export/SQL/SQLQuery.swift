/// A whole query: the record's columns, what is derived of them level by level, and the condition.
struct SQLQuery {
  let text: String
  /// What the query reads beside the table of records.
  let notes: [String]

  init(_ predicate: RawPredicate, _ dialect: any SQLDialect) throws(ExportLimit) {
    var renderer = SQLRenderer(dialect)
    let condition = try renderer.condition(predicate)
    var derivation = SQLDerivation(dialect)
    if renderer.asksLanes { throw ExportLimit("the baseline is asked") }
    notes = []
    try derivation.derive(renderer.derived)
    let shown: [RawField] = [
      .eventID, .eventTime, .recipientAccountId, .awsRegion, .eventSource, .eventName, .arn, .sourceIPAddress,
    ]
    let fields = renderer.fields.union(derivation.fields).union(shown)
    var columns = RawField.allCases.filter(fields.contains).compactMap { field in
      dialect.column(field).map { "\($0) AS \(field.columnName)" }
    }
    for document in SQLRenderer.Document.allCases where renderer.documents.contains(document) {
      guard let json = dialect.document(document.root) else {
        throw ExportLimit("the table has no \(document.rawValue) document")
      }
      columns.append("\(json) AS \(document.rawValue)")
    }
    var lines = [
      "WITH events AS (", "  SELECT " + columns.joined(separator: ",\n    "), "  FROM \(dialect.table)", ")",
    ]
    var last = "events"
    for (number, level) in derivation.levels.enumerated() {
      let name = "facts\(number + 1)"
      lines[lines.count - 1] += ","
      lines += ["\(name) AS (", "  SELECT *, " + level.joined(separator: ",\n    "), "  FROM \(last)", ")"]
      last = name
    }
    lines += [
      "SELECT " + shown.map(\.columnName).joined(separator: ", "), "FROM \(last)", "WHERE \(condition)",
    ]
    text = lines.joined(separator: "\n") + "\n"
  }
}

/// The texts that normalisation makes of several members, as columns that build on each other.
struct SQLDerivation {
  let dialect: any SQLDialect
  private(set) var fields: Set<RawField> = []
  private(set) var levels: [[String]] = []

  init(_ dialect: any SQLDialect) { self.dialect = dialect }

  mutating func derive(_ texts: Set<DerivedText>) throws(ExportLimit) {
    var first: [String] = []
    if texts.contains(.ownAccount) || texts.contains(.actorAccount) {
      fields.formUnion([.recipientAccountId, .accountID, .issuerAccountID, .arn])
      let arn = RawField.arn.columnName
      let ofARN =
        "CASE WHEN \(dialect.matches(arn, "^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:")) THEN "
        + "\(dialect.extracted(arn, "^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):")) END"
      let actors = [RawField.accountID, .issuerAccountID].map(\.columnName) + [ofARN]
      first.append("coalesce(\(actors.joined(separator: ", "))) AS actor_account")
      var sources = [RawField.recipientAccountId, .accountID, .issuerAccountID].map(\.columnName) + [ofARN]
      if dialect.column(.account) != nil {
        fields.insert(.account)
        sources.append(RawField.account.columnName)
      }
      first.append("coalesce(\(sources.joined(separator: ", ")), 'unknown') AS account_id")
    }
    if texts.contains(.userName) {
      let user = try isUserCondition()
      let arn = RawField.arn.columnName
      first.append(
        "CASE WHEN \(user) AND \(dialect.contains(arn, "/")) THEN \(dialect.extracted(arn, "([^/]*)$")) END "
          + "AS user_name")
    }
    let needsActor = texts.contains(.actor) || texts.contains(.actorWords)
    if needsActor {
      fields.formUnion([.type, .arn, .issuerARN])
      let type = RawField.type.columnName
      let types = ExportLowering.typeNames.map(dialect.literal).joined(separator: ", ")
      first.append(
        "CASE WHEN coalesce(\(type) IN (\(types)), false) THEN NULL "
          + "ELSE coalesce(\(RawField.issuerARN.columnName), \(RawField.arn.columnName)) END AS role_arn")
    }
    if !first.isEmpty { levels.append(first) }
    if needsActor { actorLevels() }
  }

  private mutating func isUserCondition() throws(ExportLimit) -> String {
    var renderer = SQLRenderer(dialect)
    let lowering = ExportLowering()
    let condition = try renderer.condition(lowering.actorType(.iamUser))
    fields.formUnion(renderer.fields)
    fields.insert(.arn)
    return "(\(condition))"
  }

  /// Role ARN to path, path to name, name to the actor's key, key to words.
  private mutating func actorLevels() {
    let role = ExportLowering.arn + "role/"
    let session = ExportLowering.arn + "assumed-role/"
    levels.append([
      "CASE WHEN \(dialect.matches("role_arn", role)) THEN \(dialect.extracted("role_arn", role + "((?s:.*))$")) "
        + "WHEN \(dialect.matches("role_arn", session)) THEN \(dialect.extracted("role_arn", session + "([^/]*)")) "
        + "END AS role_path"
    ])
    levels.append([
      "CASE WHEN \(dialect.matches("role_path", "[^/]")) THEN \(dialect.extracted("role_path", "([^/]+)/*$")) "
        + "ELSE role_path END AS role_name",
      "\(generated("role_path")) AS role_key",
    ])
    let slr = "^aws-service-role/+([^/]+)"
    levels.append([
      "CASE WHEN \(dialect.startsWith("role_name", "AWSReservedSSO_")) THEN "
        + "concat('sso:', \(dialect.replaced(dialect.replaced("role_name", "^AWSReservedSSO_", ""), "(^|_)[0-9a-fA-F]{16}$", ""))) "
        + "WHEN \(dialect.matches("role_path", slr)) THEN "
        + "concat('slr:', \(dialect.replaced(dialect.extracted("role_path", slr), "[.]amazonaws[.]com.*$", ""))) "
        + "WHEN \(dialect.startsWith("role_name", "AWSServiceRoleFor")) THEN "
        + "concat('slr:', \(dialect.lower(dialect.extracted("role_name", "^AWSServiceRoleFor([^_]*)")))) "
        + "WHEN role_path IS NOT NULL THEN concat('role:', \(regionless("role_key"))) END AS actor"
    ])
    let acronyms = dialect.replaced(
      dialect.replaced("actor", "^[^:]*:", ""), "(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1 $2")
    let parted = dialect.replaced(acronyms, "([\\p{Ll}\\p{N}])(\\p{Lu})", "$1 $2")
    let spaced = dialect.replaced(parted, "[^\\p{L}\\p{N}]+", " ")
    levels.append(["\(dialect.lower("concat(' ', \(spaced), ' ')")) AS actor_words"])
  }

  /// A role's path with accounts, numbers and generated endings replaced, as the actor's key has it.
  private func generated(_ path: String) -> String {
    func fits(_ patterns: String...) -> String {
      patterns.map { dialect.matches("t", $0) }.joined(separator: " AND ")
    }
    let isRandom =
      "\(fits("^[0-9A-Za-z]{12,13}$")) AND ((\(fits("[0-9]", "[A-Z].*[A-Z]"))) "
      + "OR (\(fits("([A-Z].*){4}", "[^A-Z]"))))"
    let token =
      "CASE WHEN \(fits("^[0-9]{12}$")) THEN '{account}' WHEN \(fits("^[0-9]{9,}$")) THEN '{number}' "
      + "WHEN \(fits("^[0-9a-f]{8,}$", "[0-9]", "[a-f]")) THEN '{id}' WHEN \(isRandom) THEN '{rnd}' ELSE t END"
    // Two dashes between tokens, so that each keeps one of its own.
    return dialect.joined(dialect.map(dialect.split("coalesce(\(path), '')", "-"), "t", token), "--")
  }

  /// Regions, which stand in three or four parts.
  private func regionless(_ key: String) -> String {
    let named = dialect.replaced(
      key, "(^|-)(us|eu|ap|sa|ca|me|af|il|cn|mx)--((gov|iso)--)?[^-]*--[0-9](-|$)", "$1{region}$5")
    return "replace(\(named), '--', '-')"
  }
}
