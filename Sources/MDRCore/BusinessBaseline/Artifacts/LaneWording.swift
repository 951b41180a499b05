/// The reviewed words for where a tuple stands, as the tuple tables print them.
package struct LaneWording: Sendable {
  private let positions: [String: Phrase]
  private let lanes: [String: String]

  package init() {
    var positions: [String: Phrase] = [:]
    var lanes: [String: String] = [:]
    for row in Content.table("business-baseline/references/lane-wording.tsv") {
      guard let key = row["key"], let words = row["words"] else { continue }
      if row["kind"] == "position" { positions[key] = Phrase(words) } else { lanes[key] = words }
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
    // A tuple that was seen before has no new dimension of its own, even where its nearest lane differs from it.
    if let exact = comparison.exact, comparison.normality == .variant || comparison.normality == .firstSeen,
      !Self.tuple.isDisjoint(with: comparison.newDimensions)
    {
      return words(exact.standing == .established ? "variant_outcome" : exact.standing.rawValue, family)
    }
    switch comparison.normality {
    case .established: return words(comparison.approval == nil ? "established" : "approved", family)
    case .variant where comparison.newDimensions.isEmpty: return words("variant_outcome", family)
    default: return words(comparison.normality.rawValue, family, new: comparison.newDimensions)
    }
  }

  private static let tuple: Set<Dimension> = [.account, .actor, .event, .source, .region]

  private func words(_ position: String, _ family: BusinessFamily, new: [Dimension] = []) -> String {
    let lane = lanes[family.rawValue] ?? "control-plane"
    let list = new.map(\.rawValue).joined(separator: ", ")
    return positions[position]?.text(lane: lane, new: list) ?? "\(position) \(lane) lane"
  }

  /// Words with places for the lane and for what is new.
  private struct Phrase: Sendable {
    private enum Part { case words(String), lane, new }

    private var parts: [Part] = []

    init(_ text: String) {
      var rest = text[...]
      while let brace = rest.firstIndex(of: "{") {
        let place: (part: Part, name: String)? =
          rest[brace...].hasPrefix("{lane}")
          ? (.lane, "{lane}") : rest[brace...].hasPrefix("{new}") ? (.new, "{new}") : nil
        let end = rest.index(brace, offsetBy: place?.name.count ?? 1)
        parts.append(.words(String(rest[..<(place == nil ? end : brace)])))
        if let place { parts.append(place.part) }
        rest = rest[end...]
      }
      parts.append(.words(String(rest)))
    }

    func text(lane: String, new: String) -> String {
      var text = ""
      for part in parts {
        switch part {
        case .words(let words): text += words
        case .lane: text += lane
        case .new: text += new
        }
      }
      return text
    }
  }
}
