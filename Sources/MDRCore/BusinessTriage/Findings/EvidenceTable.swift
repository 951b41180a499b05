/// The reviewed table of what closes an operation that no override or detection speaks for.
package struct EvidenceTable: Sendable {
  /// The question to ask and the evidence that answers it.
  package struct Entry: Equatable, Sendable {
    package var question: String
    package var evidence: [String]
    /// What an operation of the kind may turn out to be, the usual first.
    package var couldBe = ""
  }

  private struct Row: Sendable {
    var events: EventPatterns
    var newDimension: String
    var archetype: String
    /// Whether it is for calls that only read, or for others; `nil` for both.
    var isReadOnly: Bool?
    var entry: Entry
  }

  private let rows: [Row]

  package init() {
    rows = Content.table("business-triage/references/evidence.tsv").map { row in
      Row(
        events: EventPatterns(row["events"] ?? ""), newDimension: row["new"] ?? "any",
        archetype: row["archetype"] ?? "any",
        isReadOnly: ["read": true, "change": false][row["calls"] ?? ""],
        entry: Entry(
          question: row["question"] ?? "",
          evidence: (row["evidence"] ?? "").split(separator: ";").map { part in
            String(part.drop { $0 == " " })
          }, couldBe: row["could_be"] ?? ""))
    }
  }

  /// The entry for an event; the table's last row fits all.
  package func entry(for observation: Observation, newDimensions: [Dimension]) -> Entry {
    let row = rows.first { row in
      (row.newDimension == "any" || newDimensions.contains { $0.rawValue == row.newDimension })
        && (row.archetype == "any" || row.archetype == observation.identity.archetype.rawValue)
        && (row.isReadOnly.map { $0 == observation.isReadOnly } ?? true)
        && row.events.fit(observation.eventSource, observation.eventName)
    }
    return row?.entry ?? Entry(question: "", evidence: [])
  }
}
