extension Lane {
  /// Appends the lane's line of `lanes.jsonl`, without its line break.
  func append(to output: inout JSONOutput) {
    withExtendedLifetime(chunk) {
      LaneLine(record.pointee, in: chunk, chunk.nameBytes).append(to: &output)
    }
  }

  /// The lane's line as a value.
  package var json: JSONValue {
    var output = JSONOutput()
    append(to: &output)
    return (try? JSONValue(parsing: output.finished())) ?? .null
  }

  init?(json: JSONValue) {
    guard let facts = LaneFacts(json: json) else { return nil }
    self.init(facts)
  }
}

extension LaneFacts {
  /// What a line of `lanes.jsonl` says.
  init?(json: JSONValue) {
    guard let account = json["account_id"]?.string, let actor = json["actor"]?.string,
      let event = json["event"]?.string, let source = json["source"]?.string,
      let region = json["region"]?.string, let firstSeen = json["first_seen"]?.time,
      let lastSeen = json["last_seen"]?.time, let days = json["days"].flatMap(DayRuns.init(json:)),
      let sessions = json["sessions"]?.int,
      let standing = json["standing"]?.string.flatMap(LaneStanding.init(rawValue:)),
      let family = json["business_family"]?.string.flatMap(BusinessFamily.init(rawValue:)),
      let risk = json["business_risk"]?.string.flatMap(BusinessRisk.init(rawValue:)),
      let archetype = json["archetype"]?.string.flatMap(Archetype.init(rawValue:)),
      let sourceKind = json["source_kind"]?.string.flatMap(SourceKind.init(rawValue:)),
      let outcomes = json["outcomes"]?.keyedCounts(by: Outcome.self),
      let overrides = json["overrides"]?.keyedCounts(by: OverrideClass.self)
    else { return nil }
    self.init(
      key: LaneKey(account: account, actor: actor, event: event, source: source, region: region),
      counts: OutcomeCounts(
        success: outcomes[.success] ?? 0, denied: outcomes[.denied] ?? 0, failed: outcomes[.failed] ?? 0),
      firstSeen: firstSeen, lastSeen: lastSeen, days: days.days,
      hours: HoursOfDay(json["hours"]?.elements.compactMap(\.int) ?? []), sessions: sessions,
      cadence: json["cadence"].flatMap(Cadence.init(json:)), standing: standing, family: family, risk: risk,
      archetype: archetype, sourceKind: sourceKind, overrides: overrides,
      establishedOverrides: json.classes("established_overrides"),
      attemptedOverrides: json.classes("attempted_overrides"),
      userAgentFamilies: BoundedCounts(json: json["user_agent_families"]),
      resourcePatterns: BoundedCounts(json: json["resource_patterns"]),
      targets: BoundedCounts(json: json["targets"]), people: BoundedCounts(json: json["people"]),
      approval: json["approval"].flatMap(Approval.init(json:)),
      hangsOnOneDay: json["hangs_on_one_day"]?.bool ?? false,
      peerAccounts: json["established_with_accounts"]?.int ?? 0)
  }
}

extension Cadence {
  init?(json: JSONValue) {
    guard let period = json["period"]?.string.flatMap(Period.init(rawValue:)),
      let jitterHours = json["jitter_hours"]?.int, let runs = json["runs"]?.int,
      let missed = json["missed"]?.int, let offBeat = json["off_beat"]?.int
    else { return nil }
    self.init(
      period: period, jitterHours: jitterHours, runs: runs, missed: missed, offBeat: offBeat,
      usualHour: json["usual_hour"]?.int, usualDay: json["usual_day"]?.int)
  }
}

extension Approval {
  var json: JSONValue {
    [
      "owner": .string(owner), "ticket": .string(ticket), "reason": .string(reason),
      "expires": .string(expires.iso8601),
    ]
  }

  init?(json: JSONValue) {
    guard let owner = json["owner"]?.string, let ticket = json["ticket"]?.string,
      let reason = json["reason"]?.string, let expires = json["expires"]?.time
    else { return nil }
    self.init(owner: owner, ticket: ticket, reason: reason, expires: expires)
  }
}

extension BoundedCounts {
  var json: JSONValue {
    var value: JSONValue = ["values": .counts(counts)]
    if omittedValues > 0 {
      value["omitted_values"] = .number(omittedValues)
      value["omitted_observations"] = .number(omittedObservations)
    }
    return value
  }

  init(json: JSONValue?) {
    let values = json?["values"]?.members ?? [:]
    self.init(
      NamedCounts(values.compactMap { name, value in value.int.map { (key: name, value: $0) } }),
      omittedValues: json?["omitted_values"]?.int ?? 0,
      omittedObservations: json?["omitted_observations"]?.int ?? 0)
  }
}

/// Days as runs of a first day and a length: ninety daily runs are one pair.
struct DayRuns {
  let days: [Int]

  init?(json: JSONValue) {
    var days: [Int] = []
    for run in json.elements {
      guard run.elements.count == 2, let first = run.elements[0].time?.day, let length = run.elements[1].int,
        (1...100_000).contains(length)
      else { return nil }
      days += first..<first + length
    }
    self.days = days
  }
}

extension RandomAccessCollection<Int> {
  /// Calls `body` with the first day and the length of each run of sorted days.
  @inline(__always)
  func forEachRun(_ body: (_ first: Int, _ length: Int) -> Void) {
    guard var first = first else { return }
    var next = first + 1
    for day in dropFirst() {
      if day != next {
        body(first, next - first)
        first = day
      }
      next = day + 1
    }
    body(first, next - first)
  }
}

extension JSONValue {
  /// A count for each case, those at zero left out.
  static func counts<Key: RawRepresentable<String>>(_ counts: [Key: Int]) -> JSONValue {
    .object(
      Dictionary(
        counts.filter { $0.value != 0 }.map { ($0.key.rawValue, .number($0.value)) }, uniquingKeysWith: { $1 }
      ))
  }

  /// Counts by name.
  static func counts(_ counts: NamedCounts) -> JSONValue {
    .object(Dictionary(counts.map { ($0.key, .number($0.value)) }, uniquingKeysWith: { $1 }))
  }

  /// The counts of an object whose keys name cases; `nil` when one doesn't.
  func keyedCounts<Key: RawRepresentable<String>>(by _: Key.Type) -> [Key: Int]? {
    var counts: [Key: Int] = [:]
    for (name, value) in members {
      guard let key = Key(rawValue: name), let count = value.int else { return nil }
      counts[key] = count
    }
    return counts
  }

  /// The override classes that a member lists.
  fileprivate func classes(_ member: String) -> [OverrideClass] {
    self[member]?.strings.compactMap(OverrideClass.init(rawValue:)) ?? []
  }

  /// A moment written as text.
  var time: Timestamp? { string.flatMap { Timestamp(parsing: $0) } }
}
