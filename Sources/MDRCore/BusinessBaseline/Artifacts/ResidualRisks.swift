/// The reviewed rules for where a usual operation exceeds acceptable risk.
struct ResidualRisks: Sendable {
  struct Rule: Sendable {
    let archetypes: Set<String>
    let source: String
    let overrides: Set<String>
    let risk: String
    let instead: String

    func fits(_ lane: Lane) -> Bool {
      (archetypes.isEmpty || archetypes.contains(lane.archetype.rawValue))
        && (source.isEmpty || lane.sourceKind.rawValue == source
          || (source == "unmanaged" && lane.sourceKind.isUnmanaged))
        && (overrides.isEmpty || lane.overrides.keys.contains { overrides.contains($0.rawValue) })
    }
  }

  let rules: [Rule]

  init() {
    func words(_ cell: String?) -> Set<String> { Set((cell ?? "").split(separator: "|").map(String.init)) }
    rules = Content.table("business-baseline/references/residual-risks.tsv").map { row in
      Rule(
        archetypes: words(row["archetypes"]), source: row["source"] ?? "", overrides: words(row["overrides"]),
        risk: row["risk"] ?? "", instead: row["instead"] ?? "")
    }
  }
}
