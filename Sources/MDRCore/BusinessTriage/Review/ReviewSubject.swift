/// A finding that questions are asked about, with its own event ids at hand.
struct ReviewSubject {
  let finding: Finding
  private let eventIDs: Set<EventID>
  private var answers: [ReviewQuestion: ReviewAnswer] = [:]

  init(_ finding: Finding) {
    self.finding = finding
    eventIDs = Set(finding.eventIDs.map(EventID.init))
  }

  /// Whether an event is one that the finding names.
  func contains(_ eventID: EventID) -> Bool { eventIDs.contains(eventID) }

  /// The answer to a question, looked up once.
  mutating func answer(_ question: ReviewQuestion, in index: ReviewIndex) -> ReviewAnswer {
    if let known = answers[question] { return known }
    let answer = index.answer(question, about: self)
    answers[question] = answer
    return answer
  }
}

extension Finding {
  /// The session behind the finding, as role assumptions name it.
  var session: ReviewEvents.Session {
    ReviewEvents.Session(actor: actor, account: actorAccountID, names: sessions + (person.map { [$0] } ?? []))
  }

  /// The actors that users and roles named in the request are when they call themselves; who asks about itself is none.
  var touchedIdentities: [String] {
    ((targets["user"] ?? []).map { "user:" + $0 } + (targets["role"] ?? []).map { "role:" + $0 })
      .filter { $0 != actor }
  }

  /// Events with their service, such as `iam:CreateUser`; a name of several services stands with each.
  var fullEventNames: [String] {
    tuples.map { $0.event.replacing(".amazonaws.com:", with: ":") }
  }
}
