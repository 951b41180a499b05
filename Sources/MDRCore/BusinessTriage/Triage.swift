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

  /// Says what there is to say of each observation; any thread may ask it.
  let examiner: TriageExaminer
  private let examination: ObservationJudge<ExaminedObservation>
  private var operations: [Operation.Key: Operation] = [:]
  private var events = ReviewEvents()
  private var makings: Makings
  private var moved = MovedSessions()
  private var stories: EventStories
  private var result = Result(findings: [], observations: [:], normality: [:], earlier: 0)

  /// Prepares a run.
  ///
  /// Without a baseline only outcomes and detections speak; observations before `since` are passed over.
  init(index: BaselineIndex?, since: Timestamp?, inventory: Inventory?, detector: Detector) {
    let correlator = detector.correlator
    examiner = TriageExaminer(
      since: since, judge: Judge(index: index, inventory: inventory, detector: detector),
      together: correlator.test)
    examination = examiner.examination()
    makings = Makings(index?.baseline)
    stories = EventStories(correlator, since: since)
  }

  /// Judges an observation.
  package mutating func add(_ logged: Observation) { add(examination.judge(logged, nil)) }

  /// Takes in what was made of an observation.
  mutating func add(_ examined: ExaminedObservation) {
    if let event = examined.event { events.add(event) }
    if let making = examined.making { makings.add(making) }
    if let verdict = examined.verdict {
      result.normality[verdict.normality, default: 0] += 1
      result.observations[verdict.position, default: 0] += 1
    } else {
      result.earlier += 1
    }
    guard let kept = examined.kept else { return }
    stories.add(kept)
    guard let (assessment, key) = kept.listed else { return }
    if moved.hold(assessment, of: key) { return }
    Self.add(assessment, of: key, to: &operations)
    for (assessment, key) in moved.given() { Self.add(assessment, of: key, to: &operations) }
  }

  private static func add(
    _ assessment: Assessment, of key: Operation.Key, to operations: inout [Operation.Key: Operation]
  ) {
    if operations[key]?.add(assessment) == nil { operations[key] = Operation(key: key, first: assessment) }
  }

  /// Takes the events together, once all were added; gives an examination of the observations that have to be read once
  /// more, for any thread to make, or `nil` where none has to.
  ///
  /// A burst of calls of which none stands out is such a case: only its last call told that it was one.
  mutating func unite() -> (@Sendable () -> ObservationJudge<MatchedEvent?>)? {
    let examiner = examiner
    let outgrown = examiner.judge.index.map { events.outgrownLanes(since: examiner.since, $0) } ?? []
    let matched = stories.unite(outgrown)
    guard !matched.isEmpty else { return nil }
    let correlator = stories.correlator
    return { examiner.examination(of: matched, correlator) }
  }

  /// Takes in an event that was read once more.
  mutating func add(_ event: MatchedEvent) { stories.add(event) }

  /// Finishes the run; every finding carries the caveats, and gaps take the sureness from absence.
  package consuming func finish(caveats: [String], gaps: [CollectionGap] = []) throws -> Result {
    var (events, operations, stories) = (events, operations, stories)
    events.note(gaps)
    if !moved.held.isEmpty {
      let opened = OpenedSessions(events.assumptions, examiner.judge.index?.baseline)
      for (assessment, key) in moved.held {
        Self.add(opened.explained(assessment, examiner.judge), of: key, to: &operations)
      }
    }
    stories.attach(to: &operations)
    operations = operations.mapValues(makings.weighed)
    let made = NewCredentials(operations.values)
    operations = operations.mapValues(made.weighed)
    if let settled = examiner.judge.index?.settled {
      operations = operations.mapValues { $0.weighedByNewResources(settled) }
    }
    let carriedOut = CarriedOut(operations.values)
    operations = operations.mapValues(carriedOut.weighed)
    let composer = FindingComposer(
      overrides: try OverrideTable.load(), judge: examiner.judge, coverage: events.coverage, caveats: caveats)
    let drafts = Self.joined(operations)
      .map { (finding: composer.finding($0), operation: $0, hands: $0.hands, breadth: $0.breadth) }
      .sorted { one, other in
        (
          other.finding.severity, other.finding.position.rank, other.hands, other.breadth,
          one.finding.firstSeen.inOrder, one.finding.findingID
        )
          < (
            one.finding.severity, one.finding.position.rank, one.hands, one.breadth,
            other.finding.firstSeen.inOrder, other.finding.findingID
          )
      }
      .map { (finding: $0.finding, operation: $0.operation) }
    var result = result
    var investigation = Investigation(events, inventory: examiner.judge.inventory)
    result.findings = investigation.completed(drafts)
    return result
  }
}

extension Operation.Key {
  /// The operation that an assessed observation belongs to.
  init(_ assessment: Assessment) {
    let observation = assessment.observation
    let isCritical = assessment.risk >= .overrideMedium
    self.init(
      account: observation.accountID, principal: observation.identity.person ?? observation.actor,
      source: assessment.usualPlace ?? observation.source,
      region: isCritical || assessment.risk >= .sensitiveChange ? observation.region : "",
      stake: isCritical
        ? observation.businessRisk.rawValue + (assessment.normality == .established ? "/established" : "")
        : assessment.risk >= .sensitiveChange ? observation.businessRisk.rawValue : "")
  }
}

extension Assessment {
  /// The place that stands for all networks of recurring work that comes from ever other ones: runs of one job are one
  /// operation, wherever each of them happened to start.
  fileprivate var usualPlace: String? {
    guard let comparison, let work = comparison.wandering, comparison.exact == nil,
      comparison.normality == .established || work.hidesStrangers(observation)
    else { return nil }
    return "networks"
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
