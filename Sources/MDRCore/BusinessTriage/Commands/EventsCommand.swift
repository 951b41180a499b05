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
    let rows = entries.prefix(shown).map { entry -> JSONValue in
      let call = index.call(entry)
      return [
        "first": entry.first.json, "last": entry.last.json,
        "count": .number(Int(entry.count)), "account_id": .string(index.name(call.account)),
        "principal": .string(index.name(call.principal)), "event": .string(index.name(call.event)),
        "source": .string(index.name(call.source)), "outcome": .string(call.outcome.rawValue),
        "event_id": .string(entry.eventID.text),
      ]
    }
    let lines = rows.map { row in
      ["first", "count", "account_id", "principal", "event", "source", "outcome", "event_id"].map {
        row[$0]?.string ?? row[$0]?.int.map(String.init) ?? ($0 == "first" ? Timestamp.unknown.shown : "")
      }.joined(separator: "  ").terminalLine
    }
    let more = entries.count > shown ? ["\(entries.count - shown) more"] : []
    return CommandOutcome(
      summary: ["\(question.title): \(answer.sentence)".terminalLine] + lines + more,
      json: [
        "finding_id": .string(finding.findingID), "about": .string(question.rawValue),
        "answer": .string(answer.sentence), "answered": .bool(answer.isAnswered),
        "events": .array(rows),
      ], caveats: accounting.caveats)
  }
}
