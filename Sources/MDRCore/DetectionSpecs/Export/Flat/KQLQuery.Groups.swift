/// What the events of a group have in common, in KQL.
extension KQLQuery {
  /// What the events of a group share, as one text.
  static func text(
    of key: GroupKey, _ lowering: ExportLowering, _ renderer: inout KQLRenderer
  ) throws(ExportLimit) -> String {
    switch key {
    case .identityPath: throw ExportLimit.followsCredentials
    case .personOrActor: throw ExportLimit.followsPerson
    case .session:
      let key = KQLDialect().text(.accessKeyID) ?? "''"
      let start = KQLDialect().text(.sessionStart) ?? "''"
      return "iff(isnotempty(\(key)), \(key), strcat(actor_account_id, '/', actor, "
        + "iff(isnotempty(\(start)), strcat('@', \(start)), '')))"
    case .value(let path): return try texts(of: path, lowering, &renderer)[0]
    }
  }

  /// What has to be derived for groups and values.
  static func derived(for keys: [GroupKey], and values: [FactPath] = []) -> Set<DerivedText> {
    var derived: Set<DerivedText> = keys.contains(.session) ? [.actorAccountID, .actor] : []
    let paths = keys.compactMap { if case .value(let path) = $0 { path } else { nil } }
    for path in paths + values {
      if path == FactPath(.field(.eventName)) { derived.insert(.eventName) }
      if path == FactPath(.field(.source)) { derived.insert(.source) }
    }
    return derived
  }

  /// The seconds since 1970.
  static let timed = [
    "| extend seconds = tolong((todatetime(TimeGenerated) - datetime(1970-01-01)) / 1s)",
    "| where seconds > 0",
  ]

  /// The expressions for the texts at a path: one, but two for an event's name, which is told as stable and as
  /// logged.
  static func texts(
    of path: FactPath, _ lowering: ExportLowering, _ renderer: inout KQLRenderer
  ) throws(ExportLimit) -> [String] {
    switch path {
    case FactPath(.field(.eventName)): return ["stable_name", "EventName"]
    case FactPath(.field(.source)): return ["source"]
    default: break
    }
    let place = try lowering.rawPath(path)
    guard !place.steps.contains(.each) else { throw ExportLimit.countsElements(of: path) }
    return [try renderer.text(at: place)]
  }
}
