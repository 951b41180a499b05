/// Judges observations one by one and gathers them into findings.
package struct Triage {
  /// What a run found.
  package struct Result: Sendable {
    /// Ranked: the gravest first.
    package var findings: [Finding]
    /// Observations by position, listed or not.
    package var observations: [Position: Int]
    /// Observations judged, by normality.
    package var normality: [Normality: Int]
    /// Observations before the review window, passed over.
    package var earlier: Int
  }

  private let index: BaselineIndex?
  private let since: Timestamp?
  private let inventory: Inventory?
  private let detector: Detector
  private let decisions = DecisionTable()
  private let serviceRisks = ServiceRisks()
  private var operations: [Operation.Key: Operation] = [:]
  private var stories: EventStories
  private var result = Result(findings: [], observations: [:], normality: [:], earlier: 0)

  /// Prepares a run.
  ///
  /// Without a baseline only outcomes and detections speak; observations before `since` are passed over.
  init(index: BaselineIndex?, since: Timestamp?, inventory: Inventory?, detector: Detector) {
    self.index = index
    self.since = since
    self.inventory = inventory
    self.detector = detector
    stories = EventStories(detector.correlator, since: since)
  }

  /// Judges an observation.
  package mutating func add(_ logged: Observation) {
    // An event without a time can't be before the window: it is reviewed.
    if let since, logged.eventTime < since, logged.eventTime.seconds > 0 {
      result.earlier += 1
      stories.add(inventory?.resolved(logged) ?? logged, detector)
      return
    }
    let assessment = assess(inventory?.resolved(logged) ?? logged)
    result.normality[assessment.normality, default: 0] += 1
    result.observations[assessment.decision.position, default: 0] += 1
    let isListed =
      assessment.decision.isListed
      && (index != nil || assessment.outcomeSeverity != nil || assessment.detections.contains { $0.severity >= .medium })
    let key = Self.key(assessment)
    stories.add(assessment, detector, operation: isListed ? key : nil)
    guard isListed else { return }
    if operations[key]?.add(assessment) == nil { operations[key] = Operation(key: key, first: assessment) }
  }

  /// Finishes the run; every finding carries the caveats.
  package consuming func finish(caveats: [String]) throws -> Result {
    let composer = FindingComposer(
      evidence: EvidenceTable(), overrides: try OverrideTable.load(), techniques: AttackCatalog(),
      inventory: inventory,
      caveats: caveats)
    var (result, operations) = (result, operations)
    stories.attach(to: &operations, key: Self.key)
    result.findings = Self.joined(Operation.joiningServiceEvents(operations)).map(composer.finding).sorted {
      one, other in
      (other.severity, other.position.rank, one.firstSeen, one.findingID)
        < (one.severity, one.position.rank, other.firstSeen, other.findingID)
    }
    return result
  }

  private func assess(_ resolved: Observation) -> Assessment {
    var observation = resolved
    observation.overrides = detector.overrides(of: resolved)
    let comparison = index?.compare(observation)
    let detections = detector.detections(for: observation, comparison)
    let outcomes = observation.overrides.map(\.severity) + detections.filter(\.isOverride).map(\.severity)
    let severity = outcomes.max()
    let outcomeRisk = detector.risk(of: observation.overrides)
    if let outcomeRisk { observation.businessRisk = outcomeRisk }
    let risk = Risk(observation, outcomeSeverity: severity)
    // What is at stake differs by the service behind the call, how much does not.
    if outcomeRisk == nil, let named = serviceRisks.risk(of: observation) { observation.businessRisk = named }
    let normality = comparison?.normality ?? .undetermined
    var decision = decisions.decision(
      normality: normality, risk: risk, newDimensions: comparison?.newDimensions ?? [],
      outcomeSeverity: severity)
    // A detection of nothing critical asks for a look, unless the lane has answered it already. What is only noted
    // asks for none.
    if normality != .established, let asked = detections.map(\.severity).max(), asked >= .medium {
      decision.severity = max(decision.severity, asked)
      decision.isListed = true
      if decision.position == .normalLowRisk { decision.position = .unknownNeedsEvidence }
    }
    return Assessment(
      observation: observation, comparison: comparison, risk: risk, outcomeSeverity: severity,
      decision: decision,
      detections: detections)
  }

  private static func key(_ assessment: Assessment) -> Operation.Key {
    let observation = assessment.observation
    let isCritical = assessment.risk >= .overrideMedium
    return Operation.Key(
      account: observation.accountID, principal: observation.identity.person ?? observation.actor,
      source: observation.source,
      region: isCritical || assessment.risk >= .sensitiveChange ? observation.region : "",
      stake: isCritical
        ? observation.businessRisk.rawValue + (assessment.normality == .established ? "/established" : "")
        : assessment.risk >= .sensitiveChange ? observation.businessRisk.rawValue : "")
  }

  /// Lets the gravest operation of a principal at one place take in what it did there besides, uncritical and not
  /// established: reading around before a change is part of the change's story.
  private static func joined(_ operations: [Operation.Key: Operation]) -> [Operation] {
    struct Place: Hashable {
      var account: String
      var principal: String
      var source: String

      init(_ key: Operation.Key) { (account, principal, source) = (key.account, key.principal, key.source) }
    }
    var leads = operations.filter { !$0.key.stake.isEmpty }
    var hosts: [Place: Operation.Key] = [:]
    for (key, operation) in leads where !key.stake.hasSuffix("/established") {
      guard let known = hosts[Place(key)], let other = leads[known] else {
        hosts[Place(key)] = key
        continue
      }
      let isGraver = other.lead.weight < operation.lead.weight
      if isGraver || other.lead.weight == operation.lead.weight && key < known { hosts[Place(key)] = key }
    }
    var joined: [Operation] = []
    for (key, operation) in operations.sorted(by: { $0.key < $1.key }) where key.stake.isEmpty {
      if let host = hosts[Place(key)] { leads[host]?.absorb(operation) } else { joined.append(operation) }
    }
    return joined + leads.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension Position {
  /// Which of two equally severe findings is read first.
  var rank: Int {
    switch self {
    case .abnormalHighRisk: 3
    case .unknownNeedsEvidence: 2
    case .normalHighResidualRisk: 1
    case .normalLowRisk: 0
    }
  }
}
