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

  private(set) var first = Timestamp(seconds: .max)
  private(set) var last = Timestamp(seconds: .min)
  private(set) var successes = 0
  private(set) var denials = 0
  private(set) var failures = 0
  var seen = SeenHours()
  /// Observations that are no critical outcome; `nil` while all are ordinary.
  var ordinary: SeenHours?
  var sessions = SessionCounter()
  private(set) var natures: [(nature: Nature, count: Int)] = []
  private(set) var overrides: [OverrideClass: (count: Int, seen: SeenHours)] = [:]
  var agents = CountList()
  var resources = CountList()
  var targets = CountList()
  var people = CountList()

  /// Forgets everything and keeps the room.
  mutating func removeAll() {
    first = Timestamp(seconds: .max)
    last = Timestamp(seconds: .min)
    (successes, denials, failures) = (0, 0, 0)
    seen.removeAll()
    ordinary = nil
    sessions.removeAll()
    natures.removeAll(keepingCapacity: true)
    if !overrides.isEmpty { overrides = [:] }
    agents.removeAll()
    resources.removeAll()
    targets.removeAll()
    people.removeAll()
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
    sessions.formUnion(times.sessions)
    add(contribution.nature, times.count)
    if let agent = contribution.agent { agents.add(agent, times.count) }
    for resource in contribution.resources { resources.add(resource, times.count) }
    for target in contribution.targets { targets.add(target, times.count) }
    if let person = contribution.person { people.add(person, times.count) }
  }

  private mutating func add(_ nature: Nature, _ count: Int) {
    if let known = natures.firstIndex(where: { $0.nature == nature }) {
      natures[known].count += count
    } else {
      natures.append((nature, count))
    }
  }

  /// What most observations are; of equals the first by name.
  var nature: Nature? {
    natures.count < 2
      ? natures.first?.nature : natures.max { ($0.count, $1.nature) < ($1.count, $0.nature) }?.nature
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
    for (nature, count) in other.natures { add(nature, count) }
    for (overrideClass, match) in other.overrides {
      overrides[overrideClass, default: (0, SeenHours())].count += match.count
      overrides[overrideClass]?.seen.formUnion(match.seen)
    }
    agents.formUnion(other.agents, number: number)
    resources.formUnion(other.resources, number: number)
    targets.formUnion(other.targets, number: number)
    people.formUnion(other.people, number: number)
  }
}
