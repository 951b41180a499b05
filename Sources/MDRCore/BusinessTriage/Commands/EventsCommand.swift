/// `business-triage events`: the review's events behind an answer.
enum EventsCommand {
  private static let about = Option<String?>.optional(
    "--about", "QUESTION", help: ReviewQuestion.allCases.map(\.rawValue).joined(separator: ", "))
  private static let inventory = Option<String?>.optional(
    "--inventory", "DIR", help: "the inventory that the run was given")
  private static let shown = 200

  static let command = Command(
    "events", "lists the review's events that answer a question about a finding",
    options: ObservationInputOptions.declarations + [
      FindingsFolder.option.declaration, FindingsFolder.finding.declaration, about.declaration,
      inventory.declaration,
    ], run: run)

  private static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let folder = try FindingsFolder(arguments.required(FindingsFolder.option))
    let finding = try folder.finding(arguments.required(FindingsFolder.finding))
    let word = try arguments(about) ?? ReviewQuestion.own.rawValue
    guard let question = ReviewQuestion(rawValue: word) else {
      throw CommandError.usage(
        "--about \(word) is no question",
        mend: "use one of \(ReviewQuestion.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let known = try arguments(inventory).map { folder throws(CommandError) in
      try Inventory.load(from: folder)
    }
    var events = ReviewEvents()
    let reader = ObservationReader(
      inputs: try ObservationInputOptions.inputs(from: arguments), jobs: try arguments(Arguments.jobs),
      keepsEvidence: false, archetypes: try ObservationInputOptions.archetypes(from: arguments),
      besides: TriageCommand.ownFolders(folder.path, others: [try arguments(inventory)]))
    let accounting = try reader.read {
      let calls = ReviewCalls()
      return ObservationJudge { ReviewEvent(known?.resolved($0) ?? $0, calls) }
    } _: {
      events.add($0)
    }
    events.note(accounting.gaps)
    let index = ReviewIndex(events)
    let subject = ReviewSubject(finding)
    let answer = index.answer(question, about: subject)
    let entries = index.entries(question, about: subject).found
    let rows = entries.prefix(shown).map { Row($0, index) }
    let more = entries.count > shown ? ["\(entries.count - shown) more"] : []
    return CommandOutcome(
      summary: ["\(question.title): \(answer.sentence)".terminalLine] + rows.map(\.line) + more,
      json: [
        "finding_id": .string(finding.findingID), "about": .string(question.rawValue),
        "answer": .string(answer.sentence), "answered": .bool(answer.isAnswered),
        "events": .array(rows.map(\.json)),
      ], caveats: accounting.caveats)
  }
}

/// Like calls of one hour, as the command shows them.
private struct Row {
  let entry: ReviewEvents.Entry
  let account: String
  let principal: String
  let event: String
  let source: String
  let outcome: Outcome

  init(_ entry: ReviewEvents.Entry, _ index: ReviewIndex) {
    let call = index.call(entry)
    self.entry = entry
    account = index.name(call.account)
    principal = index.name(call.principal)
    event = index.name(call.event)
    source = index.name(call.source)
    outcome = call.outcome
  }

  /// The row for people, on one line.
  var line: String {
    [
      entry.first.shown, "\(entry.count)", account, principal, event, source, outcome.rawValue,
      entry.eventID.text,
    ].joined(separator: "  ").terminalLine
  }

  /// The row for programs.
  var json: JSONValue {
    [
      "first": entry.first.json, "last": entry.last.json, "count": .number(Int(entry.count)),
      "account_id": .string(account), "principal": .string(principal), "event": .string(event),
      "source": .string(source), "outcome": .string(outcome.rawValue),
      "event_id": .string(entry.eventID.text),
    ]
  }
}
