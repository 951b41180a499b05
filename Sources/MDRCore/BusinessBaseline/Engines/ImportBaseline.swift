/// `business-baseline import`: the groups that an engine aggregated become lanes, by the code that reads logs.
package struct ImportBaseline: Sendable {
  static let result = Option<String?>.optional(
    "--engine-result", "PATH",
    help: "the result of the query that sql printed: .jsonl, .csv, .tsv, or a folder")

  /// The command, for the executable.
  package static let command = Command(
    "import", "makes lanes of what an engine aggregated with the query that sql printed",
    options: [
      result.declaration, ObservationInputOptions.archetypes.declaration, BuildBaseline.until.declaration,
    ] + BaselineContext.options + [
      BuildBaseline.output.declaration
    ]
  ) { arguments, console in try ImportBaseline(arguments).run(console) }

  let path: String
  let cutOff: Timestamp?
  let output: String
  let context: BaselineContext
  let archetypes: ArchetypeRules

  init(_ arguments: Arguments) throws(CommandError) {
    path = try arguments.required(Self.result)
    cutOff = try arguments(BuildBaseline.until)
    output = try arguments.required(BuildBaseline.output)
    context = try BaselineContext(arguments, baseline: output)
    archetypes = try ObservationInputOptions.archetypes(from: arguments)
  }

  func run(_ console: Console) throws -> CommandOutcome {
    try ArtifactFolder.requireWritable(output)
    let normalizer = Normalizer(rules: try NormalizationRules(archetypes: archetypes), keepsDetails: false)
    var intake = BaselineIntake(context, until: cutOff)
    var groups = 0
    var across = 0
    try EngineResultReader(path: path).forEachRow { cells, place in
      do {
        let group = try EngineGroup(cells)
        if let cutOff, group.last >= cutOff { across += group.first < cutOff ? 1 : 0 }
        intake.add(group, normalizer)
      } catch let damage as EngineGroup.Damage {
        throw CommandError(
          .noUsableInput, "\(place), is no group: \(damage)",
          mend: "run the query of business-baseline sql again")
      }
      groups += 1
      if groups.isMultiple(of: 4_096) { console.progress("\(groups) groups") }
    }
    console.endProgress()
    guard across == 0 else {
      throw CommandError(
        .noUsableInput, "\(across.of("group")) reach across \(cutOff?.iso8601 ?? "")",
        mend: "print the query again with the same --until, and run it")
    }
    guard
      let baseline = intake.baseline(caveats: [
        "lanes come from aggregated groups: no order of changes is known"
      ])
    else {
      throw CommandError(
        .noUsableInput, "\(path) holds no group before the cut-off", mend: "check the query's result")
    }
    let folder = try BaselineFolder(output)
    do {
      try context.write(baseline, to: folder.folder)
      try folder.commit()
    } catch {
      folder.discard()
      throw error
    }
    var outcome = baseline.outcome(at: output)
    outcome.summary.append("\(baseline.observations.of("observation")) came as \(groups.of("group"))")
    outcome.json["groups"] = .number(groups)
    return outcome
  }
}

extension BaselineIntake {
  /// Counts all observations of a group.
  mutating func add(_ group: EngineGroup, _ normalizer: Normalizer) {
    var observation = group.withRecord { tape in
      normalizer.observation(tape, 0, file: "", index: 0, sha256: "")
    }
    observation.eventTime = group.first
    let sessions = group.sessions.map { session in
      (
        digest: session.start.map { SessionCounter.digest(observation.actorAccountID, $0) }
          ?? SessionCounter.digest(String(session.day)), day: session.day
      )
    }
    add(
      observation,
      LaneTimes(
        count: group.count, first: group.first, last: group.last, hours: group.hours, sessions: sessions))
  }
}
