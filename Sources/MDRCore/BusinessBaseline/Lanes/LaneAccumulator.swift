/// What is collected of one lane while observations pass by, in any order.
struct LaneAccumulator: Sendable {
  /// What the taxonomies say of an observation; a lane takes what most of its observations say.
  struct Nature: Hashable, Comparable, BitwiseCopyable, Sendable {
    var family: BusinessFamily
    var risk: BusinessRisk
    var archetype: Archetype
    var sourceKind: SourceKind

    private var words: (String, String, String, String) {
      (family.rawValue, risk.rawValue, archetype.rawValue, sourceKind.rawValue)
    }

    static func < (one: Nature, other: Nature) -> Bool { one.words < other.words }
  }

  /// Observations that are critical outcomes of one class.
  struct CriticalShare: Sendable {
    var overrideClass: OverrideClass
    var count = 0
    var seen = SeenHours()
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
  private(set) var natures = FewCounts<Nature>()
  private(set) var overrides: [CriticalShare] = []
  var agents = CountList()
  var resources = CountList()
  var targets = CountList()
  var people = CountList()

  /// All observations, whatever their outcome.
  var count: Int { successes + denials + failures }

  /// Forgets everything and keeps the room.
  mutating func removeAll() {
    first = Timestamp(seconds: .max)
    last = Timestamp(seconds: .min)
    (successes, denials, failures) = (0, 0, 0)
    seen.removeAll()
    ordinary = nil
    sessions.removeAll()
    natures.removeAll()
    if !overrides.isEmpty { overrides.removeAll(keepingCapacity: true) }
    agents.removeAll()
    resources.removeAll()
    targets.removeAll()
    people.removeAll()
  }

  /// Adds observations of one contribution.
  mutating func add(
    _ contribution: LaneContribution, resources: some Sequence<NameNumber>,
    targets: some Sequence<NameNumber>, _ times: LaneTimes
  ) {
    first = min(first, times.first)
    last = max(last, times.last)
    let classes = contribution.overrides
    if !classes.isEmpty, ordinary == nil { ordinary = seen }
    seen.insert(times.hours, contribution.outcome)
    if classes.isEmpty { ordinary?.insert(times.hours, contribution.outcome) }
    for overrideClass in classes {
      let position = position(of: overrideClass)
      overrides[position].count += times.count
      overrides[position].seen.insert(times.hours, contribution.outcome)
    }
    sessions.formUnion(times.sessions)
    add(contribution, resources, targets, count: times.count)
  }

  /// Adds a group that a thread collected; `times` is room for its times.
  mutating func add(_ group: LanePart.Group, of part: LanePart.View, _ times: inout LaneTimes) {
    let contribution = group.contribution
    if contribution.overrides.isEmpty, ordinary == nil {
      // No critical outcome is to be kept apart from the rest.
      let count = add(part.moments(group), contribution.outcome)
      add(contribution, part.resources(group), part.targets(group), count: count)
    } else {
      times.fill(with: part.moments(group))
      add(contribution, resources: part.resources(group), targets: part.targets(group), times)
    }
  }

  /// Adds moments of one outcome; gives how many observations they are.
  @inline(__always)
  private mutating func add(_ moments: UnsafeBufferPointer<MomentLog.Moment>, _ outcome: Outcome) -> Int {
    var count = 0
    var lastSlot: HourSlot?
    for moment in moments {
      count += Int(moment.count)
      let time = moment.time
      if time < first { first = time }
      if time > last { last = time }
      let slot = HourSlot(time)
      if slot != lastSlot { seen.insert(slot, outcome) }
      lastSlot = slot
      sessions.insert(moment.session, day: slot.day)
    }
    return count
  }

  /// Adds all of a contribution but its times.
  @inline(__always)
  private mutating func add(
    _ contribution: LaneContribution, _ resources: some Sequence<NameNumber>,
    _ targets: some Sequence<NameNumber>, count: Int
  ) {
    switch contribution.outcome {
    case .success: successes += count
    case .denied: denials += count
    case .failed: failures += count
    }
    natures.add(contribution.nature, count)
    if contribution.agent != .none { agents.add(contribution.agent, count) }
    for resource in resources { self.resources.add(resource, count) }
    for target in targets { self.targets.add(target, count) }
    if contribution.person != .none { people.add(contribution.person, count) }
  }

  private mutating func position(of overrideClass: OverrideClass) -> Int {
    for position in overrides.indices where overrides[position].overrideClass == overrideClass {
      return position
    }
    overrides.append(CriticalShare(overrideClass: overrideClass))
    return overrides.count - 1
  }

  /// What most observations are; of equals the first by name.
  var nature: Nature? {
    natures.entries.count < 2
      ? natures.entries.first?.value
      : natures.entries.max { ($0.count, $1.value) < ($1.count, $0.value) }?.value
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
    for (nature, count) in other.natures.entries { natures.add(nature, count) }
    for share in other.overrides {
      let position = position(of: share.overrideClass)
      overrides[position].count += share.count
      overrides[position].seen.formUnion(share.seen)
    }
    agents.formUnion(other.agents, number: number)
    resources.formUnion(other.resources, number: number)
    targets.formUnion(other.targets, number: number)
    people.formUnion(other.people, number: number)
  }
}
