/// Splunk searches over the add-on's `aws:cloudtrail`.
struct SplunkTarget: ExportTarget {
  let name = "spl"
  let title = "Splunk (SPL)"
  let fileExtension = "spl"
  let hasLanes = true
  var assumptions: [String] {
    [
      "sourcetype aws:cloudtrail, whose JSON Splunk extracts into fields named by path: all of it, beyond the first 5,000 characters too (extraction_cutoff in limits.conf).",
      "A field that is null counts as not matching; every test says so by itself.",
      "JSON functions such as json_extract, from Splunk 8.1 on. A member of an object that is null isn't extracted.",
      "The alert's schedule chooses the time; the search doesn't.",
    ] + DocumentedShape.assumptions + SharedLimits.all
  }

  func text(of detection: Detection, _ lowering: ExportLowering) throws(ExportLimit) -> String {
    var lowering = lowering
    lowering.trustsShape = true
    var search = SplunkSearch()
    if case .threshold(let threshold)? = detection.correlation {
      try search.count(threshold, try lowering.single(detection), lowering)
    } else {
      try search.show(try lowering.matching(detection))
    }
    let notes = header(detection, hasLanes: lowering.hasLanes) + search.notes
    // A comment of three backticks ends at the next three.
    let lines =
      notes.map { "```\($0.replacing("`", with: "'"))```" } + [#"index=* sourcetype="aws:cloudtrail""#]
      + search.commands.map { "| \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// The commands of a search: what fields answer first, what is worked out of them, and the rest of the condition.
struct SplunkSearch {
  private(set) var commands: [String] = []
  private(set) var notes: [String] = []

  static let shown =
    "eventID, eventTime, recipientAccountId, awsRegion, eventSource, eventName, userIdentity.arn, sourceIPAddress"

  mutating func show(_ predicate: RawPredicate) throws(ExportLimit) {
    try find(predicate)
    commands.append("table \(Self.shown)")
  }

  private mutating func find(
    _ predicate: RawPredicate, _ needed: Set<DerivedText> = []
  ) throws(ExportLimit) {
    let (plain, others) = try predicate.split { part throws(ExportLimit) in
      var trial = SplunkRenderer()
      _ = try trial.condition(part)
      return trial.isPlain
    }
    var renderer = SplunkRenderer()
    if !plain.isEmpty { commands.append("where " + (try renderer.condition(.and(plain)))) }
    let rest = others.isEmpty ? nil : try renderer.condition(.and(others))
    var derived = renderer.derived.union(needed)
    if renderer.asksLanes {
      derived.formUnion([.ownAccount, .actor, .eventName, .source, .region, .succeeded])
    }
    let columns = try PipelineDerivation(SplunkDialect(), derived).columns + renderer.columns
    commands += columns.map { "eval \($0.name)=\($0.value)" }
    if renderer.asksLanes {
      commands += Self.lookups(isRanked: renderer.ranksLanes)
      notes += LaneDeparture.notes
      notes += [
        "mdr_lanes is a lookup definition here. With more than 1,000 lanes behind one lookup Splunk tells no more of them."
      ]
    }
    if let rest { commands.append("where \(rest)") }
  }

  // MARK: Lanes

  private static let keys: [(TupleDimensions, String)] = [
    (.account, "account_id"), (.actor, "actor"), (.event, "event AS stable_event"), (.source, "source"),
    (.region, "region"),
  ]

  /// The very lane of an event, and for every set of dimensions the lanes that agree on the rest.
  private static func lookups(isRanked: Bool) -> [String] {
    func lookup(_ kept: TupleDimensions, _ output: String) -> String {
      let fields = keys.filter { kept.contains($0.0) }.map(\.1).joined(separator: ", ")
      return "lookup mdr_lanes \(fields) OUTPUT \(output)"
    }
    let own = lookup(.all, "observations AS lane_observations, standing AS standing0, status AS status0")
    let count = "eval lane_observations=coalesce(tonumber(lane_observations), 0)"
    guard isRanked else { return [own, count] }
    func vouches(_ departure: TupleDimensions) -> String {
      let place = departure.rawValue
      return
        "(isnotnull(mvfind(standing\(place), \"^established$\")) OR isnotnull(mvfind(status\(place), \"^approved$\")) "
        + "OR (succeeded=0 AND isnotnull(mvfind(standing\(place), \"^attempted$\"))))"
    }
    let departures = TupleDimensions.departures.filter { !$0.isEmpty }
    var cases = ["\(vouches([])), 11"]
    for departure in departures {
      let score = LaneDeparture.score(of: departure)
      guard departure.contains(.event), !departure.contains(.region) else {
        cases.append("\(vouches(departure)), \(score)")
        continue
      }
      // Beside a new event, the region of a service without regions says nothing.
      let wider = departure.union(.region)
      let isGlobal = wider == .all ? "false()" : vouches(wider)
      cases.append("if(region=\"global\", \(isGlobal), \(vouches(departure))), \(score)")
    }
    return [own, count]
      + departures.map {
        lookup(
          TupleDimensions.all.subtracting($0),
          "standing AS standing\($0.rawValue), status AS status\($0.rawValue)")
      } + [
        "eval departure=case(\(cases.joined(separator: ",\n    ")),\n    true(), \(LaneDeparture.everything))"
      ]
  }

  // MARK: Thresholds

  /// Every event stands in all windows that may hold it; of windows that hold enough, the first of each run is shown.
  mutating func count(
    _ threshold: EventThreshold, _ predicate: RawPredicate, _ lowering: ExportLowering
  ) throws(ExportLimit) {
    var derived: Set<DerivedText> = []
    var keys: [String] = []
    for key in threshold.keys { keys.append(try Self.text(of: key, lowering, &derived)) }
    let value = try threshold.distinct.map { path throws(ExportLimit) in
      try Self.text(of: path, lowering, &derived)
    }
    try find(predicate, derived)
    let names = keys.indices.map { "key\($0 + 1)" }
    let list = names.joined(separator: ", ")
    commands.append(
      "eval "
        + (zip(names, keys).map { "\($0)=\($1)" } + (value.map { ["value=\($0)"] } ?? [])).joined(
          separator: ", "))
    // An empty text is no value of a field.
    commands.append(
      "where "
        + (names + (value == nil ? [] : ["value"])).map { "isnotnull(\($0)) AND \($0)!=\"\"" }
        .joined(separator: " AND "))
    let total = value == nil ? "count" : "dc(value)"
    commands += [
      #"eval seconds=floor(strptime(eventTime, "%Y-%m-%dT%H:%M:%SZ")), slot=floor(seconds/60), place=seconds." ".eventID"#,
      "where seconds>0", "eval window=mvrange(slot, slot+\(threshold.minutes))", "mvexpand window",
      "stats \(total) AS total, min(slot) AS first_slot, max(slot) AS last_slot, min(place) AS place by \(list), window",
      "where total>=\(threshold.atLeast)", "sort 0 \(list), last_slot, first_slot",
      "streamstats current=f max(last_slot) AS slot_before by \(list)",
      "where isnull(slot_before) OR first_slot>slot_before",
      #"eval eventID=mvindex(split(place, " "), 1)"#, "table eventID, \(list), total",
    ]
    notes += threshold.startNotes
  }

  private static func text(
    of key: GroupKey, _ lowering: ExportLowering, _ derived: inout Set<DerivedText>
  ) throws(ExportLimit) -> String {
    switch key {
    case .identityPath: throw ExportLimit.followsCredentials
    case .personOrActor: throw ExportLimit.followsPerson
    case .session:
      derived.formUnion([.actorAccountID, .actor])
      let dialect = SplunkDialect()
      let (key, start) = (dialect.text(.accessKeyID) ?? "", dialect.text(.sessionStart) ?? "")
      return
        "if(\(key)!=\"\", \(key), actor_account_id.\"/\".actor.if(\(start)!=\"\", \"@\".\(start), \"\"))"
    case .value(let path): return try text(of: path, lowering, &derived)
    }
  }

  private static func text(
    of path: FactPath, _ lowering: ExportLowering, _ derived: inout Set<DerivedText>
  ) throws(ExportLimit) -> String {
    switch path {
    case FactPath(.field(.eventName)):
      derived.insert(.eventName)
      return "mvappend(stable_name, eventName)"
    case FactPath(.field(.source)):
      derived.insert(.source)
      return "source"
    default: break
    }
    let place = try lowering.rawPath(path)
    guard !place.steps.contains(.each) else { throw ExportLimit.countsElements(of: path) }
    if case .derived(let text) = place.root { derived.insert(text) }
    return try SplunkRenderer.field(place)
  }
}
