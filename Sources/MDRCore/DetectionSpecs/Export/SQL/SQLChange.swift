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
    let group = try SQLGroup(change.keys, lowering, &renderer, &derived)
    var values: [String] = []
    for test in change.tests {
      guard !test.comparesLists else {
        throw ExportLimit("it compares the list in \(test.path) with the one last seen")
      }
      values.append(try SQLGroup.texts(at: test.path, lowering, &renderer, &derived)[0])
    }
    let source = try SQLSource(renderer, dialect, derived: derived, gate: conditions.gate)
    let columns = group.definitions + values.indices.map { "\(values[$0]) AS value\($0 + 1)" }
    let tests = change.tests.enumerated().map { place, test in
      "(test = \(place + 1) AND \(dialect.holds(Self.differs(test.kind, renderer))))"
    }
    text =
      String(source.text.dropLast()) + """
        ,
        timed AS (SELECT *, \(dialect.seconds(of: RawField.eventTime.columnName)) AS seconds FROM \(source.last)),
        matched AS (
          SELECT event_id, event_time, seconds, \(columns.joined(separator: ",\n    "))
          FROM timed
          WHERE seconds > 0 AND \(group.isKnown)\(conditions.rest.map { " AND (\($0))" } ?? "")
        ),
        compared AS (
          \(change.tests.indices.map { Self.statements(of: $0 + 1, group) }.joined(separator: "\n  UNION ALL "))
        )
        SELECT DISTINCT event_id, event_time, \(group.list)
        FROM compared
        WHERE before IS NOT NULL AND (\(tests.joined(separator: " OR ")))

        """
    notes = source.notes + StateChange.notes
  }

  /// The statements that name one test's setting, each beside the one before: a setting that is left out stays as it was.
  private static func statements(of test: Int, _ group: SQLGroup) -> String {
    """
    SELECT event_id, event_time, \(group.list), value\(test) AS now, \(test) AS test,
        lag(value\(test)) OVER (PARTITION BY \(group.list) ORDER BY seconds, event_id) AS before
      FROM matched WHERE value\(test) IS NOT NULL
    """
  }

  /// The condition that a statement departs from the one before in the way that a test asks for.
  private static func differs(
    _ kind: StateChange.Kind, _ renderer: SQLRenderer
  ) -> String {
    func number(_ text: String) -> String {
      "CASE WHEN \(renderer.dialect.lower(text)) = 'true' THEN 1.0 WHEN \(renderer.dialect.lower(text)) = 'false' THEN 0.0 ELSE \(renderer.number(text)) END"
    }
    return switch kind {
    case .lowered: "\(number("now")) < \(number("before"))"
    case .raised: "\(number("now")) > \(number("before"))"
    case .changed, .lost, .gained: "now <> before"
    }
  }
}
