/// What is collected of one lane while observations pass by, in any order.
struct LaneAccumulator: Sendable {
  /// What the taxonomies say of an observation; a lane takes what most of its observations say.
  struct Nature: Hashable, Comparable, Sendable {
    var family: BusinessFamily
    var risk: BusinessRisk
    var archetype: Archetype
    var sourceKind: SourceKind

    private var words: (String, String, String, String) {
      (family.rawValue, risk.rawValue, archetype.rawValue, sourceKind.rawValue)
    }

    static func < (one: Nature, other: Nature) -> Bool { one.words < other.words }
  }

  private(set) var first: Timestamp
  private(set) var last: Timestamp
  private(set) var successes = 0
  private(set) var denials = 0
  private(set) var failures = 0
  private(set) var seen = SeenHours()
  /// Observations that are no critical outcome; `nil` while all are ordinary.
  private(set) var ordinary: SeenHours?
  private(set) var sessions = SessionCounter()
  private(set) var natures: [Nature: Int] = [:]
  private(set) var overrides: [OverrideClass: (count: Int, seen: SeenHours)] = [:]
  private(set) var agents: [UInt32: Int] = [:]
  private(set) var resources: [UInt32: Int] = [:]
  private(set) var targets: [UInt32: Int] = [:]
  private(set) var people: [UInt32: Int] = [:]

  init(first: Timestamp) {
    self.first = first
    last = first
  }

  mutating func add(_ observation: Observation, patterns: ResourcePattern, table: inout StringTable) {
    let time = observation.eventTime
    first = min(first, time)
    last = max(last, time)
    let slot = HourSlot(time)
    add(observation.outcome, overrides: observation.overrides, at: slot)
    let identity = observation.identity
    sessions.insert(
      identity.sessionStart.map { SessionCounter.digest(observation.actorAccountID, $0) }
        ?? SessionCounter.digest(String(time.day)),
      day: time.day)
    let nature = Nature(
      family: observation.businessFamily, risk: observation.businessRisk, archetype: identity.archetype,
      sourceKind: observation.origin.kind)
    natures[nature, default: 0] += 1
    if !observation.origin.userAgentFamily.isEmpty {
      agents[table.intern(observation.origin.userAgentFamily), default: 0] += 1
    }
    for template in Set(observation.resources.map(patterns.template)) {
      resources[table.intern(template), default: 0] += 1
    }
    for target in patterns.targets(of: observation) { targets[table.intern(target), default: 0] += 1 }
    if let person = identity.person { people[table.intern(person), default: 0] += 1 }
  }

  private mutating func add(_ outcome: Outcome, overrides matches: [OverrideMatch], at slot: HourSlot) {
    if !matches.isEmpty, ordinary == nil { ordinary = seen }
    seen.insert(slot, outcome)
    if matches.isEmpty { ordinary?.insert(slot, outcome) }
    for overrideClass in Set(matches.map(\.overrideClass)) {
      overrides[overrideClass, default: (0, SeenHours())].count += 1
      overrides[overrideClass]?.seen.insert(slot, outcome)
    }
    switch outcome {
    case .success: successes += 1
    case .denied: denials += 1
    case .failed: failures += 1
    }
  }

  /// Takes in what another builder collected of the same lane; `number` translates its string numbers.
  mutating func formUnion(_ other: LaneAccumulator, number: (UInt32) -> UInt32) {
    first = min(first, other.first)
    last = max(last, other.last)
    if ordinary != nil || other.ordinary != nil {
      var union = ordinary ?? seen
      union.formUnion(other.ordinary ?? other.seen)
      ordinary = union
    }
    seen.formUnion(other.seen)
    successes += other.successes
    denials += other.denials
    failures += other.failures
    sessions.formUnion(other.sessions)
    natures.merge(other.natures, uniquingKeysWith: +)
    for (overrideClass, match) in other.overrides {
      overrides[overrideClass, default: (0, SeenHours())].count += match.count
      overrides[overrideClass]?.seen.formUnion(match.seen)
    }
    for (value, count) in other.agents { agents[number(value), default: 0] += count }
    for (value, count) in other.resources { resources[number(value), default: 0] += count }
    for (value, count) in other.targets { targets[number(value), default: 0] += count }
    for (value, count) in other.people { people[number(value), default: 0] += count }
  }
}
