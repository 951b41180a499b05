/// `normalize-observations timeline`: the calls of a key, an actor, a person or an address in the order in which they happened.
enum ListTimeline {
  private static let accessKeys = Option<[String]>.list(
    "--access-key", "ID", help: "calls made with a key, and those that made, changed or issued it")
  private static let actors = Option<[String]>.list(
    "--actor", "ACTOR", help: "an actor such as role:deploy, or a principal's ARN")
  private static let people = Option<[String]>.list("--person", "NAME", help: "a person, or a session's name")
  private static let sources = Option<[String]>.list(
    "--source", "SOURCE", help: "an address, or a source such as ip:203.0.113.0/24")
  private static let resources = Option<[String]>.list(
    "--resource", "NAME", help: "an ARN or name of what was touched")
  private static let accounts = Option<[String]>.list("--account", "ID", help: "an account")
  private static let events = Option<[String]>.list("--event", "NAME", help: "an event such as CreateUser")
  private static let since = Option<Timestamp?>.time("--since", help: "start of the window, in UTC")
  private static let until = Option<Timestamp?>.time("--until", help: "end of the window, in UTC")
  private static let changes = Option<Bool>.flag("--changes", help: "leave out calls that only read")
  private static let limit = Option<Int>.number(
    "--limit", in: 1...100_000, default: 200, help: "how many calls are listed, the earliest first")

  static let command = Command(
    "timeline", "lists calls in the order in which they happened: of a key, an actor, a person, an address",
    options: ObservationInputOptions.declarations + [
      accessKeys.declaration, actors.declaration, people.declaration, sources.declaration,
      resources.declaration, accounts.declaration, events.declaration, since.declaration,
      until.declaration, changes.declaration, limit.declaration,
    ], run: run)

  private static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let question = try TimelineQuestion(
      accessKeys: Set(arguments(accessKeys)), actors: Set(arguments(actors)),
      people: Set(arguments(people)), sources: Set(arguments(sources)),
      resources: Set(arguments(resources)), accounts: Set(arguments(accounts)),
      events: Set(arguments(events)), since: arguments(since), until: arguments(until),
      isOfChanges: arguments(changes))
    guard question.isNarrow else {
      throw CommandError.usage(
        "nothing says whose calls are asked for",
        mend: "add --access-key, --actor, --person, --source, --resource, --account or --event")
    }
    let reader = ObservationReader(
      inputs: try ObservationInputOptions.inputs(from: arguments), jobs: try arguments(Arguments.jobs),
      keepsEvidence: false, archetypes: try ObservationInputOptions.archetypes(from: arguments))
    var timeline = Timeline(limit: try arguments(limit))
    let accounting = try reader.read(judging: {
      question.includes($0) ? Timeline.Call($0) : nil
    }) { call in
      if let call { timeline.add(call) }
    }
    let page = Document(timeline.blocks()).rendered
    return CommandOutcome(
      summary: [String(page.dropLast()), "read: \(accounting.observations.of("observation"))"],
      json: timeline.json, caveats: accounting.caveats)
  }
}
