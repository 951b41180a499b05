/// A change as a query: each statement beside the last one that said anything of the same thing.
struct SQLChange {
  let text: String
  let notes: [String]

  init(
    _ change: StateChange, _ predicate: RawPredicate, _ dialect: any SQLDialect, _ lowering: ExportLowering
  ) throws(ExportLimit) {
    var renderer = SQLRenderer(dialect)
    let conditions = try SQLConditions(predicate, &renderer)
    var derived: Set<DerivedText> = []
    var keys: [String] = []
    for key in change.keys { keys.append(try SQLGroup.key(key, lowering, &renderer, &derived)) }
    var values: [String] = []
    for test in change.tests {
      guard test.kind != .lost, test.kind != .gained else {
        throw ExportLimit("it compares the list in \(test.path) with the one last seen")
      }
      values.append(try SQLGroup.values(test.path, lowering, &renderer, &derived)[0])
    }
    let source = try SQLSource(renderer, dialect, derived: derived, gate: conditions.gate)
    let names = keys.indices.map { "key\($0 + 1)" }
    let list = names.joined(separator: ", ")
    let columns =
      zip(keys, names).map { "\($0) AS \($1)" } + values.indices.map { "\(values[$0]) AS value\($0 + 1)" }
    let given = keys.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    // A setting that is left out stays as it was: each is compared among the statements that name it.
    let compared = change.tests.indices.map { place in
      """
      SELECT event_id, event_time, \(list), value\(place + 1) AS now, \(place + 1) AS test,
          lag(value\(place + 1)) OVER (PARTITION BY \(list) ORDER BY seconds, event_id) AS before
        FROM matched WHERE value\(place + 1) IS NOT NULL
      """
    }
    func number(_ text: String) -> String {
      "CASE WHEN \(dialect.lower(text)) = 'true' THEN 1.0 WHEN \(dialect.lower(text)) = 'false' THEN 0.0 ELSE \(renderer.number(text)) END"
    }
    let tests = change.tests.enumerated().map { place, test in
      let holds =
        switch test.kind {
        case .lowered: "\(number("now")) < \(number("before"))"
        case .raised: "\(number("now")) > \(number("before"))"
        case .changed, .lost, .gained: "now <> before"
        }
      return "(test = \(place + 1) AND \(dialect.holds(holds)))"
    }
    text =
      String(source.text.dropLast()) + """
        ,
        timed AS (SELECT *, \(dialect.seconds(of: RawField.eventTime.columnName)) AS seconds FROM \(source.last)),
        matched AS (
          SELECT event_id, event_time, seconds, \(columns.joined(separator: ",\n    "))
          FROM timed
          WHERE seconds > 0 AND \(given)\(conditions.rest.map { " AND (\($0))" } ?? "")
        ),
        compared AS (
          \(compared.joined(separator: "\n  UNION ALL "))
        )
        SELECT DISTINCT event_id, event_time, \(list)
        FROM compared
        WHERE before IS NOT NULL AND (\(tests.joined(separator: " OR ")))

        """
    notes =
      source.notes + [
        "Each statement is compared with the last one before it in the time that is asked about: ask about months, not hours."
      ]
  }
}
