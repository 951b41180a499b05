/// What the events of a group have in common, in SQL.
enum SQLGroup {
  /// What the events of a group share, as one text.
  static func key(
    _ key: GroupKey, _ lowering: ExportLowering, _ renderer: inout SQLRenderer,
    _ derived: inout Set<DerivedText>
  ) throws(ExportLimit) -> String {
    switch key {
    case .identityPath: throw ExportLimit("it follows credentials from one session to the next")
    case .session:
      derived.formUnion([.ownAccount, .actorAccountID, .actor])
      let (key, start) = (RawField.accessKeyID.columnName, RawField.sessionStart.columnName)
      return "CASE WHEN \(key) <> '' THEN \(key) ELSE concat(actor_account_id, '/', actor, "
        + "CASE WHEN \(start) IS NULL THEN '' ELSE concat('@', \(start)) END) END"
    case .value(let path):
      let all = try values(path, lowering, &renderer, &derived)
      return all[0]
    }
  }

  /// The texts at a path of which there is one, or of an event's name two.
  static func values(
    _ path: FactPath, _ lowering: ExportLowering, _ renderer: inout SQLRenderer,
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
    guard !place.steps.contains(.each) else { throw ExportLimit("it counts the elements of \(path)") }
    var text = ""
    _ = try renderer.some(place, nil) { renderer, value in
      text = renderer.text(value)
      return ""
    }
    if case .field = path.root { return ["CASE WHEN \(text) <> '' THEN \(text) END"] }
    return [text]
  }
}
