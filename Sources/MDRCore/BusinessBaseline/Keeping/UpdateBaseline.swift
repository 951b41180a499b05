import Foundation

/// `business-baseline update`: adds newer observations, lets old days go, and leaves the lanes that a full
/// rebuild over the same days would give.
package struct UpdateBaseline: Sendable {
  static let windowDays = Option<Int>.number(
    "--window-days", in: 0...3_660, default: 0,
    help: "days that stay; 0 means what the baseline says, or 90 where it says nothing")

  /// The command, for the executable.
  package static let command = Command(
    "update", "adds newer days to a baseline, once each event, and lets days older than its window go",
    options: [
      ShowBaseline.baseline.declaration, ObservationInputOptions.observations.declaration,
      ObservationInputOptions.logs.declaration, BuildBaseline.until.declaration, windowDays.declaration,
    ] + BaselineContext.options + [Arguments.jobs.declaration]
  ) { arguments, console in try UpdateBaseline(arguments).run(console) }

  /// Where neither the command nor the baseline says how far back it goes.
  static let defaultDays = 90

  let path: String
  let inputs: [ObservationInput]
  let cutOff: Timestamp?
  let windowDays: Int
  let state: BaselineState
  let context: BaselineContext
  let jobs: Int

  init(_ arguments: Arguments) throws(CommandError) {
    path = try arguments.required(ShowBaseline.baseline)
    inputs = try ObservationInputOptions.inputs(from: arguments)
    cutOff = try arguments(BuildBaseline.until)
    jobs = try arguments(Arguments.jobs)
    BaselineFolder.recover(URL(fileURLWithPath: path).standardizedFileURL.path)
    let oldCutOff = try Baseline.cutOff(of: path)
    state = try BaselineState.required(of: path)
    context = try BaselineContext(arguments, baseline: path)
    try state.requireInventory(context)
    let asked = try arguments(Self.windowDays)
    windowDays = asked > 0 ? asked : state.windowDays ?? Self.defaultDays
    guard let oldCutOff else { return }
    guard let cutOff else {
      throw .usage(
        "the baseline ends at \(oldCutOff.iso8601), and without --until everything would count",
        mend: "add --until TIME, where the next review begins")
    }
    guard cutOff >= oldCutOff else {
      throw .usage(
        "--until \(cutOff.iso8601) lies before the baseline's end, \(oldCutOff.iso8601)",
        mend: "give a later time, or build another baseline")
    }
  }

  func run(_ console: Console) throws -> CommandOutcome {
    let folder = try BaselineFolder(path)
    do {
      let outcome = try run(folder, console)
      try folder.commit()
      return outcome
    } catch {
      folder.discard()
      throw error
    }
  }

  private func run(_ folder: BaselineFolder, _ console: Console) throws -> CommandOutcome {
    var addition = StateAddition(state, of: path, into: try folder.state(), folder: folder)
    var intake = BaselineIntake(context, until: cutOff)
    let firstDay = cutOff.map { $0.adding(-1).day - windowDays + 1 }
    var tooOld = 0
    let accounting = try ObservationReader(inputs: inputs, jobs: jobs, keepsEvidence: false).read(
      progress: { console.progress("\($0.observations) observations") },
      { observation in
        guard observation.eventTime.seconds > 0 else { return }
        if let cutOff, observation.eventTime >= cutOff {
          intake.add(observation)
        } else if let firstDay, observation.eventTime.day < firstDay {
          tooOld += 1
        } else {
          try addition.add(observation)
        }
      })
    let (days, gone) = try addition.finish(lastDay: cutOff?.adding(-1).day, windowDays: windowDays)
    for (index, file) in days.enumerated() {
      console.progress("day \(index + 1) of \(days.count)")
      try file.forEach(in: folder.state().path) { observation, _ in intake.add(observation) }
    }
    console.endProgress()
    let caveats = state.caveats + accounting.caveats.filter { !state.caveats.contains($0) }
    guard let baseline = intake.baseline(caveats: caveats) else {
      throw CommandError(
        .noUsableInput, "no observation lies in the window", mend: "give newer logs or an earlier --until")
    }
    let next = BaselineState(
      days: days, windowDays: windowDays, inventory: context.inventoryDigest, caveats: caveats)
    try next.write(to: folder.state())
    try context.write(baseline, to: folder.folder)
    var outcome = baseline.outcome(at: path)
    outcome.summary.append(
      "\(addition.added.of("new observation")), \(addition.known) known before; "
        + "\(gone.of("day")) and \(tooOld.of("observation")) older than \(windowDays.of("day"))")
    outcome.json["added"] = .number(addition.added)
    outcome.json["known"] = .number(addition.known + accounting.duplicates)
    outcome.json["days_aged_out"] = .number(gone)
    outcome.json["observations_before_window"] = .number(tooOld)
    outcome.json["window_days"] = .number(windowDays)
    return outcome
  }
}

