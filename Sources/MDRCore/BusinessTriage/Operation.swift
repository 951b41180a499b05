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

    /// Ties are broken by the texts themselves, so that the order of records decides nothing.
    private var rank: String {
      "\(comparison?.normality.rawValue ?? "") \(comparison?.newDimensions.map(\.rawValue) ?? []) \(family.rawValue)"
    }
  }

  private(set) var key: Key
  /// The assessment that weighs most, the earliest of equals: it speaks for the operation.
  private(set) var lead: Assessment
  private(set) var calls = OperationCalls()
  private(set) var sessions = BoundedNames()
  private(set) var sourceIPs = BoundedNames()
  private(set) var agents = BoundedNames()
  /// User agents as logged.
  private(set) var agentTexts = BoundedNames()
  private(set) var regions = BoundedNames()
  /// Access keys that signed calls, and long-lived ones that calls made.
  private(set) var signingKeys = BoundedNames()
  private(set) var newKeys = BoundedNames()
  /// Regions as logged, where the lane's is another word.
  private(set) var loggedRegions = BoundedNames()
  private(set) var resources = BoundedNames()
  private(set) var targets: [String: BoundedNames] = [:]
  /// What each event, with its service, touched where it took effect.
  private(set) var touched: [String: BoundedNames] = [:]
  /// What settled lanes never named, by event.
  private(set) var newResources: [String: BoundedNames] = [:]
  private(set) var overrides: [String: OverrideMatch] = [:]
  private(set) var detections: Set<DetectionSummary> = []
  /// Sentences on what events of this operation match together with others.
  private(set) var together: Set<String> = []
  /// Sentences on what makes this operation weigh more than its calls do.
  private(set) var raisedBy: Set<String> = []
  private(set) var gravity = Gravity()
  /// Changes, counted by how they relate to the account's change windows.
  private(set) var plannedTimes: [PlannedTime: Int] = [:]
  private(set) var tuples: [LaneKey: Tuple] = [:]
  private(set) var hasMoreTuples = false
  /// Whether every call is established, and names nothing that its lane didn't have.
  private var isUsual = true
  private(set) var hasTruncatedDetails = false

  init(key: Key, first assessment: Assessment) {
    self.key = key
    lead = assessment
    add(assessment)
  }

  /// The operation under the key of the assessment that speaks for it.
  var atItsLead: Operation {
    var operation = self
    operation.key = Key(lead)
    return operation
  }

  mutating func add(_ assessment: Assessment) {
    let observation = assessment.observation
    if assessment.outranks(lead) { lead = assessment }
    gravity.add(assessment)
    calls.add(observation)
    if let planned = assessment.plannedTime { plannedTimes[planned, default: 0] += 1 }
    if let session = observation.identity.sessionName { sessions.insert(session) }
    sourceIPs.insert(observation.origin.sourceIP)
    agents.insert(observation.origin.userAgentFamily)
    agentTexts.insert(observation.origin.userAgent)
    regions.insert(observation.region)
    signingKeys.insert(observation.identity.accessKeyID ?? "")
    if observation.outcome == .success {
      for key in observation.createdKeys { newKeys.insert(key) }
    }
    if observation.awsRegion != observation.region { loggedRegions.insert(observation.awsRegion) }
    for resource in observation.resources {
      resources.insert(resource)
      if observation.outcome == .success {
        touched[observation.event, default: BoundedNames()].insert(resource)
      }
    }
    for resource in assessment.comparison?.newResources ?? [] {
      newResources[observation.event, default: BoundedNames()].insert(resource)
    }
    for (name, values) in observation.targets {
      for value in values { targets[name, default: BoundedNames()].insert(value) }
    }
    isUsual = isUsual && assessment.isUsual
    for match in observation.overrides { keep(match) }
    detections.formUnion(assessment.detections)
    hasTruncatedDetails = hasTruncatedDetails || observation.details.isTruncated
    keep(Tuple(assessment), of: observation.laneKey)
  }

  /// Takes in another operation that is part of this one's story.
  mutating func absorb(_ other: Operation) {
    calls.formUnion(other.calls)
    gravity.formUnion(other.gravity)
    plannedTimes.merge(other.plannedTimes, uniquingKeysWith: +)
    sessions.formUnion(other.sessions)
    sourceIPs.formUnion(other.sourceIPs)
    agents.formUnion(other.agents)
    agentTexts.formUnion(other.agentTexts)
    regions.formUnion(other.regions)
    signingKeys.formUnion(other.signingKeys)
    newKeys.formUnion(other.newKeys)
    loggedRegions.formUnion(other.loggedRegions)
    resources.formUnion(other.resources)
    for (event, names) in other.touched { touched[event, default: BoundedNames()].formUnion(names) }
    for (event, names) in other.newResources {
      newResources[event, default: BoundedNames()].formUnion(names)
    }
    for (name, values) in other.targets { targets[name, default: BoundedNames()].formUnion(values) }
    isUsual = isUsual && other.isUsual
    for match in other.overrides.values { keep(match) }
    detections.formUnion(other.detections)
    together.formUnion(other.together)
    raisedBy.formUnion(other.raisedBy)
    for (key, tuple) in other.tuples { keep(tuple, of: key) }
    hasMoreTuples = hasMoreTuples || other.hasMoreTuples
    hasTruncatedDetails = hasTruncatedDetails || other.hasTruncatedDetails
    if other.lead.weight > lead.weight { lead = other.lead }
  }

  /// Takes in a match of several events, some of which are this operation's, or all of them.
  mutating func take(_ match: CorrelationMatch, isWhole: Bool) {
    let isUsualChain = match.kind == "chain" && match.severity >= .high && isWhole && isUsual
    together.insert(
      isUsualChain
        ? match.sentence
          + " Each step is established in its lane and names nothing new: it weighs a level less, as a critical outcome there does."
        : match.sentence)
    guard match.isComplete else { return }
    detections.insert(DetectionSummary(match))
    guard match.severity >= .medium else { return }
    gravity.add(match)
    lead.decision.severity = max(
      lead.decision.severity, isUsualChain ? match.severity.oneLess : match.severity)
    if lead.decision.position == .normalLowRisk { lead.decision.position = .unknownNeedsEvidence }
  }

  /// Takes in that one of its lanes was outgrown: what is done is known, and nothing vouches for how much of it.
  mutating func take(_ outgrown: OutgrownLane) {
    if lead.decision.position == .normalLowRisk {
      lead.decision.why = "The lane is known, and on no day of the baseline did it do as much."
    }
    raise(to: outgrown.severity, outgrown.sentence)
  }

  /// Weighs the operation as a severity at least, and says why.
  mutating func raise(to severity: Severity, _ sentence: String) {
    raisedBy.insert(sentence)
    lead.decision.severity = max(lead.decision.severity, severity)
    if lead.decision.position == .normalLowRisk { lead.decision.position = .unknownNeedsEvidence }
  }

  /// Weighs the operation as medium, and says why; what is explained is no departure any more, but still a question.
  mutating func lessen(_ sentences: [String], isExplained: Bool) {
    together.formUnion(sentences)
    lead.decision.severity = min(lead.decision.severity, .medium)
    if isExplained, lead.decision.position == .abnormalHighRisk {
      lead.decision.position = .unknownNeedsEvidence
    }
  }

  /// Keeps the gravest match of each override, whichever came first.
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

extension Observation {
  /// Ids of the long-lived access keys that a call made: changing or deleting a key names one too, and the keys of a
  /// session begin with ASIA.
  fileprivate var createdKeys: [String] {
    guard eventName.hasPrefix("Create") else { return [] }
    return (targets["access_key_id"] ?? []).filter { $0.hasPrefix("AKIA") }
  }
}
