/// The reviewed words for where a tuple stands, as the tuple tables print them.
package struct LaneWording: Sendable {
  private let positions: [String: String]
  private let lanes: [String: String]

  package init() {
    var positions: [String: String] = [:]
    var lanes: [String: String] = [:]
    for row in Content.table("business-baseline/references/lane-wording.tsv") {
      guard let key = row["key"], let words = row["words"] else { continue }
      if row["kind"] == "position" { positions[key] = words } else { lanes[key] = words }
    }
    self.positions = positions
    self.lanes = lanes
  }

  /// The position of a lane of the baseline, such as "Expected deployment lane".
  package func position(of lane: Lane) -> String {
    words(lane.approval == nil ? lane.standing.rawValue : "approved", lane.family)
  }

  /// The position of an observation, such as "First-seen credential lane".
  package func position(of comparison: Comparison, family: BusinessFamily) -> String {
    if comparison.normality == .established, comparison.approval != nil { return words("approved", family) }
    return words(comparison.normality.rawValue, family)
  }

  private func words(_ position: String, _ family: BusinessFamily) -> String {
    let lane = lanes[family.rawValue] ?? "control-plane"
    return positions[position]?.replacing("{lane}", with: lane) ?? "\(position) \(lane) lane"
  }
}
