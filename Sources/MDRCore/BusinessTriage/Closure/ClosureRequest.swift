/// What a person brings to close a finding, checked against what it requires.
struct ClosureRequest {
  /// Why a request is refused: the piece or member, and the reason.
  struct Refusal: Equatable, Sendable {
    var what: String
    var why: String

    var sentence: String { "\(what): \(why)" }
  }

  let by: String
  let at: Timestamp
  let why: String
  let answers: [GivenAnswer]
  let lesson: Lesson?

  /// Reads an evidence file: `by`, `at`, `why`, `answers` by piece, and a `lesson` where there is one.
  init(_ json: JSONValue) throws(JSONFields.Fault) {
    let fields = try JSONFields(json)
    by = try fields.said("by")
    at = try fields.time("at")
    why = try fields.said("why")
    var answers: [GivenAnswer] = []
    for (id, value) in (json["answers"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
      let item = try JSONFields(value)
      answers.append(GivenAnswer(id: id, answer: try item.said("answer"), from: try item.said("from")))
    }
    self.answers = answers
    if let value = json["lesson"], value != .null {
      lesson = try Lesson(JSONFields(value), at: at)
    } else {
      lesson = nil
    }
  }

  /// The answers that count, earlier ones included, and what still keeps the finding from closing.
  func judged(
    against finding: Finding, earlier: [GivenAnswer]
  ) -> (accepted: [GivenAnswer], refusals: [Refusal], missing: [EvidenceItem]) {
    let guesses = UnsupportedWords("closure")
    var accepted = earlier.filter { old in !answers.contains { $0.id == old.id } }
    var refusals: [Refusal] = []
    for given in answers {
      guard finding.evidence.contains(where: { $0.id == given.id }) else {
        refusals.append(Refusal(what: given.id, why: "the finding requires no such piece"))
        continue
      }
      if let hit = guesses.hits(in: given.answer).first {
        refusals.append(Refusal(what: given.id, why: "\"\(hit.word)\": \(hit.why)"))
      } else {
        accepted.append(given)
      }
    }
    if let hit = guesses.hits(in: why).first {
      refusals.append(Refusal(what: "why", why: "\"\(hit.word)\": \(hit.why)"))
    }
    let missing = finding.evidence.filter { item in item.isOpen && !accepted.contains { $0.id == item.id } }
    return (accepted.sorted { $0.id < $1.id }, refusals, missing)
  }
}
