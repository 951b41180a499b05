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
      ObservationInputOptions.logs.declaration, ObservationInputOptions.archetypes.declaration,
      BuildBaseline.until.declaration, windowDays.declaration,
    ] + BaselineContext.options + [Arguments.jobs.declaration]
  ) { arguments, console in try UpdateBaseline(arguments).run(console) }

  /// Where neither the command nor the baseline says how far back it goes.
  static let defaultDays = 90

  let refresh: BaselineRefresh

  init(_ arguments: Arguments) throws(CommandError) {
    let path = try arguments.required(ShowBaseline.baseline)
    let cutOff = try arguments(BuildBaseline.until)
    BaselineFolder.recover(URL(fileURLWithPath: path).standardizedFileURL.path)
    let oldCutOff = try Baseline.cutOff(of: path)
    let state = try BaselineState.required(of: path)
    let asked = try arguments(Self.windowDays)
    let inputs = try ObservationInputOptions.optionalInputs(from: arguments)
    refresh = BaselineRefresh(
      path: path, inputs: inputs,
      cutOff: cutOff ?? (inputs.isEmpty ? oldCutOff : nil),
      windowDays: asked > 0 ? asked : state.windowDays ?? Self.defaultDays, state: state,
      context: try BaselineContext(arguments, baseline: path), jobs: try arguments(Arguments.jobs),
      archetypes: try ObservationInputOptions.archetypes(from: arguments))
    try state.requireInventory(refresh.context)
    guard let oldCutOff else { return }
    guard let cutOff = refresh.cutOff else {
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
    let result = try refresh.run(console)
    var outcome = result.baseline.outcome(at: refresh.path)
    let days = refresh.windowDays ?? 0
    outcome.summary.append(
      "\(result.added.of("new observation")), \(result.known) known before; "
        + "\(result.daysGone.of("day")) and \(result.tooOld.of("observation")) older than \(days.of("day"))")
    outcome.name(leftOut: result.accounting)
    outcome.json["added"] = .number(result.added)
    outcome.json["known"] = .number(result.known)
    outcome.json["days_aged_out"] = .number(result.daysGone)
    outcome.json["observations_before_window"] = .number(result.tooOld)
    outcome.json["window_days"] = .number(days)
    return outcome
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
