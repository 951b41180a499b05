/// A whole query: the record's columns, what is derived of them level by level, and the condition.
struct SQLQuery {
  let text: String
  /// What the query reads beside the table of records.
  let notes: [String]

  /// The members that every result shows.
  static let shown: [RawField] = [
    .eventID, .eventTime, .recipientAccountId, .awsRegion, .eventSource, .eventName, .arn, .sourceIPAddress,
  ]

  init(_ predicate: RawPredicate, _ dialect: any SQLDialect) throws(ExportLimit) {
    var renderer = SQLRenderer(dialect)
    let conditions = try SQLConditions(predicate, &renderer)
    let source = try SQLSource(renderer, dialect, gate: conditions.gate)
    notes = source.notes
    text =
      source.text + "SELECT " + Self.shown.map(\.columnName).joined(separator: ", ")
      + "\nFROM \(source.last)" + (conditions.rest.map { "\nWHERE \($0)" } ?? "") + "\n"
  }
}

/// A condition in two: what columns of the record answer, asked first, and what has to be derived for the rest.
struct SQLConditions {
  let gate: String?
  let rest: String?

  init(_ predicate: RawPredicate, _ renderer: inout SQLRenderer) throws(ExportLimit) {
    let dialect = renderer.dialect
    let (plain, others) = try predicate.split { part throws(ExportLimit) in
      var trial = SQLRenderer(dialect)
      _ = try trial.condition(part)
      return trial.derived.isEmpty && !trial.asksLanes
    }
    gate = plain.isEmpty ? nil : try renderer.condition(.and(plain))
    rest = others.isEmpty ? nil : try renderer.condition(.and(others))
  }
}

/// The head of a query: the columns that conditions ask for, under names that are the same in every dialect.
struct SQLSource {
  let text: String
  /// The name of the last level.
  let last: String
  let notes: [String]

  init(
    _ renderer: SQLRenderer, _ dialect: any SQLDialect, derived: Set<DerivedText> = [],
    fields: [RawField] = SQLQuery.shown, gate: String?
  ) throws(ExportLimit) {
    var derivation = SQLDerivation(dialect)
    var wanted = renderer.derived.union(derived)
    if renderer.asksLanes { wanted.formUnion([.ownAccount, .actor, .eventName, .source, .region]) }
    try derivation.derive(wanted)
    let fields = renderer.fields.union(derivation.fields).union(fields)
    var columns = RawField.allCases.filter(fields.contains).compactMap { field in
      dialect.column(field).map { "\($0) AS \(field.columnName)" }
    }
    let documents = renderer.documents.union(derivation.documents)
    for document in SQLRenderer.Document.allCases where documents.contains(document) {
      guard let json = dialect.document(document.root) else {
        throw ExportLimit("the table has no \(document.rawValue) document")
      }
      columns.append("\(json) AS \(document.rawValue)")
    }
    var lines = [
      "WITH events AS (", "  SELECT " + columns.joined(separator: ",\n    "), "  FROM \(dialect.table)", ")",
    ]
    var last = "events"
    if let gate {
      lines[lines.count - 1] += ","
      lines += ["chosen AS (", "  SELECT * FROM events", "  WHERE \(gate)", ")"]
      last = "chosen"
    }
    for (number, level) in derivation.levels.enumerated() {
      let name = "facts\(number + 1)"
      lines[lines.count - 1] += ","
      lines += ["\(name) AS (", "  SELECT *, " + level.joined(separator: ",\n    "), "  FROM \(last)", ")"]
      last = name
    }
    if renderer.asksLanes {
      lines[lines.count - 1] += ","
      lines += Self.lanes(last, isRanked: wanted.contains(.succeeded))
      last = "compared"
    }
    text = lines.joined(separator: "\n") + "\n"
    self.last = last
    notes = renderer.asksLanes ? LaneDeparture.notes : []
  }

  private static let (tuple, own) = (LaneDeparture.dimensions, LaneDeparture.columns)

  /// Each event beside the number of observations that its very lane has, and its distance from the nearest lane.
  private static func lanes(_ last: String, isRanked: Bool) -> [String] {
    func same(_ alias: String, _ prefix: String) -> String {
      zip(tuple, own).map { "\(alias).\(prefix)\($0) = e.\($1)" }.joined(separator: " AND ")
    }
    let counted = [
      "lanes AS (",
      "  SELECT account_id AS lane_account, actor AS lane_actor, event AS lane_event, source AS lane_source,",
      "    region AS lane_region, sum(observations) AS lane_count",
      "  FROM mdr_lanes", "  GROUP BY account_id, actor, event, source, region", "),",
    ]
    let joined = "  LEFT JOIN lanes l ON \(same("l", "lane_"))"
    guard isRanked else {
      return counted + [
        "compared AS (", "  SELECT e.*, coalesce(l.lane_count, 0) AS lane_observations", "  FROM \(last) e",
        joined, ")",
      ]
    }
    let flags = zip(LaneDeparture.flags, zip(tuple, own)).map { flag, names in
      let isOther = "l.\(names.0 == "account" ? "account_id" : names.0) <> e.\(names.1)"
      // Beside a new event, the region of a service without regions says nothing.
      return names.0 == "region"
        ? "CASE WHEN \(isOther) AND NOT (e.region = 'global' AND l.event <> e.stable_event) THEN 1 ELSE 0 END AS \(flag)"
        : "CASE WHEN \(isOther) THEN 1 ELSE 0 END AS \(flag)"
    }
    let named = zip(tuple, own).map { "e.\($1) AS near_\($0)" }.joined(separator: ", ")
    let names = tuple.map { "near_\($0)" }.joined(separator: ", ")
    return counted + [
      "tuples AS (", "  SELECT DISTINCT \(own.joined(separator: ", ")), succeeded FROM \(last)", "),",
      "pairs AS (", "  SELECT \(named), e.succeeded AS near_succeeded,",
      "    " + flags.joined(separator: ",\n    "), "  FROM tuples e CROSS JOIN mdr_lanes l",
      "  WHERE l.status = 'approved' OR l.standing = 'established' OR (l.standing = 'attempted' AND e.succeeded = 0)",
      "),", "nearest AS (",
      "  SELECT \(names), near_succeeded, min(\(LaneDeparture.score)) AS near_score",
      "  FROM pairs", "  GROUP BY \(names), near_succeeded", "),", "compared AS (",
      "  SELECT e.*, coalesce(l.lane_count, 0) AS lane_observations,",
      "    CASE WHEN n.near_score > 0 THEN n.near_score ELSE \(LaneDeparture.everything) END AS departure",
      "  FROM \(last) e", joined,
      "  LEFT JOIN nearest n ON \(same("n", "near_")) AND n.near_succeeded = e.succeeded", ")",
    ]
  }
}
