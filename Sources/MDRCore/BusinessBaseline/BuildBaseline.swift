/// `business-baseline build`: observations up to a cut-off become lanes and operating models.
package struct BuildBaseline: Sendable {
  static let until = Option<Timestamp?>.time(
    "--until", help: "where the baseline ends and the review begins; without it everything counts")
  static let windowDays = Option<Int>.number(
    "--window-days", in: 0...3_660, default: 0,
    help: "count only so many days before --until; 0 means all, and update then keeps 90")
  static let keepState = Option<Bool>.flag(
    "--keep-state", help: "keep the facts of each day beside the lanes, which update needs; takes longer")
  static let output = Option<String?>.optional("--output", "DIR", help: "folder to write; made if missing")

  /// The command, for the executable.
  package static let command = Command(
    "build", "makes lanes and account operating models of what happened before --until",
    options: [
      ObservationInputOptions.observations.declaration, ObservationInputOptions.logs.declaration,
      ObservationInputOptions.archetypes.declaration, until.declaration, windowDays.declaration,
      keepState.declaration,
    ] + BaselineContext.options + [output.declaration, Arguments.jobs.declaration]
  ) { arguments, console in try BuildBaseline(arguments).run(console) }

  let inputs: [ObservationInput]
  let cutOff: Timestamp?
  /// The first day that counts; `nil` for all.
  let firstDay: Int?
  let windowDays: Int?
  let keepsState: Bool
  let arguments: Arguments
  let archetypes: ArchetypeRules
  let output: String
  let jobs: Int

  init(_ arguments: Arguments) throws(CommandError) {
    inputs = try ObservationInputOptions.inputs(from: arguments)
    cutOff = try arguments(Self.until)
    let days = try arguments(Self.windowDays)
    windowDays = days > 0 ? days : nil
    firstDay = cutOff.flatMap { end in days > 0 ? end.adding(-1).day - days + 1 : nil }
    if days > 0, cutOff == nil {
      throw .usage("--window-days counts back from --until", mend: "add --until TIME")
    }
    keepsState = try arguments(Self.keepState)
    output = try arguments.required(Self.output)
    jobs = try arguments(Arguments.jobs)
    self.arguments = arguments
    archetypes = try ObservationInputOptions.archetypes(from: arguments)
  }

  func run(_ console: Console) throws -> CommandOutcome {
    try ArtifactFolder.requireWritable(output)
    let context = try BaselineContext(arguments, baseline: output)
    let folder = try BaselineFolder(output)
    do {
      let outcome = try run(context, folder, console)
      try folder.commit()
      return outcome
    } catch {
      folder.discard()
      throw error
    }
  }

  private func run(
    _ context: BaselineContext, _ folder: BaselineFolder, _ console: Console
  ) throws -> CommandOutcome {
    var recorder = keepsState ? StateRecorder(try folder.state()) : nil
    let collected = try collect(context, recorder: &recorder, console)
    if recorder != nil, let days = try recorder?.finish() {
      let state = BaselineState(
        days: days, windowDays: windowDays, inventory: context.inventoryDigest,
        caveats: collected.accounting.caveats)
      try state.write(to: folder.state())
    }
    let model = try context.write(collected.baseline, to: folder.folder, jobs: Arguments.threads(jobs))
    var outcome = outcome(model, accounting: collected.accounting, tooOld: collected.tooOld)
    outcome.remains = model
    return outcome
  }

  /// The baseline of all inputs.
  ///
  /// What it is made from takes more memory than the baseline itself and is freed on return.
  private func collect(
    _ context: BaselineContext, recorder: inout StateRecorder?, _ console: Console
  ) throws -> (baseline: Baseline, accounting: InputAccounting, tooOld: Int) {
    var intake = BaselineIntake(context, until: cutOff)
    let accounting = try read(into: &intake, recorder: &recorder, console)
    console.endProgress()
    guard let baseline = intake.baseline(caveats: accounting.caveats, jobs: Arguments.threads(jobs)) else {
      throw nothingToBuild(accounting, later: intake.builder.laterObservations)
    }
    return (baseline, accounting, intake.tooOld)
  }

  /// Reads the inputs: logs alone go straight into lanes; everything else, and what has to be recorded, is read as
  /// observations.
  private func read(
    into intake: inout BaselineIntake, recorder: inout StateRecorder?, _ console: Console
  ) throws -> InputAccounting {
    let window = CountedWindow(cutOff: cutOff, firstDay: firstDay)
    let own = OwnFolders(
      output, artifacts: [], others: [try arguments(BaselineContext.inventoryOption)])
    let logs = inputs.compactMap { if case .logs(let path) = $0 { path } else { nil } }
    // Deliveries that differ may have to be read again, which a pipe can't be.
    if recorder == nil, logs.count == inputs.count, !logs.contains(where: LogFile.isPipe) {
      var accounting = try LogLaneReader(
        paths: logs, jobs: Arguments.threads(jobs), window: window, archetypes: archetypes, besides: own
      )
      .read(into: &intake) { console.progress("\($0) records") }
      accounting.inherit(from: inputs)
      return accounting
    }
    let reader = ObservationReader(
      inputs: inputs, jobs: jobs, keepsEvidence: false, archetypes: archetypes, besides: own)
    return try reader.read(
      progress: { console.progress("\($0.observations) observations") },
      { observation in
        intake.add(observation, in: window)
        if window.place(of: observation.eventTime) == .inside { try recorder?.add(observation) }
      })
  }

  private func nothingToBuild(_ accounting: InputAccounting, later: Int) -> CommandError {
    guard let cutOff, later > 0 else {
      return CommandError(
        .noUsableInput, "no observation among \(accounting.records) records",
        mend: "name logs or observations that CloudTrail records can be read from")
    }
    return CommandError(
      .noUsableInput, "all \(later) observations lie at or after \(cutOff.iso8601)",
      mend: "give older logs or a later --until")
  }

  private func outcome(_ model: OperatingModel, accounting: InputAccounting, tooOld: Int) -> CommandOutcome {
    var outcome = model.baseline.outcome(at: output, model.sum)
    outcome.json["records"] = .number(accounting.records)
    outcome.json["duplicates"] = .number(accounting.duplicates)
    outcome.json["rejects"] = .number(accounting.rejects)
    outcome.name(leftOut: accounting)
    if tooOld > 0 {
      outcome.json["observations_before_window"] = .number(tooOld)
      outcome.summary.append("\(tooOld.of("observation")) before the window left out")
    }
    return outcome
  }
}

extension Baseline {
  /// What a command that wrote a baseline tells of it; `sum` is what its lanes add up to, where that is known.
  func outcome(at path: String, _ sum: EstateSum? = nil) -> CommandOutcome {
    let sum = sum ?? self.sum()
    var json = totals(sum)
    json["output"] = .string(path)
    json["first_observation"] = .string(window.start.iso8601)
    json["last_observation"] = .string(window.end.iso8601)
    let families = families.ranked.prefix(3).map {
      "\($0.family.title) \(Share($0.count, of: observations).percent)"
    }
    return CommandOutcome(
      summary: [
        path + "/" + Self.documentName,
        "\(observations.of("observation")) in \(accounts.count.of("account")), "
          + "\(window.start.date) to \(window.end.date) (\(window.days.of("day")))",
        "\(lanes.count.of("lane")), \(sum.established) established; "
          + "\(laterObservations.of("observation")) left for the review",
        families.joined(separator: "; "),
      ],
      json: json, caveats: caveats)
  }

  /// Gives accounts the names that the inventory has for them.
  package mutating func name(accountsAfter inventory: Inventory) {
    for index in accounts.indices { accounts[index].name = inventory.name(of: accounts[index].id) }
  }
}
