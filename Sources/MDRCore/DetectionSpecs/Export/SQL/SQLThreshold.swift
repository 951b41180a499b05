/// A threshold as a query: the events of each group by the minute, the windows that hold enough, and their runs.
struct SQLThreshold {
  let text: String
  let notes: [String]

  init(
    _ threshold: EventThreshold, _ predicate: RawPredicate, _ dialect: any SQLDialect,
    _ lowering: ExportLowering
  ) throws(ExportLimit) {
    var renderer = SQLRenderer(dialect)
    let conditions = try SQLConditions(predicate, &renderer)
    var derived: Set<DerivedText> = []
    var keys: [String] = []
    for key in threshold.keys { keys.append(try SQLGroup.key(key, lowering, &renderer, &derived)) }
    var values: [String] = []
    if let distinct = threshold.distinct {
      values = try SQLGroup.values(distinct, lowering, &renderer, &derived)
    }
    let source = try SQLSource(
      renderer, dialect, derived: derived,
      fields: SQLQuery.shown + (threshold.keys.contains(.session) ? [.accessKeyID, .sessionStart] : []),
      gate: conditions.gate)
    notes =
      source.notes + [
        "One row for each run: a group's stretch of time in which every event lies in some window of \(threshold.minutes) minutes",
        "that holds at least \(threshold.atLeast)\(threshold.distinct.map { " different \($0)" } ?? " events"); minutes are counted whole.",
      ]
    let names = keys.indices.map { "key\($0 + 1)" }
    let list = names.joined(separator: ", ")
    func joined(_ one: String, _ other: String) -> String {
      names.map { "\(one).\($0) = \(other).\($0)" }.joined(separator: " AND ")
    }
    func of(_ table: String) -> String { names.map { "\(table).\($0) AS \($0)" }.joined(separator: ", ") }
    let keyColumns =
      zip(keys, names).map { "\($0) AS \($1)" } + values.indices.map { "\(values[$0]) AS value\($0 + 1)" }
    let given = (keys.map { "\($0) IS NOT NULL" } + (values.first.map { ["\($0) IS NOT NULL"] } ?? []))
      .joined(separator: " AND ")
    let units =
      values.isEmpty
      ? "SELECT \(list), slot, count(*) AS n FROM matched GROUP BY \(list), slot"
      : values.indices.map { "SELECT DISTINCT \(list), slot, value\($0 + 1) AS value FROM matched" }
        .joined(separator: " UNION ALL ")
    let total = values.isEmpty ? "sum(b.n)" : "count(DISTINCT b.value)"
    text =
      String(source.text.dropLast()) + """
        , timed AS (SELECT *, \(dialect.seconds(of: RawField.eventTime.columnName)) AS seconds FROM \(source.last)),
        matched AS (
          SELECT event_id, event_time, seconds, CAST(floor(seconds / 60) AS bigint) AS slot,
            \(keyColumns.joined(separator: ", "))
          FROM timed
          WHERE seconds > 0 AND \(given)\(conditions.rest.map { " AND (\($0))" } ?? "")
        ),
        units AS (\(units)),
        ends AS (SELECT DISTINCT \(list), slot FROM matched),
        windows AS (
          SELECT \(of("a")), a.slot AS last_slot, min(b.slot) AS first_slot
          FROM ends a JOIN units b ON \(joined("a", "b"))
          WHERE b.slot <= a.slot AND b.slot > a.slot - \(threshold.minutes)
          GROUP BY \(names.map { "a.\($0)" }.joined(separator: ", ")), a.slot
          HAVING \(total) >= \(threshold.atLeast)
        ),
        ordered AS (
          SELECT *, max(last_slot) OVER (PARTITION BY \(list) ORDER BY last_slot
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS slot_before
          FROM windows
        ),
        islands AS (
          SELECT *, sum(CASE WHEN slot_before IS NULL OR first_slot > slot_before THEN 1 ELSE 0 END)
            OVER (PARTITION BY \(list) ORDER BY last_slot ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS island
          FROM ordered
        ),
        runs AS (
          SELECT \(list), island, min(first_slot) AS first_slot, max(last_slot) AS last_slot
          FROM islands GROUP BY \(list), island
        ),
        ranked AS (
          SELECT m.event_id AS event_id, m.event_time AS event_time, \(of("r")),
            row_number() OVER (PARTITION BY \(names.map { "r.\($0)" }.joined(separator: ", ")), r.island
              ORDER BY m.seconds, m.event_id) AS place,
            count(*) OVER (PARTITION BY \(names.map { "r.\($0)" }.joined(separator: ", ")), r.island) AS events
          FROM runs r JOIN matched m ON \(joined("r", "m"))
          WHERE m.slot BETWEEN r.first_slot AND r.last_slot
        )
        SELECT event_id, event_time, \(list), events
        FROM ranked
        WHERE place = 1

        """
  }
}
