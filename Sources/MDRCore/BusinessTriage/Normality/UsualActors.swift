/// Which kinds of actors make an event, or do the work of its family, in the whole baseline.
struct UsualActors: Sendable {
  private var byEvent: [String: [Archetype: Int]] = [:]
  private var byFamily: [BusinessFamily: [Archetype: Int]] = [:]

  /// Kinds that are named; the rest are counted together.
  private static let shown = 3

  init(_ baseline: Baseline?) {
    for lane in baseline?.lanes ?? [] {
      byEvent[lane.key.event, default: [:]][lane.archetype, default: 0] += lane.count
      byFamily[lane.family, default: [:]][lane.archetype, default: 0] += lane.count
    }
  }

  /// Who usually does what a new actor did, or an actor did for the first time.
  func sentence(for assessment: Assessment) -> String? {
    guard let comparison = assessment.comparison, [.variant, .firstSeen].contains(comparison.normality),
      !comparison.newDimensions.allSatisfy({ $0 != .actor && $0 != .event })
    else { return nil }
    let observation = assessment.observation
    let archetype = observation.identity.archetype
    if let counts = byEvent[observation.event] {
      return
        "In the whole baseline \(observation.eventName) is made by these kinds of actors: \(listed(counts, beside: archetype))."
    }
    guard let counts = byFamily[observation.businessFamily] else { return nil }
    return
      "Nobody makes \(observation.eventName) in the whole baseline; the family \(observation.businessFamily.title) is the work of these kinds of actors: \(listed(counts, beside: archetype))."
  }

  /// Such as "Network controller 2716, Deployment automation 120, SSO administrator never".
  private func listed(_ counts: [Archetype: Int], beside own: Archetype) -> String {
    let ranked = counts.filter { $0.key != own }
      .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
    var parts = ranked.prefix(Self.shown).map { "\($0.key.title) \($0.value)" }
    let others = ranked.dropFirst(Self.shown).reduce(0) { $0 + $1.value }
    if others > 0 { parts.append("others \(others)") }
    let mine = counts[own] ?? 0
    return (parts + ["\(own.title) \(mine == 0 ? "never" : "\(mine)")"]).joined(separator: ", ")
  }
}
