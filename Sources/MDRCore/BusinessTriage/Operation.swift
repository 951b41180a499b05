/// The observations that make one business operation: one principal's work of one kind, at one place.
struct Operation: Sendable {
  /// What keeps operations apart.
  struct Key: Hashable, Comparable, Sendable {
    var account: String
    /// The person where the log names one, else the actor: a sign-in and the role it leads to are one story.
    var principal: String
    var source: String
    var region: String
    /// What is at stake: a critical outcome's business risk, or nothing critical.
    var stake: String

    static func < (one: Key, other: Key) -> Bool {
      (one.account, one.principal, one.source, one.region, one.stake)
        < (other.account, other.principal, other.source, other.region, other.stake)
    }
  }

  /// Event ids and records that a finding names; the count says how many there are.
  static let referenceLimit = 1_000

  let key: Key
  /// The judgement that weighs most, the earliest of equals: it speaks for the operation.
  private(set) var lead: Judgement
  private(set) var count = 0
  private(set) var firstSeen: Timestamp
  private(set) var lastSeen: Timestamp
  private(set) var references: [(time: Timestamp, eventID: String, record: RecordReference)] = []
  private(set) var events: [String: Int] = [:]
  private(set) var services: Set<String> = []
  private(set) var outcomes: [Outcome: Int] = [:]
  private(set) var sourceIPs: Set<String> = []
  private(set) var agents: Set<String> = []
  private(set) var resources: Set<String> = []
  private(set) var targets: [String: Set<String>] = [:]
  private(set) var overrides: [String: OverrideMatch] = [:]
  private(set) var detections: Set<DetectionSummary> = []
  private(set) var tuples: [LaneKey: (prior: Int, judgement: Judgement)] = [:]
  private(set) var hasTruncatedDetails = false

  init(key: Key, first judgement: Judgement) {
    self.key = key
    lead = judgement
    firstSeen = judgement.observation.eventTime
    lastSeen = judgement.observation.eventTime
    add(judgement)
  }

  mutating func add(_ judgement: Judgement) {
    let observation = judgement.observation
    count += 1
    if judgement.weight > lead.weight
      || judgement.weight == lead.weight && observation.record < lead.observation.record
    {
      lead = judgement
    }
    firstSeen = min(firstSeen, observation.eventTime)
    lastSeen = max(lastSeen, observation.eventTime)
    references.append((observation.eventTime, observation.eventID, observation.record))
    events[observation.eventName, default: 0] += 1
    services.insert(observation.eventSource)
    outcomes[observation.outcome, default: 0] += 1
    Self.insert(observation.origin.sourceIP, into: &sourceIPs)
    Self.insert(observation.origin.userAgentFamily, into: &agents)
    for resource in observation.resources { Self.insert(resource, into: &resources) }
    for (name, values) in observation.targets {
      for value in values { Self.insert(value, into: &targets[name, default: []]) }
    }
    for match in observation.overrides { overrides[match.id] = match }
    detections.formUnion(judgement.detections)
    hasTruncatedDetails = hasTruncatedDetails || observation.details.isTruncated
    let laneKey = observation.laneKey
    if tuples[laneKey] == nil, tuples.count < 200 {
      tuples[laneKey] = (judgement.comparison?.priorObservations ?? 0, judgement)
    }
  }

  /// Takes in another operation that is part of this one's story.
  mutating func absorb(_ other: Operation) {
    count += other.count
    firstSeen = min(firstSeen, other.firstSeen)
    lastSeen = max(lastSeen, other.lastSeen)
    references += other.references
    events.merge(other.events, uniquingKeysWith: +)
    services.formUnion(other.services)
    outcomes.merge(other.outcomes, uniquingKeysWith: +)
    sourceIPs.formUnion(other.sourceIPs)
    agents.formUnion(other.agents)
    resources.formUnion(other.resources)
    targets.merge(other.targets) { $0.union($1) }
    overrides.merge(other.overrides) { first, _ in first }
    detections.formUnion(other.detections)
    tuples.merge(other.tuples) { first, _ in first }
    hasTruncatedDetails = hasTruncatedDetails || other.hasTruncatedDetails
    if other.lead.weight > lead.weight { lead = other.lead }
  }

  /// Sets stay bounded: an attacker chooses how many names there are.
  private static func insert(_ value: String, into set: inout Set<String>) {
    if !value.isEmpty, set.count < 50 { set.insert(value) }
  }
}
