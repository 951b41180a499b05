/// The reviewed table of the events that answer what anybody did in an account.
struct AccountQuestions: Sendable {
  /// One event of a review that answers a question.
  struct Asked: Sendable {
    /// The number of its name.
    var event: UInt32
    /// Actors whose calls are none of it.
    var notBy: Set<String>
  }

  private let rows: [(question: ReviewQuestion, events: EventPatterns, notBy: Set<String>)]

  init() {
    rows = Content.table("business-triage/references/account-questions.tsv").compactMap { row in
      guard let question = row["about"].flatMap(ReviewQuestion.init(rawValue:)), let events = row["events"]
      else { return nil }
      let notBy = (row["not_by"] ?? "").split(separator: "|").map(String.init)
      return (question, EventPatterns(events), Set(notBy))
    }
  }

  /// The events of a review that answer each question, sorted by name; the first row that fits an event decides.
  func asked(of events: ReviewEvents) -> [ReviewQuestion: [Asked]] {
    let names = Set(events.calls.map(\.event)).map { (number: $0, name: events.names[$0]) }
      .sorted { $0.name < $1.name }
    var found: [ReviewQuestion: [Asked]] = [:]
    for (number, name) in names {
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      for row in rows
      where row.events.fit(parts[0], parts[1]) && found[row.question]?.last?.event != number {
        found[row.question, default: []].append(Asked(event: number, notBy: row.notBy))
      }
    }
    return found
  }
}
