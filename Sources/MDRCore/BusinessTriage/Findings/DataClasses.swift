/// The reviewed table of the kinds of data that a service's operations can reach.
struct DataClasses: Sendable {
  private let rows: [(services: Set<String>, name: String, mayBePersonal: Bool)]

  init() {
    rows = Content.table("business-triage/references/data-classes.tsv").compactMap { row in
      guard let services = row["service"], let name = row["class"] else { return nil }
      return (
        Set(services.split(separator: "|").map { $0 + ".amazonaws.com" }), name, row["personal"] == "yes"
      )
    }
  }

  /// The classes at some services, in the table's order.
  func names(of services: Set<String>) -> [String] {
    rows.filter { !$0.services.isDisjoint(with: services) }.map(\.name)
  }

  /// Whether data about people often lies at some services.
  func mayBePersonal(_ services: Set<String>) -> Bool {
    rows.contains { $0.mayBePersonal && !$0.services.isDisjoint(with: services) }
  }
}

/// What an operation is known to reach, by the four questions that come before containment: which accounts, which
/// principals, what time, what data.
struct OperationScope {
  let operation: Operation
  let dataClasses: DataClasses

  private static let shown = 5

  /// The answers in one sentence.
  var sentence: String {
    let observation = operation.lead.observation
    let callers = [operation.key.account, observation.actorAccountID].filter { !$0.isEmpty }
    let accounts = Set(callers).sorted().map { "`\($0)`" }.joined(separator: ", ")
    let principals = Set([observation.actor, operation.key.principal]).sorted()
      .map { "`\($0)`" }.joined(separator: ", ")
    let classes = dataClasses.names(of: operation.calls.services).prefix(Self.shown).joined(separator: "; ")
    return
      "Scope first: accounts \(accounts); principals \(principals); \(operation.calls.span); data: \(classes.isEmpty ? "no class is written for these services" : classes). Widen each of the four by the evidence above before anything is contained."
  }
}
