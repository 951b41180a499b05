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
    let group = try SQLGroup(threshold.keys, lowering, &renderer, &derived)
    var values: [String] = []
    if let distinct = threshold.distinct {
      values = try SQLGroup.texts(at: distinct, lowering, &renderer, &derived)
    }
    let source = try SQLSource(
      renderer, dialect, derived: derived, fields: SQLQuery.shown + SQLGroup.fields(for: threshold.keys),
      gate: conditions.gate)
    notes = source.notes + threshold.runNotes
    text =
      String(source.text.dropLast())
      + Self.matched(group, values, conditions, dialect.seconds(of: RawField.eventTime.columnName), source)
      + Self.windows(threshold, group, values) + Self.runs(group)
  }

  /// The events that count, each with its minute.
  private static func matched(
    _ group: SQLGroup, _ values: [String], _ conditions: SQLConditions, _ seconds: String, _ source: SQLSource
  ) -> String {
    let columns = group.definitions + values.indices.map { "\(values[$0]) AS value\($0 + 1)" }
    let given = group.isKnown + (values.first.map { " AND \($0) IS NOT NULL" } ?? "")
    return """
      , timed AS (SELECT *, \(seconds) AS seconds FROM \(source.last)),
      matched AS (
        SELECT event_id, event_time, seconds, CAST(floor(seconds / 60) AS bigint) AS slot,
          \(columns.joined(separator: ", "))
        FROM timed
        WHERE seconds > 0 AND \(given)\(conditions.rest.map { " AND (\($0))" } ?? "")
      ),

      """
  }

  /// The windows that hold enough events, or enough different values, each ending in a minute with an event.
  private static func windows(_ threshold: EventThreshold, _ group: SQLGroup, _ values: [String]) -> String {
    let list = group.list
    let units =
      values.isEmpty
      ? "SELECT \(list), slot, count(*) AS n FROM matched GROUP BY \(list), slot"
      : values.indices.map { "SELECT DISTINCT \(list), slot, value\($0 + 1) AS value FROM matched" }
        .joined(separator: " UNION ALL ")
    let total = values.isEmpty ? "sum(b.n)" : "count(DISTINCT b.value)"
    return """
      units AS (\(units)),
      ends AS (SELECT DISTINCT \(list), slot FROM matched),
      windows AS (
        SELECT \(group.renamed(from: "a")), a.slot AS last_slot, min(b.slot) AS first_slot
        FROM ends a JOIN units b ON \(group.isShared(by: "a", "b"))
        WHERE b.slot <= a.slot AND b.slot > a.slot - \(threshold.minutes)
        GROUP BY \(group.columns(of: "a")), a.slot
        HAVING \(total) >= \(threshold.atLeast)
      ),

      """
  }

  /// Windows that overlap as one run, of which the first event is shown with the number of all.
  private static func runs(_ group: SQLGroup) -> String {
    let list = group.list
    return """
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
        SELECT m.event_id AS event_id, m.event_time AS event_time, \(group.renamed(from: "r")),
          row_number() OVER (PARTITION BY \(group.columns(of: "r")), r.island
            ORDER BY m.seconds, m.event_id) AS place,
          count(*) OVER (PARTITION BY \(group.columns(of: "r")), r.island) AS events
        FROM runs r JOIN matched m ON \(group.isShared(by: "r", "m"))
        WHERE m.slot BETWEEN r.first_slot AND r.last_slot
      )
      SELECT event_id, event_time, \(list), events
      FROM ranked
      WHERE place = 1

      """
  }
}
