/// A chain as a query: each group's first pass through all steps.
///
/// Of the events of one step in one minute the first and the last count, as this engine keeps them.
struct SQLChain {
  let text: String
  let notes: [String]

  init(
    _ chain: EventChain, _ steps: [RawPredicate], _ dialect: any SQLDialect, _ lowering: ExportLowering
  ) throws(ExportLimit) {
    var renderer = SQLRenderer(dialect)
    var conditions: [String] = []
    for step in steps { conditions.append(try renderer.condition(step)) }
    var derived: Set<DerivedText> = []
    let group = try SQLGroup(chain.keys, lowering, &renderer, &derived)
    let source = try SQLSource(
      renderer, dialect, derived: derived, fields: SQLQuery.shown + SQLGroup.fields(for: chain.keys),
      gate: nil)
    let last = steps.count
    let seconds = dialect.seconds(of: RawField.eventTime.columnName)
    let parts =
      ["timed AS (SELECT *, \(seconds) AS seconds FROM \(source.last))"] + Self.ends(conditions, group)
      + (2...max(2, last)).flatMap { Self.pass($0, group, within: chain.minutes * 60) }
    text =
      String(source.text.dropLast()) + ",\n" + parts.joined(separator: ",\n")
        + """
        ,
        ranked AS (SELECT *, row_number() OVER (PARTITION BY \(group.list) ORDER BY seconds1, id1) AS place FROM pass\(last))
        SELECT id\(last) AS event_id, \(group.list), \((1...last).map { "id\($0), time\($0)" }.joined(separator: ", "))
        FROM ranked
        WHERE place = 1

        """
    notes = source.notes + chain.notes
  }

  /// The events of each step, of each minute the first and the last, and the passes that begin with the first step's.
  private static func ends(_ conditions: [String], _ group: SQLGroup) -> [String] {
    let columns = group.definitions.joined(separator: ", ")
    let matched = conditions.enumerated().map { place, condition in
      "SELECT event_id, event_time, seconds, CAST(floor(seconds / 60) AS bigint) AS slot, \(columns), \(place + 1) AS step\n"
        + "  FROM timed WHERE seconds > 0 AND \(group.isKnown) AND (\(condition))"
    }
    return [
      "matched AS (\n  \(matched.joined(separator: "\n  UNION ALL "))\n)",
      """
      numbered AS (
        SELECT *, row_number() OVER (PARTITION BY \(group.list), step, slot ORDER BY seconds, event_id) AS place,
          row_number() OVER (PARTITION BY \(group.list), step, slot ORDER BY seconds DESC, event_id DESC) AS place_back
        FROM matched
      )
      """,
      "ends AS (SELECT * FROM numbered WHERE place = 1 OR place_back = 1)",
      "pass1 AS (SELECT \(group.list), event_id AS id1, seconds AS seconds1, event_time AS time1 FROM ends WHERE step = 1)",
    ]
  }

  /// The passes up to a step: those up to the step before, each with the earliest event that takes this one in time.
  private static func pass(_ step: Int, _ group: SQLGroup, within seconds: Int) -> [String] {
    let before = (1..<step).map {
      "p.id\($0) AS id\($0), p.seconds\($0) AS seconds\($0), p.time\($0) AS time\($0)"
    }
    let kept = (1...step).map { "id\($0), seconds\($0), time\($0)" }.joined(separator: ", ")
    let others = (1..<step).map { "e.event_id <> p.id\($0)" }.joined(separator: " AND ")
    return [
      """
      next\(step) AS (
        SELECT \(group.renamed(from: "p")), \(before.joined(separator: ", ")),
          e.event_id AS id\(step), e.seconds AS seconds\(step), e.event_time AS time\(step),
          row_number() OVER (PARTITION BY \(group.columns(of: "p")), p.id1
            ORDER BY e.seconds, e.event_id) AS place
        FROM pass\(step - 1) p JOIN ends e ON \(group.isShared(by: "p", "e"))
        WHERE e.step = \(step) AND e.seconds >= p.seconds\(step - 1) AND \(others)
      )
      """,
      "pass\(step) AS (SELECT \(group.list), \(kept) FROM next\(step) WHERE place = 1 AND seconds\(step) <= seconds1 + \(seconds))",
    ]
  }
}
