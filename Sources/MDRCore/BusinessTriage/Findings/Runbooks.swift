/// What to do, in order, in a scenario that findings may be part of: reviewed steps after NIST SP 800-61's phases.
struct Runbook: Sendable {
  /// The phases of NIST SP 800-61 that follow preparation.
  enum Phase: String, CaseIterable, Sendable {
    case analysis
    case containment
    case recovery
    case afterwards

    /// The name for people.
    var title: String {
      switch self {
      case .analysis: "Detection and analysis"
      case .containment: "Containment"
      case .recovery: "Eradication and recovery"
      case .afterwards: "Post-incident"
      }
    }
  }

  /// One way for a finding to be part of the scenario: what is filled in has to fit.
  private struct Condition: Sendable {
    var events: EventPatterns?
    var archetypes: Set<String>
    var overrides: Set<String>
    var detections: Set<String>

    func fits(_ finding: Finding) -> Bool {
      let isEvent =
        events.map { events in
          finding.tuples.contains { tuple in
            let parts = tuple.event.split(separator: ":", maxSplits: 1).map(String.init)
            return parts.count == 2 && events.fit(parts[0], parts[1])
          }
        } ?? true
      return isEvent && (archetypes.isEmpty || archetypes.contains(finding.archetype.rawValue))
        && (overrides.isEmpty || !overrides.isDisjoint(with: finding.overrides.map(\.overrideClass.rawValue)))
        && (detections.isEmpty || !detections.isDisjoint(with: finding.detections))
    }
  }

  let id: String
  let title: String
  let steps: [(phase: Phase, texts: [String])]
  private let conditions: [Condition]

  /// The reviewed runbooks; one that can't be read is left out, which its test finds.
  static func load() -> [Runbook] {
    let file = try? JSONValue(parsing: Content.text("business-triage/references/runbooks.json"))
    return (file?.elements ?? []).compactMap(Runbook.init)
  }

  private init?(_ json: JSONValue) {
    guard let id = json["id"]?.string, let title = json["title"]?.string else { return nil }
    (self.id, self.title) = (id, title)
    steps = Phase.allCases.map { ($0, json["steps"]?[$0.rawValue]?.strings ?? []) }.filter {
      !$0.texts.isEmpty
    }
    conditions = (json["when"]?.elements ?? []).map { condition in
      Condition(
        events: condition["events"]?.string.map(EventPatterns.init),
        archetypes: Set(condition["archetypes"]?.strings ?? []),
        overrides: Set(condition["overrides"]?.strings ?? []),
        detections: Set(condition["detections"]?.strings ?? []))
    }
  }

  /// Whether a finding may be part of the scenario, and is one to act on.
  func applies(to finding: Finding) -> Bool {
    let isOpen =
      finding.position == .abnormalHighRisk
      || (finding.position == .unknownNeedsEvidence && finding.severity >= .medium)
    return isOpen && conditions.contains { $0.fits(finding) }
  }
}
