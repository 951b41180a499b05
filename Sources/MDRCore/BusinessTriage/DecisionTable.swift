/// The reviewed table that turns normality and risk into a position.
package struct DecisionTable: Sendable {
  /// What the table says of one cell.
  package struct Decision: Equatable, Sendable {
    package var position: Position
    package var severity: Severity
    /// Whether it is listed as a finding; otherwise it is only counted.
    package var isListed: Bool
    package var why: String
  }

  private struct Row: Sendable {
    var normality: Normality
    var risk: Risk
    /// The one dimension that has to be new; `nil` fits any.
    var onlyNew: Dimension?
    var severity: String
    var decision: Decision
  }

  private let rows: [Row]

  package init() {
    rows = Content.table("business-triage/references/decision-table.tsv").compactMap { row in
      guard let normality = row["normality"].flatMap(Normality.init(rawValue:)),
        let risk = row["risk"].flatMap(Risk.init(rawValue:)),
        let position = row["position"].flatMap(Position.init(rawValue:)), let severity = row["severity"]
      else { return nil }
      return Row(
        normality: normality, risk: risk, onlyNew: row["new"].flatMap(Dimension.init(rawValue:)),
        severity: severity,
        decision: Decision(
          position: position, severity: Severity(rawValue: severity) ?? .medium,
          isListed: row["listed"] == "yes",
          why: row["why"] ?? ""))
    }
  }

  /// Looks up the decision for an operation; its outcome's own severity serves the rows that go by it.
  package func decision(
    normality: Normality, risk: Risk, newDimensions: [Dimension], outcomeSeverity: Severity?
  ) -> Decision {
    let row = rows.first { row in
      row.normality == normality && row.risk == risk && (row.onlyNew.map { newDimensions == [$0] } ?? true)
    }
    guard var decision = row?.decision else {
      // A cell that the table lacks must not hide an operation.
      return Decision(
        position: .unknownNeedsEvidence, severity: .medium, isListed: true,
        why: "No decision is written for it.")
    }
    switch row?.severity {
    case "outcome": decision.severity = outcomeSeverity ?? .medium
    case "outcome-1": decision.severity = (outcomeSeverity ?? .medium).oneLess
    default: break
    }
    return decision
  }
}

extension Severity {
  /// The next level down.
  var oneLess: Severity {
    switch self {
    case .critical: .high
    case .high: .medium
    case .medium: .low
    case .low, .informational: .informational
    }
  }
}
