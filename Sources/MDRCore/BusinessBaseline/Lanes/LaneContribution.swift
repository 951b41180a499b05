/// What observations that agree in everything but their time and session add to a lane.
struct LaneContribution: Sendable {
  var outcome: Outcome
  var nature: LaneAccumulator.Nature
  /// The classes of critical outcomes, each once.
  var overrides: [OverrideClass]
  /// Numbers of names in the table of the builder.
  var agent: UInt32?
  var person: UInt32?
  /// Templates, each once.
  var resources: ArraySlice<UInt32>
  var targets: ArraySlice<UInt32>

  init(
    outcome: Outcome, nature: LaneAccumulator.Nature, overrides: [OverrideClass], agent: UInt32?,
    person: UInt32?, resources: ArraySlice<UInt32>, targets: ArraySlice<UInt32>
  ) {
    self.outcome = outcome
    self.nature = nature
    self.overrides = overrides
    self.agent = agent
    self.person = person
    self.resources = resources
    self.targets = targets
  }

  init(_ observation: Observation, patterns: ResourcePattern, table: inout StringTable) {
    let family = observation.origin.userAgentFamily
    outcome = observation.outcome
    nature = LaneAccumulator.Nature(
      family: observation.businessFamily, risk: observation.businessRisk,
      archetype: observation.identity.archetype, sourceKind: observation.origin.kind)
    overrides = Array(Set(observation.overrides.map(\.overrideClass)))
    agent = family.isEmpty ? nil : table.intern(family)
    person = observation.identity.person.map { table.intern($0) }
    resources = Set(observation.resources.map(patterns.template)).map { table.intern($0) }[...]
    targets = patterns.targets(of: observation).map { table.intern($0) }[...]
  }
}

extension LaneContribution {
  /// The same with its names' numbers in another table.
  func renumbered(_ numbers: [UInt32]) -> LaneContribution {
    var copy = self
    copy.agent = agent.map { numbers[Int($0)] }
    copy.person = person.map { numbers[Int($0)] }
    copy.resources = resources.map { numbers[Int($0)] }[...]
    copy.targets = targets.map { numbers[Int($0)] }[...]
    return copy
  }
}

/// When, and in which sessions, observations of one contribution were seen.
struct LaneTimes: Sendable {
  private(set) var count = 0
  private(set) var first = Timestamp(seconds: .max)
  private(set) var last = Timestamp(seconds: .min)
  private(set) var hours = HourSlots()
  private(set) var sessions = SessionCounter()

  init() {}

  /// Times that another program collected.
  init(
    count: Int, first: Timestamp, last: Timestamp, hours: [HourSlot], sessions: [(digest: UInt64, day: Int)]
  ) {
    self.count = count
    self.first = first
    self.last = last
    for hour in hours.sorted() { self.hours.insert(hour) }
    for session in sessions { self.sessions.insert(session.digest, day: session.day) }
  }

  /// Adds observations of one moment.
  @inline(__always)
  mutating func add(_ time: Timestamp, session: UInt64, count added: Int = 1) {
    count += added
    if time < first { first = time }
    if time > last { last = time }
    let slot = HourSlot(time)
    hours.insert(slot)
    sessions.insert(session, day: slot.day)
  }

  /// Starts anew and keeps the room.
  mutating func removeAll() {
    count = 0
    first = Timestamp(seconds: .max)
    last = Timestamp(seconds: .min)
    hours.removeAll()
    sessions.removeAll()
  }
}
