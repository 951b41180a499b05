/// Names and tactics of the ATT&CK techniques that overrides refer to, and the technique that an event by itself would be part of.
package struct AttackCatalog: Sendable {
  private let rows: [String: (name: String, tactic: String)]
  private let byEvent: [(events: EventPatterns, technique: String)]

  package init() {
    rows = Dictionary(
      Content.table("business-triage/references/attack-techniques.tsv").compactMap { row in
        guard let id = row["id"], let name = row["name"], let tactic = row["tactic"] else { return nil }
        return (id, (name, tactic))
      }, uniquingKeysWith: { first, _ in first })
    byEvent = Content.table("business-triage/references/attack-by-event.tsv").compactMap { row in
      guard let events = row["events"], let technique = row["technique"] else { return nil }
      return (EventPatterns(events), technique)
    }
  }

  /// What a call would be part of by its name alone, which is little: the confidence is low.
  ///
  /// Nothing for most calls.
  func technique(of event: String) -> AttackTechnique? {
    let parts = event.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    return byEvent.first { $0.events.fit(parts[0], parts[1]) }.map {
      technique($0.technique, confidence: "low")
    }
  }

  /// A technique with a confidence; an id that the table lacks keeps its id for a name.
  package func technique(_ id: String, confidence: String) -> AttackTechnique {
    AttackTechnique(
      id: id, name: rows[id]?.name ?? id, tactic: rows[id]?.tactic ?? "unknown", confidence: confidence)
  }
}
