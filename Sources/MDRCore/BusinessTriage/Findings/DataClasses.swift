/// The reviewed table of the kinds of data that operations can reach.
struct DataClasses: Sendable {
  private struct Row: Sendable {
    var events: EventPatterns
    var name: String
    var mayBePersonal: Bool
  }

  private let rows: [Row]

  init() {
    rows = Content.table("business-triage/references/data-classes.tsv").compactMap { row in
      guard let events = row["events"], let name = row["class"] else { return nil }
      return Row(events: EventPatterns(events), name: name, mayBePersonal: row["personal"] == "yes")
    }
  }

  /// The classes that events such as `s3.amazonaws.com:GetObject` lie at, each once, in the table's order.
  func names(of events: Set<String>) -> [String] {
    let fitting = Set(events.compactMap(row))
    var names: [String] = []
    for number in rows.indices where fitting.contains(number) && !names.contains(rows[number].name) {
      names.append(rows[number].name)
    }
    return names
  }

  /// Whether data about people often lies where some events reach: lists and descriptions name things, and show nothing
  /// of what is in them.
  func mayBePersonal(_ events: Set<String>) -> Bool {
    events.contains { event in
      let name = event.split(separator: ":").last ?? ""
      return !name.hasPrefix("Describe") && !name.hasPrefix("List")
        && row(event).map { rows[$0].mayBePersonal } == true
    }
  }

  private func row(_ event: String) -> Int? {
    let parts = event.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    return rows.firstIndex { $0.events.fit(parts[0], parts[1]) }
  }
}

extension Operation {
  /// The operation's events with their services, such as `s3.amazonaws.com:GetObject`.
  var fullEvents: Set<String> { Set(firstTuples.map(\.key.event)) }
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
    let accounts = Set(callers).sorted().map { "\(code: $0)" }.joined(separator: ", ")
    let principals = Set([observation.actor, operation.key.principal]).sorted()
      .map { "\(code: $0)" }.joined(separator: ", ")
    let classes = dataClasses.names(of: operation.fullEvents).prefix(Self.shown).joined(separator: "; ")
    return
      "Scope first: accounts \(accounts); principals \(principals); \(operation.calls.span); data: \(classes.isEmpty ? "no class is written for these calls" : classes). Widen each of the four by the evidence above before anything is contained."
  }
}
