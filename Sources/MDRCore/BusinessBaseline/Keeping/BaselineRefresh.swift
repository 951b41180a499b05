/// Makes a baseline anew from the facts of its days and what is read on top, and puts it in the old one's place.
struct BaselineRefresh: Sendable {
  let path: String
  let inputs: [ObservationInput]
  let cutOff: Timestamp?
  /// The days that stay; `nil` for all.
  let windowDays: Int?
  let state: BaselineState
  let context: BaselineContext
  let jobs: Int
  var archetypes = ArchetypeRules()

  /// What came of it.
  struct Result {
    var baseline: Baseline
    var added = 0
    /// Observations that the state or an earlier file had already.
    var known = 0
    var daysGone = 0
    var tooOld = 0
    /// What was read.
    var accounting = InputAccounting()
  }

  func run(_ console: Console) throws -> Result {
    let folder = try BaselineFolder(path)
    do {
      let result = try run(folder, console)
      try folder.commit()
      return result
    } catch {
      folder.discard()
      throw error
    }
  }

  private func run(_ folder: BaselineFolder, _ console: Console) throws -> Result {
    var addition = StateAddition(state, of: path, into: try folder.state(), folder: folder)
    var intake = BaselineIntake(context, until: cutOff)
    let (accounting, tooOld) = try read(into: &addition, later: &intake, console)
    let (days, gone) = try addition.finish(lastDay: cutOff?.adding(-1).day, windowDays: windowDays)
    for (index, file) in days.enumerated() {
      console.progress("day \(index + 1) of \(days.count)")
      try file.forEach(in: folder.state().path) { observation, _ in intake.add(observation) }
    }
    console.endProgress()
    let caveats = state.caveats + accounting.caveats.filter { !state.caveats.contains($0) }
    guard let baseline = intake.baseline(caveats: caveats) else {
      throw CommandError(
        .noUsableInput, "no observation is left to make a baseline of",
        mend: "give newer logs, an earlier --until or fewer retractions")
    }
    let next = BaselineState(
      days: days, windowDays: windowDays, inventory: context.inventoryDigest, caveats: caveats)
    try next.write(to: folder.state())
    try context.write(baseline, to: folder.folder)
    return Result(
      baseline: baseline, added: addition.added, known: addition.known + accounting.duplicates,
      daysGone: gone, tooOld: tooOld, accounting: accounting)
  }

  /// Reads the inputs into the state; what lies behind the cut-off is only counted.
  private func read(
    into addition: inout StateAddition, later intake: inout BaselineIntake, _ console: Console
  ) throws -> (InputAccounting, tooOld: Int) {
    guard !inputs.isEmpty else { return (InputAccounting(), 0) }
    let firstDay = cutOff.flatMap { end in windowDays.map { end.adding(-1).day - $0 + 1 } }
    var tooOld = 0
    let accounting = try ObservationReader(
      inputs: inputs, jobs: jobs, keepsEvidence: false, archetypes: archetypes,
      besides: OwnFolders(path, artifacts: [], others: [context.inventoryFolder])
    ).read(
      progress: { console.progress("\($0.observations) observations") },
      { observation in
        guard observation.eventTime.isKnown else { return }
        if let cutOff, observation.eventTime >= cutOff {
          intake.add(observation)
        } else if let firstDay, observation.eventTime.day < firstDay {
          tooOld += 1
        } else {
          try addition.add(observation)
        }
      })
    return (accounting, tooOld)
  }
}

extension ObservationInputOptions {
  /// The inputs a command line names, which may be none.
  static func optionalInputs(from arguments: Arguments) throws(CommandError) -> [ObservationInput] {
    let named = try arguments(logs) + arguments(observations)
    return named.isEmpty ? [] : try inputs(from: arguments)
  }
}
