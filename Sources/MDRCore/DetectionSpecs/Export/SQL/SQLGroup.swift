/// What the events of a group have in common, in SQL: each key as a column `key1`, `key2` and so on.
struct SQLGroup {
  /// For each key, the expression that gives it for one event.
  let values: [String]
  /// The columns' names, in the order of the keys.
  let names: [String]

  /// Reads the keys; what they need of the record goes to `renderer` and `derived`.
  init(
    _ keys: [GroupKey], _ lowering: ExportLowering, _ renderer: inout SQLRenderer,
    _ derived: inout Set<DerivedText>
  ) throws(ExportLimit) {
    var values: [String] = []
    for key in keys { values.append(try Self.value(of: key, lowering, &renderer, &derived)) }
    self.values = values
    names = keys.indices.map { "key\($0 + 1)" }
  }

  /// Members of the record that the keys need as columns of their own.
  static func fields(for keys: [GroupKey]) -> [RawField] {
    keys.contains(.session) ? [.accessKeyID, .sessionStart] : []
  }

  /// The columns, such as `key1, key2`.
  var list: String { names.joined(separator: ", ") }

  /// The columns where they are made, such as `account_id AS key1`.
  var definitions: [String] { zip(values, names).map { "\($0) AS \($1)" } }

  /// The condition that an event has all keys: without one, nothing says whose it is.
  var isKnown: String { values.map { "\($0) IS NOT NULL" }.joined(separator: " AND ") }

  /// The columns of a table, such as `a.key1, a.key2`.
  func columns(of table: String) -> String { names.map { "\(table).\($0)" }.joined(separator: ", ") }

  /// The columns of a table under their own names, such as `a.key1 AS key1`.
  func renamed(from table: String) -> String {
    names.map { "\(table).\($0) AS \($0)" }.joined(separator: ", ")
  }

  /// The condition that rows of two tables belong to the same group.
  func isShared(by one: String, _ other: String) -> String {
    names.map { "\(one).\($0) = \(other).\($0)" }.joined(separator: " AND ")
  }

  private static func value(
    of key: GroupKey, _ lowering: ExportLowering, _ renderer: inout SQLRenderer,
    _ derived: inout Set<DerivedText>
  ) throws(ExportLimit) -> String {
    switch key {
    case .identityPath: throw ExportLimit.followsCredentials
    case .personOrActor: throw ExportLimit.followsPerson
    case .session:
      derived.formUnion([.ownAccount, .actorAccountID, .actor])
      let (key, start) = (RawField.accessKeyID.columnName, RawField.sessionStart.columnName)
      return "CASE WHEN \(key) <> '' THEN \(key) ELSE concat(actor_account_id, '/', actor, "
        + "CASE WHEN \(start) IS NULL THEN '' ELSE concat('@', \(start)) END) END"
    case .value(let path): return try texts(at: path, lowering, &renderer, &derived)[0]
    }
  }

  /// The expressions for the texts at a path: one, but two for an event's name, which is told as stable and as logged.
  static func texts(
    at path: FactPath, _ lowering: ExportLowering, _ renderer: inout SQLRenderer,
    _ derived: inout Set<DerivedText>
  ) throws(ExportLimit) -> [String] {
    switch path {
    case FactPath(.field(.eventName)):
      derived.insert(.eventName)
      return ["stable_name", RawField.eventName.columnName]
    case FactPath(.field(.source)):
      derived.insert(.source)
      return ["source"]
    default: break
    }
    let place = try lowering.rawPath(path)
    guard !place.steps.contains(.each) else { throw ExportLimit.countsElements(of: path) }
    var text = ""
    _ = try renderer.some(place, nil) { renderer, value in
      text = renderer.text(value)
      return ""
    }
    if case .field = path.root { return ["CASE WHEN \(text) <> '' THEN \(text) END"] }
    return [text]
  }
}
