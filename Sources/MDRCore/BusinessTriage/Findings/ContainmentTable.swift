/// The reviewed table of what people would do first about what an event brought about.
struct ContainmentTable: Sendable {
  private struct Row: Sendable {
    var events: EventPatterns
    var phase: String
    var step: String
  }

  /// Names that a step tells; the finding has the others.
  private static let shown = 3

  private let rows: [Row]

  init() {
    rows = Content.table("business-triage/references/containment.tsv").compactMap { row in
      guard let events = row["events"], let phase = row["phase"], let step = row["step"] else { return nil }
      return Row(events: EventPatterns(events), phase: phase, step: step)
    }
  }

  /// The steps of a phase for the events of an operation that took effect, in the table's order, with what each touched.
  func steps(of operation: Operation, phase: String) -> [String] {
    let events = operation.fullEvents.compactMap { event -> (full: String, service: String, name: String)? in
      let parts = event.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, !operation.calls.isRefused(parts[1]) else { return nil }
      return (event, parts[0], parts[1])
    }
    return rows.filter { $0.phase == phase }.compactMap { row in
      let fitting = events.filter { row.events.fit($0.service, $0.name) }
      guard !fitting.isEmpty else { return nil }
      let names = Set(fitting.flatMap { operation.touched[$0.full]?.sorted() ?? [] }).sorted()
      let shared = operation.targets["shared_with"]?.sorted() ?? []
      return row.step.replacing("{what}", with: told(names, otherwise: "what the calls name"))
        .replacing("{shared_with}", with: told(shared, otherwise: "every account that was added"))
    }
  }

  private func told(_ names: [String], otherwise: String) -> String {
    guard !names.isEmpty else { return otherwise }
    let shown = names.prefix(Self.shown).map { "\(code: $0)" }.joined(separator: ", ")
    return names.count > Self.shown ? "\(shown) and \(names.count - Self.shown) more" : shown
  }
}
