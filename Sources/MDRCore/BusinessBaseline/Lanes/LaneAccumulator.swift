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

  /// Adds observations of one contribution.
  mutating func add(_ contribution: LaneContribution, _ times: LaneTimes) {
    first = min(first, times.first)
    last = max(last, times.last)
    let classes = contribution.overrides
    if !classes.isEmpty, ordinary == nil { ordinary = seen }
    seen.insert(times.hours, contribution.outcome)
    if classes.isEmpty { ordinary?.insert(times.hours, contribution.outcome) }
    for overrideClass in classes {
      overrides[overrideClass, default: (0, SeenHours())].count += times.count
      overrides[overrideClass]?.seen.insert(times.hours, contribution.outcome)
    }
    switch contribution.outcome {
    case .success: successes += times.count
    case .denied: denials += times.count
    case .failed: failures += times.count
    }
    sessions.insert(times.sessions)
    natures[contribution.nature, default: 0] += times.count
    if let agent = contribution.agent { agents[agent, default: 0] += times.count }
    for resource in contribution.resources { resources[resource, default: 0] += times.count }
    for target in contribution.targets { targets[target, default: 0] += times.count }
    if let person = contribution.person { people[person, default: 0] += times.count }
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
