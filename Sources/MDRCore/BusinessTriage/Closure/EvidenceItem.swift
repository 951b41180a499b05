/// One piece of evidence that a finding needs before it closes: answered by the logs, or asked of people.
package struct EvidenceItem: Equatable, Sendable {
  /// Who can answer.
  package enum Source: String, Sendable, CaseIterable {
    case logs
    case people
  }

  /// Its name within the finding, such as `E3`.
  package var id: String
  /// The piece in the words of the detection, the override or the question.
  package var text: String
  package var answeredBy: Source
  /// The answer that the logs gave; `nil` while it is open.
  package var answer: String?
  /// What stands in the logs of an answer that isn't complete, such as why absence isn't sure yet.
  package var note: String?
  /// The question of `business-triage events` that shows the answer; `nil` for what people answer.
  package var question: ReviewQuestion?
  /// Ids of the events that the answer rests on, at most five.
  package var eventIDs: [String]
  /// The role to ask while it is open.
  package var ask: String

  package var isOpen: Bool { answer == nil }

  /// The command that shows the answer, its folders left for the reader to fill in.
  ///
  /// No text of a log stands in it: the finding's id says what to look for.
  package func command(for finding: String) -> String? {
    question.map {
      "business-triage events --findings CASE/business-triage --observations CASE/normalize-observations --finding \(finding) --about \($0.rawValue)"
    }
  }

  init(
    id: String, text: String, answeredBy: Source, answer: String? = nil, note: String? = nil,
    question: ReviewQuestion? = nil, eventIDs: [String] = [], ask: String
  ) {
    self.id = id
    self.text = text
    self.answeredBy = answeredBy
    self.answer = answer
    self.note = note
    self.question = question
    self.eventIDs = eventIDs
    self.ask = ask
  }
}

extension EvidenceItem {
  func json(for finding: String) -> JSONValue {
    var value: JSONValue = [
      "id": .string(id), "text": .string(text), "answered_by": .string(answeredBy.rawValue),
      "state": isOpen ? "open" : "answered", "event_ids": JSONValue(eventIDs),
    ]
    if let answer { value["answer"] = .string(answer) }
    if let note { value["note"] = .string(note) }
    if let question { value["about"] = .string(question.rawValue) }
    if let command = command(for: finding) { value["command"] = .string(command) }
    if isOpen { value["ask"] = .string(ask) }
    return value
  }

  init(_ fields: JSONFields) throws(JSONFields.Fault) {
    self.init(
      id: try fields.text("id"), text: try fields.text("text"),
      answeredBy: try fields.choice(Source.self, "answered_by"), answer: try fields.optionalText("answer"),
      note: try fields.optionalText("note"),
      question: try fields.optionalChoice(ReviewQuestion.self, "about"),
      eventIDs: try fields.texts("event_ids"), ask: try fields.optionalText("ask") ?? "")
  }
}
