/// The observations that detections are judged on, with what the customer's inventory says of them.
struct JudgedInput {
  /// `nil` where none was named.
  let inventory: Inventory?
  let lists: EvaluationLists
  private let reader: ObservationReader

  /// Takes the inputs that the arguments name; `artifacts` are what the command itself leaves in its output folder.
  init(
    _ arguments: Arguments, inventory: Option<String?>, outputPath: String, artifacts: [String],
    others: [String?] = []
  ) throws(CommandError) {
    let folder = try arguments(inventory)
    self.inventory = try folder.map { path throws(CommandError) in try Inventory.load(from: path) }
    lists = self.inventory.map(EvaluationLists.init) ?? EvaluationLists()
    reader = ObservationReader(
      inputs: try ObservationInputOptions.inputs(from: arguments), jobs: try arguments(Arguments.jobs),
      archetypes: try ObservationInputOptions.archetypes(from: arguments),
      besides: OwnFolders(outputPath, artifacts: artifacts, others: others + [folder]))
  }

  /// Calls back, in the order of the files' names, with what `judge` made of each observation on some thread.
  func read<Verdict: Sendable>(
    _ console: Console, judging judge: @escaping @Sendable (Observation) -> Verdict,
    _ consume: (Verdict) throws -> Void
  ) throws -> InputAccounting {
    let inventory = inventory
    let accounting = try reader.read(judging: { judge(inventory?.resolved($0) ?? $0) }) {
      console.progress("\($0.records) records read")
    } _: {
      try consume($0)
    }
    console.endProgress()
    return accounting
  }
}
