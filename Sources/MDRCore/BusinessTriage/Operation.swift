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
  /// The assessment that weighs most, the earliest of equals: it speaks for the operation.
  private(set) var lead: Assessment
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
  private(set) var tuples: [LaneKey: (prior: Int, assessment: Assessment)] = [:]
  private(set) var hasTruncatedDetails = false

  init(key: Key, first assessment: Assessment) {
    self.key = key
    lead = assessment
    firstSeen = assessment.observation.eventTime
    lastSeen = assessment.observation.eventTime
    add(assessment)
  }

  mutating func add(_ assessment: Assessment) {
    let observation = assessment.observation
    count += 1
    if assessment.weight > lead.weight
      || assessment.weight == lead.weight && observation.record < lead.observation.record
    {
      lead = assessment
    }
    firstSeen = min(firstSeen, observation.eventTime)
    lastSeen = max(lastSeen, observation.eventTime)
    references.append((observation.eventTime, observation.eventID, observation.record))
    if references.count > 4 * Self.referenceLimit { trimReferences() }
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
    detections.formUnion(assessment.detections)
    hasTruncatedDetails = hasTruncatedDetails || observation.details.isTruncated
    let laneKey = observation.laneKey
    if tuples[laneKey] == nil, tuples.count < 200 {
      tuples[laneKey] = (assessment.comparison?.priorObservations ?? 0, assessment)
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

  /// The earliest event ids and records, in order of time.
  var firstReferences: [(time: Timestamp, eventID: String, record: RecordReference)] {
    Array(
      references.sorted { ($0.time, $0.eventID, $0.record) < ($1.time, $1.eventID, $1.record) }
        .prefix(Self.referenceLimit))
  }

  private mutating func trimReferences() { references = firstReferences }

  /// Sets stay bounded: an attacker chooses how many names there are.
  private static func insert(_ value: String, into set: inout Set<String>) {
    if !value.isEmpty, set.count < 50 { set.insert(value) }
  }
}
