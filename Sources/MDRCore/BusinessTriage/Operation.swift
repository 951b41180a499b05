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
  static let tupleLimit = 200

  /// What the baseline says of one of the operation's tuples.
  struct Tuple: Sendable {
    var comparison: Comparison?
    var family: BusinessFamily
    var weight: (Int, Int, Int)

    init(_ assessment: Assessment) {
      comparison = assessment.comparison
      family = assessment.observation.businessFamily
      weight = assessment.weight
    }

    func outranks(_ other: Tuple) -> Bool {
      weight == other.weight ? rank < other.rank : weight > other.weight
    }

    /// Ties go by what would be said, so that no order of records chooses.
    private var rank: String {
      "\(comparison?.normality.rawValue ?? "") \(comparison?.newDimensions.map(\.rawValue) ?? []) \(family.rawValue)"
    }
  }

  /// The first call of an event.
  struct FirstCall: Sendable {
    var time: Timestamp
    var eventID: String
  }

  let key: Key
  /// The assessment that weighs most, the earliest of equals: it speaks for the operation.
  private(set) var lead: Assessment
  private(set) var count = 0
  /// The earliest and latest time of its calls; unknown where none has one.
  private(set) var firstSeen: Timestamp
  private(set) var lastSeen: Timestamp
  /// Calls without a time: they are in no day, and neither first nor last.
  private(set) var untimed = 0
  private(set) var references: [(time: Timestamp, eventID: String, record: RecordReference)] = []
  private(set) var events: [String: Int] = [:]
  private(set) var firstCalls: [String: FirstCall] = [:]
  /// Calls by day, counted from 1970-01-01.
  private(set) var days: [Int: Int] = [:]
  private(set) var sessions = BoundedNames()
  private(set) var services: Set<String> = []
  private(set) var outcomes: [Outcome: Int] = [:]
  private(set) var sourceIPs = BoundedNames()
  private(set) var agents = BoundedNames()
  /// Regions as logged, where the lane's is another word.
  private(set) var loggedRegions = BoundedNames()
  private(set) var resources = BoundedNames()
  private(set) var targets: [String: BoundedNames] = [:]
  private(set) var overrides: [String: OverrideMatch] = [:]
  private(set) var detections: Set<DetectionSummary> = []
  /// What several events were together, in sentences.
  private(set) var together: Set<String> = []
  /// Changes by how they lie to the account's change windows.
  private(set) var plannedTimes: [PlannedTime: Int] = [:]
  private var tuples: [LaneKey: Tuple] = [:]
  private var hasMoreTuples = false
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
    if assessment.outranks(lead) { lead = assessment }
    firstSeen = firstSeen.earlier(observation.eventTime)
    lastSeen = lastSeen.later(observation.eventTime)
    references.append((observation.eventTime, observation.eventID, observation.record))
    if references.count > 4 * Self.referenceLimit { trimReferences() }
    events[observation.eventName, default: 0] += 1
    note(FirstCall(time: observation.eventTime, eventID: observation.eventID), of: observation.eventName)
    if observation.eventTime.isKnown {
      days[observation.eventTime.day, default: 0] += 1
    } else {
      untimed += 1
    }
    if let planned = assessment.plannedTime { plannedTimes[planned, default: 0] += 1 }
    if let session = observation.identity.sessionName { sessions.insert(session) }
    services.insert(observation.eventSource)
    outcomes[observation.outcome, default: 0] += 1
    sourceIPs.insert(observation.origin.sourceIP)
    agents.insert(observation.origin.userAgentFamily)
    if observation.awsRegion != observation.region { loggedRegions.insert(observation.awsRegion) }
    for resource in observation.resources { resources.insert(resource) }
    for (name, values) in observation.targets {
      for value in values { targets[name, default: BoundedNames()].insert(value) }
    }
    for match in observation.overrides { keep(match) }
    detections.formUnion(assessment.detections)
    hasTruncatedDetails = hasTruncatedDetails || observation.details.isTruncated
    keep(Tuple(assessment), of: observation.laneKey)
  }

  /// Takes in another operation that is part of this one's story.
  mutating func absorb(_ other: Operation) {
    count += other.count
    firstSeen = firstSeen.earlier(other.firstSeen)
    lastSeen = lastSeen.later(other.lastSeen)
    untimed += other.untimed
    references += other.references
    events.merge(other.events, uniquingKeysWith: +)
    for (name, call) in other.firstCalls { note(call, of: name) }
    days.merge(other.days, uniquingKeysWith: +)
    plannedTimes.merge(other.plannedTimes, uniquingKeysWith: +)
    sessions.formUnion(other.sessions)
    services.formUnion(other.services)
    outcomes.merge(other.outcomes, uniquingKeysWith: +)
    sourceIPs.formUnion(other.sourceIPs)
    agents.formUnion(other.agents)
    loggedRegions.formUnion(other.loggedRegions)
    resources.formUnion(other.resources)
    for (name, values) in other.targets { targets[name, default: BoundedNames()].formUnion(values) }
    for match in other.overrides.values { keep(match) }
    detections.formUnion(other.detections)
    together.formUnion(other.together)
    for (key, tuple) in other.tuples { keep(tuple, of: key) }
    hasMoreTuples = hasMoreTuples || other.hasMoreTuples
    hasTruncatedDetails = hasTruncatedDetails || other.hasTruncatedDetails
    if other.lead.weight > lead.weight { lead = other.lead }
  }

  /// Takes in what some of its events are together with others.
  mutating func take(_ match: CorrelationMatch) {
    together.insert(match.sentence)
    guard match.isComplete else { return }
    detections.insert(DetectionSummary(match))
    guard match.severity >= .medium else { return }
    lead.decision.severity = max(lead.decision.severity, match.severity)
    if lead.decision.position == .normalLowRisk { lead.decision.position = .unknownNeedsEvidence }
  }

  /// Each detection that matched once, the gravest first.
  ///
  /// Where calls went well and others didn't, the surer match speaks: it weighs more, and its techniques are the
  /// likelier ones.
  var rankedDetections: [DetectionSummary] {
    var seen: Set<String> = []
    return detections.sorted { one, other in
      (other.severity, one.id, other.sureness) < (one.severity, other.id, one.sureness)
    }.filter { seen.insert($0.id).inserted }
  }

  /// The earliest event ids and records, in order of time; those without one come last.
  var firstReferences: [(time: Timestamp, eventID: String, record: RecordReference)] {
    Array(
      references.sorted {
        ($0.time.inOrder, $0.eventID, $0.record) < ($1.time.inOrder, $1.eventID, $1.record)
      }
      .prefix(Self.referenceLimit))
  }

  /// The tuples that a finding names, in order.
  var firstTuples: [(key: LaneKey, value: Tuple)] {
    Array(tuples.sorted { $0.key < $1.key }.prefix(Self.tupleLimit))
  }

  /// From when to when its calls are, in words.
  var span: String {
    firstSeen.isKnown ? "\(firstSeen.iso8601) to \(lastSeen.iso8601)" : Timestamp.unknown.shown
  }

  /// Whether there are more addresses, resources, targets or tuples than a finding names.
  var hasMoreNames: Bool {
    hasMoreTuples || tuples.count > Self.tupleLimit || sourceIPs.isCut || agents.isCut || resources.isCut
      || targets.values.contains(where: \.isCut)
  }

  private mutating func note(_ call: FirstCall, of name: String) {
    if let known = firstCalls[name], (known.time.inOrder, known.eventID) <= (call.time.inOrder, call.eventID)
    {
      return
    }
    firstCalls[name] = call
  }

  private mutating func trimReferences() { references = firstReferences }

  /// Of one override's reasons the gravest stays, whichever came first.
  private mutating func keep(_ match: OverrideMatch) {
    if let known = overrides[match.id],
      (match.severity, known.reason) <= (known.severity, match.reason)
    {
      return
    }
    overrides[match.id] = match
  }

  private mutating func keep(_ tuple: Tuple, of key: LaneKey) {
    if let known = tuples[key], !tuple.outranks(known) { return }
    tuples[key] = tuple
    guard tuples.count > 2 * Self.tupleLimit else { return }
    tuples = Dictionary(firstTuples.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    hasMoreTuples = true
  }
}
