/// Microsoft Sentinel's KQL over the table AWSCloudTrail.
struct KQLTarget: ExportTarget {
  let name = "kql"
  let title = "Microsoft Sentinel (KQL)"
  let fileExtension = "kql"
  let hasLanes = true
  var assumptions: [String] {
    [
      "AWSCloudTrail: Sentinel's table. RequestParameters, ResponseElements and AdditionalEventData are JSON text.",
      "A column that is empty is a member that isn't there: the table doesn't tell the two apart.",
      "The table has no column for userIdentity.sessionContext.sourceIdentity, which counts as not there.",
      "The rule's schedule chooses the time; the query doesn't.",
    ] + DocumentedShape.assumptions + SharedLimits.all
  }

  func text(of detection: Detection, _ lowering: ExportLowering) throws(ExportLimit) -> String {
    var lowering = lowering
    lowering.trustsShape = true
    let query =
      switch detection.correlation {
      case .threshold(let threshold)?: try KQLQuery(threshold, try lowering.single(detection), lowering)
      case .sequence(let chain)?: try KQLQuery(chain, try lowering.steps(of: chain, detection), lowering)
      case .change(let change)?: try KQLQuery(change, try lowering.single(detection), lowering)
      case nil: try KQLQuery(try lowering.matching(detection))
      }
    let head = header(detection, hasLanes: lowering.hasLanes) + query.notes
    return (head.map { "// \($0)" } + query.lines).joined(separator: "\n") + "\n"
  }
}

/// A whole query: what the table's columns answer first, what is worked out of them, and the rest of the condition.
struct KQLQuery {
  let lines: [String]
  let notes: [String]

  init(lines: [String], notes: [String]) {
    self.lines = lines
    self.notes = notes
  }

  init(_ predicate: RawPredicate) throws(ExportLimit) {
    let (source, rest, notes) = try Self.source(predicate)
    self.init(
      lines: source.lets + [source.events] + (rest.map { ["| where \($0)"] } ?? [])
        + ["| project \(KQLRenderer.shown)"], notes: notes)
  }

  /// What stands before the query, and the query up to the last derived column.
  struct Source {
    var lets: [String]
    var events: String
  }

  static func source(
    _ predicate: RawPredicate, _ needed: Set<DerivedText> = [],
    _ prepare: (inout KQLRenderer) throws(ExportLimit) -> Void = { _ in }
  ) throws(ExportLimit) -> (Source, rest: String?, notes: [String]) {
    let parts = if case .all(let parts) = predicate { parts } else { [predicate] }
    var (plain, others): ([RawPredicate], [RawPredicate]) = ([], [])
    for part in parts {
      var trial = KQLRenderer()
      _ = try trial.condition(part, nil)
      if trial.isPlain { plain.append(part) } else { others.append(part) }
    }
    var renderer = KQLRenderer()
    let gate = plain.isEmpty ? nil : try renderer.condition(.and(plain), nil)
    let rest = others.isEmpty ? nil : try renderer.condition(.and(others), nil)
    try prepare(&renderer)
    var derived = needed
    if renderer.asksLanes {
      derived.formUnion([.ownAccount, .actor, .eventName, .source, .region, .succeeded])
      // Sign-ins say there how they ended.
      renderer.need(.response, "response")
      // STS says there which endpoint was called.
      renderer.need(.additional, "additional")
    }
    let columns = try renderer.extensions(and: derived)
    var events = ([KQLRenderer.table] + (gate.map { ["| where \($0)"] } ?? []) + columns).joined(
      separator: "\n")
    var lets = renderer.lets
    if renderer.asksLanes {
      lets += [lanes, "let events = \(events);", nearest]
      events = compared
    }
    let notes =
      (renderer.missing.isEmpty
        ? []
        : [
          "Not in the table, and taken to be not there: \(renderer.missing.map(\.rawValue).sorted().joined(separator: ", "))."
        ]) + (renderer.asksLanes ? LaneDeparture.notes : [])
    return (Source(lets: lets, events: events), rest, notes)
  }

  // MARK: Lanes

  private static let tuple = ["account", "actor", "event", "source", "region"]
  private static let own = ["account_id", "actor", "stable_event", "source", "region"]
  private static let keys = zip(own, tuple).map { "$left.\($0) == $right.lane_\($1)" }.joined(separator: ", ")

  private static let lanes =
    "let lanes = mdr_lanes | project lane_account = account_id, lane_actor = actor, lane_event = event, "
    + "lane_source = source, lane_region = region, observations, standing, status;"

  /// For each tuple the smallest distance from a lane that vouches for it.
  private static let nearest: String = {
    let flags = zip(LaneDeparture.flags, zip(tuple, own)).map { flag, names in
      let isSame = "lane_\(names.0) == \(names.1)"
      // Beside a new event, the region of a service without regions says nothing.
      return names.0 == "region"
        ? "\(flag) = iff(\(isSame) or (region == 'global' and lane_event != stable_event), 0, 1)"
        : "\(flag) = iff(\(isSame), 0, 1)"
    }
    let all = (own + ["succeeded"]).joined(separator: ", ")
    return [
      "let nearest = events", "| distinct \(all)", "| extend pair = 1",
      "| join kind=inner (lanes | extend pair = 1) on pair",
      "| where status == 'approved' or standing == 'established' or (standing == 'attempted' and succeeded == 0)",
      "| extend \(flags.joined(separator: ", "))", "| extend score = \(LaneDeparture.score)",
      "| summarize near_score = min(score) by near_account = account_id, near_actor = actor, near_event = stable_event, "
        + "near_source = source, near_region = region, near_succeeded = succeeded;",
    ].joined(separator: "\n")
  }()

  private static let compared = [
    "events",
    "| join kind=leftouter (lanes | summarize lane_count = sum(observations) by lane_account, lane_actor, lane_event, "
      + "lane_source, lane_region) on \(keys)",
    "| join kind=leftouter nearest on "
      + (zip(own, tuple).map { "$left.\($0) == $right.near_\($1)" } + [
        "$left.succeeded == $right.near_succeeded"
      ])
      .joined(separator: ", "),
    "| extend lane_observations = coalesce(lane_count, 0), departure = coalesce(near_score, \(LaneDeparture.everything))",
  ].joined(separator: "\n")

  // MARK: Groups

  /// What the events of a group share, as one text.
  static func text(
    of key: GroupKey, _ lowering: ExportLowering, _ renderer: inout KQLRenderer
  ) throws(ExportLimit) -> String {
    switch key {
    case .identityPath: throw ExportLimit("it follows credentials from one session to the next")
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

  /// The texts at a path of which there is one, or of an event's name two.
  static func texts(
    of path: FactPath, _ lowering: ExportLowering, _ renderer: inout KQLRenderer
  ) throws(ExportLimit) -> [String] {
    switch path {
    case FactPath(.field(.eventName)): return ["stable_name", "EventName"]
    case FactPath(.field(.source)): return ["source"]
    default: break
    }
    let place = try lowering.rawPath(path)
    guard !place.steps.contains(.each) else { throw ExportLimit("it counts the elements of \(path)") }
    return [try renderer.text(at: place)]
  }
}
