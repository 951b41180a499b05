/// The reviewed table of the events that answer what anybody did in an account.
struct AccountQuestions: Sendable {
  private let rows: [(question: ReviewQuestion, events: EventPatterns)]

  init() {
    rows = Content.table("business-triage/references/account-questions.tsv").compactMap { row in
      guard let question = row["about"].flatMap(ReviewQuestion.init(rawValue:)), let events = row["events"]
      else { return nil }
      return (question, EventPatterns(events))
    }
  }

  /// The numbers of a review's event names that answer each question, sorted by name.
  func numbers(in events: ReviewEvents) -> [ReviewQuestion: [UInt32]] {
    var found: [ReviewQuestion: [UInt32]] = [:]
    let names = Set(events.calls.map(\.event)).map { (number: $0, name: events.names[$0]) }
      .sorted { $0.name < $1.name }
    for (number, name) in names {
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      for row in rows where row.events.fit(parts[0], parts[1]) {
        if found[row.question]?.last != number { found[row.question, default: []].append(number) }
      }
    }
    return found
  }
}
