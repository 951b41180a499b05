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

  /// The position of an observation, such as "First-seen credential lane"; without a baseline there is none.
  package func position(of comparison: Comparison?, family: BusinessFamily) -> String {
    guard let comparison else { return words("no_baseline", family) }
    switch comparison.normality {
    case .established: return words(comparison.approval == nil ? "established" : "approved", family)
    case .variant where comparison.newDimensions.isEmpty: return words("variant_outcome", family)
    default: return words(comparison.normality.rawValue, family, new: comparison.newDimensions)
    }
  }

  private func words(_ position: String, _ family: BusinessFamily, new: [Dimension] = []) -> String {
    let lane = lanes[family.rawValue] ?? "control-plane"
    let list = new.map(\.rawValue).joined(separator: ", ")
    return positions[position]?.replacing("{lane}", with: lane).replacing("{new}", with: list)
      ?? "\(position) \(lane) lane"
  }
}
