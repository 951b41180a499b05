/// What triage makes of one observation.
struct Assessment: Sendable {
  var observation: Observation
  /// How it compares with the baseline; `nil` without one.
  var comparison: Comparison?
  var risk: Risk
  var outcomeSeverity: Severity?
  var decision: DecisionTable.Decision
  /// Detections that matched.
  var detections: [DetectionSummary]

  var normality: Normality { comparison?.normality ?? .undetermined }
  var newDimensions: [Dimension] { comparison?.newDimensions ?? [] }

  /// The more a assessment weighs, the more it speaks for its operation.
  var weight: (Int, Int, Int) {
    (decision.severity.rank, Risk.allCases.firstIndex(of: risk) ?? 0, newDimensions.count)
  }
}

/// What triage needs to know of a detection that matched.
package struct DetectionSummary: Hashable, Sendable {
  package var id: String
  package var title: String
  package var severity: Severity
  package var attack: [AttackTechnique]
  package var evidence: [String]
  package var guidance: String

  package init(
    id: String, title: String, severity: Severity, attack: [AttackTechnique], evidence: [String],
    guidance: String
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.attack = attack
    self.evidence = evidence
    self.guidance = guidance
  }
}
