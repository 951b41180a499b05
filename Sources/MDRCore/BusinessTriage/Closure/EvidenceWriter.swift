/// Turns what a finding requires into typed items, and answers those that the logs can answer.
struct EvidenceWriter: Sendable {
  let index: ReviewIndex
  private let table = EvidenceKinds()
  /// Pieces come from reviewed files, so that few texts are looked up again and again.
  private var kinds: [String: EvidenceKinds.Kind] = [:]
  private let questions = ReviewQuestions()

  init(index: ReviewIndex) { self.index = index }

  /// The items: first the pieces required, then what the logs add by themselves.
  mutating func items(for subject: inout ReviewSubject, _ facts: RecordFacts) -> [EvidenceItem] {
    let finding = subject.finding
    var items: [EvidenceItem] = []
    func id() -> String { "E\(items.count + 1)" }
    for text in finding.evidenceRequired {
      items.append(item(id(), text, &subject, facts))
    }
    for question in questions.questions(for: finding)
    where index.applies(question, to: finding) && !items.contains(where: { $0.question == question }) {
      items.append(
        answered(
          EvidenceItem(
            id: id(), text: question.title + ".", answeredBy: .logs, ask: "whoever holds the missing logs"),
          question, &subject))
    }
    return items
  }

  /// The pieces, of those that ask one role for a ticket or a signature only the first: one answer is an answer to all.
  mutating func askedOnce(_ texts: [String]) -> [String] {
    var asked: Set<String> = []
    return texts.filter { text in
      let kind = kind(of: text)
      return kind.fact != "change-window" || asked.insert(kind.ask).inserted
    }
  }

  private mutating func kind(of text: String) -> EvidenceKinds.Kind {
    if let known = kinds[text] { return known }
    let kind = table.kind(of: text)
    kinds[text] = kind
    return kind
  }

  private mutating func item(
    _ id: String, _ text: String, _ subject: inout ReviewSubject, _ facts: RecordFacts
  ) -> EvidenceItem {
    let finding = subject.finding
    let kind = kind(of: text)
    let item = EvidenceItem(id: id, text: text, answeredBy: kind.answeredBy, ask: kind.ask)
    if let question = ReviewQuestion(rawValue: kind.fact) { return answered(item, question, &subject) }
    var told = item
    let isForLogs = kind.answeredBy == .logs || kind.fact == "after"
    if isForLogs, let answer = facts.answer(kind.fact, finding) {
      (told.answeredBy, told.answer, told.question) = (.logs, answer, .own)
      told.eventIDs = [facts.observation.eventID]
    } else {
      // What the record doesn't tell, people have to.
      told.answeredBy = .people
      told.note = facts.note(kind.fact, finding)
    }
    return told
  }

  private func answered(
    _ item: EvidenceItem, _ question: ReviewQuestion, _ subject: inout ReviewSubject
  ) -> EvidenceItem {
    let answer = subject.answer(question, in: index)
    var item = item
    item.question = question
    item.eventIDs = answer.eventIDs
    if answer.isAnswered { item.answer = answer.sentence } else { item.note = answer.sentence }
    return item
  }
}
