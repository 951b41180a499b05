/// The reviewed rules for where a usual operation exceeds acceptable risk.
struct ResidualRisks: Sendable {
  /// A rule fits a lane when it fits in everything that it names; `nil` stands for anything.
  struct Rule: Sendable {
    let archetypes: [Archetype]?
    let places: [SourceKind]?
    let overrides: OverrideClasses?
    let risk: String
    let instead: String

    func fits(_ lane: borrowing LaneRecord) -> Bool {
      let (archetype, sourceKind, classes) = (lane.archetype, lane.sourceKind, lane.overrides)
      return (archetypes?.contains(archetype) ?? true) && (places?.contains(sourceKind) ?? true)
        && (overrides?.meets(classes) ?? true)
    }
  }

  let rules: [Rule]

  init() {
    rules = Content.table("business-baseline/references/residual-risks.tsv").map { row in
      Rule(
        archetypes: Self.cases(row["archetypes"]), places: Self.places(row["source"]),
        overrides: Self.cases(row["overrides"]).map(OverrideClasses.init), risk: row["risk"] ?? "",
        instead: row["instead"] ?? "")
    }
  }

  /// The cases that a cell names, separated by `|`; `nil` where it is empty.
  private static func cases<Case: RawRepresentable<String>>(_ cell: String?) -> [Case]? {
    guard let cell, !cell.isEmpty else { return nil }
    return cell.split(separator: "|").compactMap { Case(rawValue: String($0)) }
  }

  private static func places(_ cell: String?) -> [SourceKind]? {
    cell == "unmanaged" ? SourceKind.allCases.filter(\.isUnmanaged) : cases(cell)
  }
}
