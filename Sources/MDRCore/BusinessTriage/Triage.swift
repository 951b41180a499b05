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

  private let since: Timestamp?
  private let judge: Judge
  private var operations: [Operation.Key: Operation] = [:]
  private var events = ReviewEvents()
  private var stories: EventStories
  private var result = Result(findings: [], observations: [:], normality: [:], earlier: 0)

  /// Prepares a run.
  ///
  /// Without a baseline only outcomes and detections speak; observations before `since` are passed over.
  init(index: BaselineIndex?, since: Timestamp?, inventory: Inventory?, detector: Detector) {
    self.since = since
    judge = Judge(index: index, inventory: inventory, detector: detector)
    stories = EventStories(detector.correlator, since: since)
  }

  /// Judges an observation.
  package mutating func add(_ logged: Observation) {
    // An event without a time can't be before the window: it is reviewed.
    if let since, logged.eventTime < since, logged.eventTime.seconds > 0 {
      result.earlier += 1
      let earlier = judge.inventory?.resolved(logged) ?? logged
      stories.add(earlier, judge.detector)
      // The day before is what the first findings' questions reach back to.
      if logged.eventTime >= since.adding(-ReviewQuestion.reach) { events.add(earlier) }
      return
    }
    let assessment = judge.assess(logged)
    events.add(assessment.observation)
    result.normality[assessment.normality, default: 0] += 1
    result.observations[assessment.decision.position, default: 0] += 1
    let isListed =
      assessment.decision.isListed
      && (judge.index != nil || assessment.outcomeSeverity != nil
        || assessment.detections.contains { $0.severity >= .medium })
    let key = Self.key(assessment)
    stories.add(assessment, judge.detector, operation: isListed ? key : nil)
    guard isListed else { return }
    if operations[key]?.add(assessment) == nil { operations[key] = Operation(key: key, first: assessment) }
  }

  /// Finishes the run; every finding carries the caveats, and gaps take the sureness from absence.
  package consuming func finish(caveats: [String], gaps: [CollectionGap] = []) throws -> Result {
    var (events, operations) = (events, operations)
    events.note(gaps)
    stories.attach(to: &operations, key: Self.key)
    let composer = FindingComposer(
      overrides: try OverrideTable.load(), judge: judge, coverage: events.coverage, caveats: caveats)
    let drafts = Self.joined(operations).map { (finding: composer.finding($0), operation: $0) }
      .sorted { one, other in
        (other.finding.severity, other.finding.position.rank, one.finding.firstSeen, one.finding.findingID)
          < (
            one.finding.severity, one.finding.position.rank, other.finding.firstSeen, other.finding.findingID
          )
      }
    var result = result
    var investigation = Investigation(events)
    result.findings = investigation.completed(drafts)
    return result
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
