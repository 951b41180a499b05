/// What triage makes of one observation.
struct Assessment: Sendable {
  var observation: Observation
  /// How it compares with the baseline; `nil` without one.
  var comparison: Comparison?
  /// The gap in the baseline's logs where this would have been seen, if there is one.
  var gap: CollectionGap?
  /// How it lies to the account's change windows.
  var plannedTime: PlannedTime?
  var risk: Risk
  var outcomeSeverity: Severity?
  var decision: DecisionTable.Decision
  /// Detections that matched.
  var detections: [DetectionSummary]
  /// Whether an AWS service carried it out with automation's role, and it weighs less for that.
  var isByService: Bool
  /// How its session was opened, where that explains the network that it came from.
  var opening: ReviewEvents.Assumption?
  /// The thing that it destroyed, where that is all that is critical in it.
  var destroys: MadeThing?

  var normality: Normality { comparison?.normality ?? .undetermined }
  var newDimensions: [Dimension] { comparison?.newDimensions ?? [] }

  /// Whether its lane is established and had all that it names.
  var isUsual: Bool {
    guard normality == .established, let lane = comparison?.exact else { return false }
    return LaneLikeness(observation: observation, lane: lane).isWhole
  }

  /// The more an assessment weighs, the more it speaks for its operation.
  var weight: (Int, Int, Int) {
    (decision.severity.rank, risk.rank, newDimensions.count)
  }

  /// Whether it speaks for an operation before another: it weighs more, or as much and came earlier.
  func outranks(_ other: Assessment) -> Bool {
    guard weight == other.weight else { return weight > other.weight }
    let (one, two) = (observation, other.observation)
    return (one.eventTime.inOrder, one.eventID, one.record) < (two.eventTime.inOrder, two.eventID, two.record)
  }
}

/// What triage needs to know of a detection that matched.
struct DetectionSummary: Hashable, Sendable {
  var id: String
  var title: String
  var severity: Severity
  var attack: [AttackTechnique]
  var evidence: [String]
  var guidance: String
  /// Whether it names a critical outcome, which counts also in an established lane.
  var isOverride: Bool
  /// Whether it asks only what the baseline lacks, and knows nothing without one.
  var isRelative: Bool

  /// How many of its techniques are more than a guess.
  var sureness: Int { attack.count { $0.confidence != "low" } }
}
