/// Names and tactics of the ATT&CK techniques that overrides refer to.
package struct AttackCatalog: Sendable {
  private let rows: [String: (name: String, tactic: String)]

  package init() {
    rows = Dictionary(
      Content.table("business-triage/references/attack-techniques.tsv").compactMap { row in
        guard let id = row["id"], let name = row["name"], let tactic = row["tactic"] else { return nil }
        return (id, (name, tactic))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// A technique with a confidence; an id that the table lacks keeps its id for a name.
  package func technique(_ id: String, confidence: String) -> AttackTechnique {
    AttackTechnique(
      id: id, name: rows[id]?.name ?? id, tactic: rows[id]?.tactic ?? "unknown", confidence: confidence)
  }
}