/// Newer observations on their way into a state: each event once, whichever export it comes from.
private struct StateAddition {
  let state: BaselineState
  let oldFolder: String
  let folder: ArtifactFolder
  let staging: BaselineFolder
  private var recorder: StateRecorder
  /// Digests of the events of the days that were touched.
  private var seen: [Int: Set<EventDigest>] = [:]
  private(set) var added = 0
  private(set) var known = 0
  private var copied: Set<Int> = []

  init(
    _ state: BaselineState, of baseline: String, into folder: ArtifactFolder, folder staging: BaselineFolder
  ) {
    self.state = state
    oldFolder = baseline + "/" + BaselineState.folderName
    self.folder = folder
    self.staging = staging
    recorder = StateRecorder(folder)
  }

  mutating func add(_ observation: Observation) throws {
    let day = observation.eventTime.day
    let digest = EventDigest(observation.eventID)
    if seen[day] == nil { seen[day] = try digests(of: day) }
    guard seen[day]?.insert(digest).inserted == true else {
      known += 1
      return
    }
    if !copied.contains(day) {
      copied.insert(day)
      if state.days.contains(where: { $0.day == day }) {
        try staging.copy(BaselineState.folderName + "/" + DayFile.name(day))
      }
    }
    added += 1
    try recorder.add(observation, digest: digest)
  }

  private func digests(of day: Int) throws -> Set<EventDigest> {
    guard let file = state.days.first(where: { $0.day == day }) else { return [] }
    var digests = Set<EventDigest>(minimumCapacity: file.observations)
    try file.forEach(in: oldFolder) { digests.insert($1) }
    return digests
  }

  /// Takes over the days that did not change and drops those before the window; gives the days that stay and
  /// how many went.
  mutating func finish(lastDay: Int?, windowDays: Int) throws(CommandError) -> (days: [DayFile], gone: Int) {
    let all = try recorder.finish(known: state.days)
    guard let last = lastDay ?? all.last?.day else { return ([], 0) }
    let first = last - windowDays + 1
    let stays = all.filter { $0.day >= first && $0.day <= last }
    if let newest = state.days.last, newest.day < first {
      throw CommandError(
        .noUsableInput,
        "every day of the baseline is older than \(windowDays) days before "
          + Timestamp.startOfDay(last).date,
        mend: "check the newest event's time, give --until, or build the baseline again")
    }
    for file in stays where !copied.contains(file.day) {
      try staging.keep(BaselineState.folderName + "/" + DayFile.name(file.day))
    }
    for file in all where !stays.contains(file) && copied.contains(file.day) {
      try? FileManager.default.removeItem(atPath: folder.path + "/" + DayFile.name(file.day))
    }
    return (stays, all.count - stays.count)
  }
}

extension Baseline {
  /// Where a baseline ends, read from its head alone.
  static func cutOff(of folder: String) throws(CommandError) -> Timestamp? {
    let path = folder + "/" + headerName
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandError(
        .noSuchInput, "\(path) can't be read", mend: "name the folder that business-baseline build wrote")
    }
    guard let head = try? JSONValue(parsing: Array(data)), head["schema_version"]?.int == schemaVersion else {
      throw CommandError(
        .noUsableInput, "\(path) is no baseline of schema \(schemaVersion)",
        mend: "build the baseline again with business-baseline build")
    }
    return head["window"]?["cut_off"]?.time
  }
}

extension BaselineState {
  /// Reads the state of a baseline that has to have one.
  static func required(of baseline: String) throws(CommandError) -> BaselineState {
    guard let state = try load(baseline) else {
      throw CommandError(
        .noUsableInput, "\(baseline) keeps no facts of its days",
        mend: "build it again with --keep-state, from its logs or observations")
    }
    return state
  }

  /// Names in the lanes come from the inventory: without it, the same lanes would get other names.
  func requireInventory(_ context: BaselineContext) throws(CommandError) {
    guard inventory != nil, context.inventoryDigest == nil else { return }
    throw .usage(
      "the baseline was built with an inventory, and its sources are named after it",
      mend: "add --inventory DIR, the same or a newer one")
  }
}
