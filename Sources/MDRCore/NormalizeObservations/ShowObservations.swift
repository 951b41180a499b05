/// `normalize-observations show`: single observations for people.
enum ShowObservations {
  private static let ids = Option<[String]>.list(
    "--event-id", "ID", help: "an event's id, as findings and observations.jsonl have it")

  static let command = Command(
    "show", "prints observations as Markdown tables, one for each event that is named",
    options: ObservationInputOptions.declarations + [ids.declaration], run: run)

  private static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let asked = Set(try arguments(ids))
    guard !asked.isEmpty else { throw CommandError.usage("--event-id is missing", mend: "add --event-id ID") }
    let reader = ObservationReader(
      inputs: try ObservationInputOptions.inputs(from: arguments), jobs: try arguments(Arguments.jobs),
      archetypes: try ObservationInputOptions.archetypes(from: arguments))
    var found: [Observation] = []
    let accounting = try reader.read(judging: { asked.contains($0.eventID) ? $0 : nil }) { observation in
      if let observation { found.append(observation) }
    }
    let missing = asked.subtracting(found.map(\.eventID)).sorted()
    guard !found.isEmpty else {
      throw CommandError(
        .noUsableInput, "no observation has the event id \(missing.joined(separator: ", "))",
        mend: "copy an id from findings.jsonl or observations.jsonl")
    }
    found.sort { ($0.eventTime.inOrder, $0.eventID) < ($1.eventTime.inOrder, $1.eventID) }
    let page = Document(found.flatMap { $0.blocks() }).rendered
    return CommandOutcome(
      summary: [String(page.dropLast())],
      json: ["observations": .array(found.map(\.json)), "missing": JSONValue(missing)],
      caveats: accounting.caveats + missing.map { "no observation has the event id \($0)" })
  }
}
