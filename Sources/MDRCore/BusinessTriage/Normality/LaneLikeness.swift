/// What an operation has in common with its own established lane beside the tuple: targets and user agent.
struct LaneLikeness {
  let observation: Observation
  let lane: Lane

  /// Facts that are alike with how often the lane had them, then those that it never had.
  var sentences: [String] {
    let facts =
      observation.targets.sorted { $0.key < $1.key }.flatMap { name, values in
        // What a call creates is always new.
        Self.isMade(name)
          ? [] : values.map { (told: "\(name) \(code: $0)", count: lane.targets.counts["\(name)=\($0)"]) }
      }
      + [
        (
          told: "user agent \(code: observation.origin.userAgentFamily)",
          count: lane.userAgentFamilies.counts[observation.origin.userAgentFamily]
        )
      ].filter { !$0.told.hasSuffix(" ``") }
    let alike = facts.compactMap { fact in fact.count.map { "\(fact.told) \($0.times)" } }
    // A lane that lists only some of its values can't show that one is new.
    let other = facts.filter { fact in
      fact.count == nil
        && (fact.told.hasPrefix("user agent") ? lane.userAgentFamilies : lane.targets).omittedValues == 0
    }.map(\.told)
    var sentences: [String] = []
    if !alike.isEmpty {
      sentences.append("Alike in the lane too: \(alike.prefix(5).joined(separator: ", ")) of \(lane.count).")
    }
    if !other.isEmpty {
      sentences.append("Not in the lane before: \(other.prefix(5).joined(separator: ", ")).")
    }
    return sentences
  }

  /// Whether nothing that the operation names, nor its program, is new to the lane.
  var isWhole: Bool {
    lane.userAgentFamilies.counts[observation.origin.userAgentFamily] != nil
      && Self.patterns.targets(of: observation).allSatisfy { lane.targets.counts[$0] != nil }
  }

  private static let patterns = ResourcePattern()

  private static func isMade(_ name: String) -> Bool {
    ["access_key_id", "instance", "snapshot", "db_snapshot", "log_stream", "recovery_point", "grant"]
      .contains(name)
  }
}
