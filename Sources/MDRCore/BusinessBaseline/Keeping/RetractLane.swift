import Foundation

/// `business-baseline retract`: takes a tuple declared bad out of the lanes, keeps it out, and lists the verdicts
/// that it had supported.
package struct RetractLane: Sendable {
  static let dimensions: [(dimension: Dimension, option: Option<String?>)] = [
    (.account, .optional("--account", "ACCOUNT", help: "the account's id")),
    (.actor, .optional("--actor", "ACTOR", help: "the actor, such as role:deploy")),
    (.event, .optional("--event", "EVENT", help: "the event, such as iam.amazonaws.com:CreateAccessKey")),
    (.source, .optional("--source", "SOURCE", help: "the source; any unless given")),
    (.region, .optional("--region", "REGION", help: "the region; any unless given")),
  ]
  static let reason = Option<String?>.optional("--reason", "TEXT", help: "why it is bad")
  static let owner = Option<String?>.optional("--by", "WHO", help: "who says so")
  static let findings = Option<String?>.optional(
    "--findings", "PATH",
    help: "findings to look through for verdicts that rested on it: a file or its folder")

  /// The command, for the executable.
  package static let command = Command(
    "retract", "takes a tuple declared bad out of the lanes and lists every verdict that it had supported",
    options: [ShowBaseline.baseline.declaration] + dimensions.map(\.option.declaration) + [
      reason.declaration, owner.declaration, findings.declaration,
      ObservationInputOptions.observations.declaration, ObservationInputOptions.logs.declaration,
      ObservationInputOptions.archetypes.declaration, BaselineContext.inventoryOption.declaration,
      Arguments.jobs.declaration,
    ]
  ) { arguments, console in try RetractLane(arguments).run(console) }

  let path: String
  let retraction: Retraction
  let findings: String?
  let inputs: [ObservationInput]
  let context: BaselineContext
  let jobs: Int
  let archetypes: ArchetypeRules

  init(_ arguments: Arguments) throws(CommandError) {
    path = try arguments.required(ShowBaseline.baseline)
    BaselineFolder.recover(URL(fileURLWithPath: path).standardizedFileURL.path)
    var texts: [Dimension: String] = [:]
    for (dimension, option) in Self.dimensions { texts[dimension] = try arguments(option) }
    for (dimension, option) in Self.dimensions.prefix(3) where texts[dimension] == nil {
      throw .usage("\(option.name) is missing", mend: "a retraction names at least account, actor and event")
    }
    for (dimension, text) in texts where text.contains(where: { "*?".contains($0) }) {
      throw .usage(
        "--\(dimension.rawValue) \(text) is a wildcard", mend: "copy the tuple from business-baseline show")
    }
    retraction = Retraction(
      account: texts[.account] ?? "", actor: texts[.actor] ?? "", event: texts[.event] ?? "",
      source: texts[.source], region: texts[.region], reason: try arguments.required(Self.reason),
      owner: try arguments(Self.owner))
    findings = try arguments(Self.findings)
    inputs = try ObservationInputOptions.optionalInputs(from: arguments)
    var context = try BaselineContext(arguments, baseline: path)
    context.retractions.insert(retraction)
    self.context = context
    jobs = try arguments(Arguments.jobs)
    archetypes = try ObservationInputOptions.archetypes(from: arguments)
  }

  func run(_ console: Console) throws -> CommandOutcome {
    let before = try Baseline.load(path)
    let gone = before.lanes.filter { retraction.covers($0.key) }
    guard !gone.isEmpty else {
      throw CommandError(
        .noUsableInput, "no lane of \(path) is that tuple",
        mend: "ask business-baseline show for the tuple's parts as the lanes have them")
    }
    var verdicts = RetractedVerdicts(before, retraction: retraction)
    if let findings { try verdicts.add(FindingsFile(path: findings)) }
    if !inputs.isEmpty {
      let own = OwnFolders(path, artifacts: [], others: [findings, context.inventoryFolder])
      _ = try ObservationReader(
        inputs: inputs, jobs: jobs, keepsEvidence: false, archetypes: archetypes, besides: own
      ).read { verdicts.add(context.inventory.resolved($0)) }
    }
    let (after, caveats) = try rewritten(before, console)
    let supported = verdicts.supported(without: BaselineIndex(after))
    let page = verdicts.document(gone: gone, supported: supported, looked: findings != nil || !inputs.isEmpty)
    return CommandOutcome(
      summary: [String(page.rendered.dropLast()), "", path + "/" + Retractions.fileName],
      json: [
        "retractions": .string(path + "/" + Retractions.fileName), "retraction": retraction.json,
        "lanes": .array(gone.map(\.json)), "verdicts": .array(supported.map(\.json)),
      ], caveats: caveats + verdicts.caveats)
  }

  /// The baseline without the tuple: made anew from its facts, or, where it keeps none, without its lanes.
  private func rewritten(
    _ before: Baseline, _ console: Console
  ) throws -> (baseline: Baseline, caveats: [String]) {
    if let state = try BaselineState.load(path) {
      try state.requireInventory(context)
      let refresh = BaselineRefresh(
        path: path, inputs: [], cutOff: before.window.cutOff, windowDays: state.windowDays, state: state,
        context: context, jobs: jobs)
      return (try refresh.run(console).baseline, [])
    }
    var after = before
    after.retract(context.retractions)
    let folder = try BaselineFolder(path)
    do {
      try context.write(after, to: folder.folder)
      try folder.commit()
    } catch {
      folder.discard()
      throw error
    }
    return (
      after,
      ["\(path) keeps no facts of its days: accounts and families still count the retracted observations"]
    )
  }
}

extension Baseline {
  /// Takes the lanes of retracted tuples out.
  mutating func retract(_ retractions: Retractions) {
    lanes.removeAll { retractions.cover($0.key) }
    for index in accounts.indices {
      let own = lanes.lanes(of: accounts[index].id)
      accounts[index].lanes = own.count
      accounts[index].establishedLanes = own.count { $0.standing == .established }
    }
  }
}
