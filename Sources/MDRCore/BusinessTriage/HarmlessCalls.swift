/// The reviewed table of calls that put nothing at risk by themselves, though others of their service or name do.
struct HarmlessCalls: Sendable {
  private enum Kind: String, Sendable {
    /// It only raises protection.
    case protects
    /// AWS writes down what became of something.
    case notes
  }

  private let rows: [String: (kind: Kind, when: Expression)]

  init() throws(LogicError) {
    var rows: [String: (kind: Kind, when: Expression)] = [:]
    for row in Content.table("business-triage/references/harmless-calls.tsv") {
      guard let parts = row["event"]?.split(separator: ":"), parts.count == 2, let logic = row["when"],
        let kind = row["kind"].flatMap(Kind.init(rawValue:))
      else { continue }
      rows["\(parts[0]).amazonaws.com:\(parts[1])"] = (kind, try LogicParser.parse(logic))
    }
    self.rows = rows
  }

  /// The observation, with less at risk where the table says so; what isn't known to hold changes nothing.
  func weighed(_ observation: Observation, _ evaluator: () -> LogicEvaluator) -> Observation {
    guard observation.overrides.isEmpty, let row = rows[observation.event],
      evaluator().judge(row.when).truth == .yes
    else { return observation }
    var observation = observation
    observation.businessRisk = .operationalChange
    if row.kind == .notes { observation.isReadOnly = true }
    return observation
  }
}
