/// How an operation of the review window should come out.
struct Judgement: Sendable {
  enum Position: String, Sendable {
    case normalLowRisk = "normal_low_risk"
    case normalHighResidualRisk = "normal_high_residual_risk"
    case abnormalHighRisk = "abnormal_high_risk"
    case unknown = "unknown_needs_evidence"
  }

  let position: Position
  let severities: [String]
  /// The smallest set of dimensions in which the operation differs from a lane of the baseline.
  var newDimensions: [String] = []
  var risk: String?
  /// What happened, for people; the lane's name when it says enough.
  var story: String?

  static let routine = Judgement(position: .normalLowRisk, severities: ["informational", "low"])

  static func residual(_ risk: String, severities: [String] = ["medium", "high"], _ story: String)
    -> Judgement
  {
    Judgement(position: .normalHighResidualRisk, severities: severities, risk: risk, story: story)
  }

  static func abnormal(
    _ risk: String, _ severities: [String], new: [String], _ story: String
  ) -> Judgement {
    Judgement(
      position: .abnormalHighRisk, severities: severities, newDimensions: new, risk: risk, story: story)
  }

  static func unknown(_ risk: String, _ severities: [String] = ["medium"], new: [String], _ story: String)
    -> Judgement
  {
    Judgement(position: .unknown, severities: severities, newDimensions: new, risk: risk, story: story)
  }
}
