/// Which calls undo which, on the same resource: the reviewed rows of `reversals.tsv`.
struct Reversals: Sendable {
  private var undoingEvents: [String: Set<String>] = [:]

  init() {
    for row in Content.table("business-triage/references/reversals.tsv") {
      guard let event = row["event"], let undoing = row["undone_by"] else { continue }
      for name in undoing.split(separator: "|") {
        // The table names services short, as `iam:DeleteUser`.
        undoingEvents[event, default: []].insert(String(name).replacing(":", with: ".amazonaws.com:"))
      }
    }
  }

  /// The events, with their services, that undo an event; none where nothing does.
  func undoing(_ event: String) -> Set<String> { undoingEvents[event] ?? [] }
}
