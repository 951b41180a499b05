/// What makes a run end with a code that a pipeline stops at: a severity or more, or a position.
package enum FailCondition: Equatable, Sendable {
  case severity(Severity)
  case position(Position)

  /// Reads `high` or `abnormal_high_risk`.
  package init?(_ word: String) {
    if let severity = Severity(rawValue: word) {
      self = .severity(severity)
    } else if let position = Position(rawValue: word) {
      self = .position(position)
    } else {
      return nil
    }
  }

  /// Whether a finding meets it.
  package func isMet(by finding: Finding) -> Bool {
    switch self {
    case .severity(let least): finding.severity >= least
    case .position(let position): finding.position == position
    }
  }

  /// The words that it is written with.
  static var words: [String] { Severity.allCases.map(\.rawValue) + Position.allCases.map(\.rawValue) }
}
