/// `business-baseline build`: observations up to a cut-off become lanes and operating models.
package struct BuildBaseline: Sendable {
  static let until = Option<Timestamp?>.time(
    "--until", help: "where the baseline ends and the review begins; without it everything counts")
  static let inventory = Option<String?>.optional(
    "--inventory", "DIR", help: "AWS CLI output and the customer's own file: accounts, addresses, networks")
  static let approvals = Option<String?>.optional(
    "--approvals", "FILE", help: "signed tuples, one JSON object on each line")
  static let output = Option<String?>.optional("--output", "DIR", help: "folder to write; made if missing")

  /// The command, for the executable.
  package static let command = Command(
    "build", "makes lanes and account operating models of what happened before --until",
    options: [
      ObservationInputOptions.observations.declaration, ObservationInputOptions.logs.declaration,
      until.declaration, inventory.declaration, approvals.declaration, output.declaration,
      Arguments.jobs.declaration,
    ]
  ) { arguments, console in try BuildBaseline(arguments).run(console) }

  let inputs: [ObservationInput]
  let cutOff: Timestamp?
  let inventoryPath: String?
  let approvalsPath: String?
  let output: String
  let jobs: Int

  init(_ arguments: Arguments) throws(CommandError) {
    inputs = try ObservationInputOptions.inputs(from: arguments)
    cutOff = try arguments(Self.until)
    inventoryPath = try arguments(Self.inventory)
    approvalsPath = try arguments(Self.approvals)
    output = try arguments.required(Self.output)
    jobs = try arguments(Arguments.jobs)
  }

  func run(_ console: Console) throws -> CommandOutcome {
    try ArtifactFolder.requireWritable(output)
    var inventory = Inventory()
    if let inventoryPath { inventory = try Inventory.load(from: inventoryPath) }
    var approvals: [RecordedApproval] = []
    if let approvalsPath { approvals = try ApprovalFile.load(approvalsPath) }
    let (builder, accounting) = try read(inventory, console)
    console.endProgress()
    let caveats = accounting.caveats + inventory.caveats
    guard var baseline = builder.baseline(approvals: approvals, caveats: caveats) else {
      throw nothingToBuild(accounting, later: builder.laterObservations)
    }
    baseline.name(accountsAfter: inventory)
    let folder = try ArtifactFolder(output)
    try baseline.write(to: folder, operatingModel: OperatingModel(baseline, inventory: inventory).document)
    return outcome(baseline, accounting: accounting)
  }

  /// Reads the inputs: logs by themselves straight into lanes, anything else as observations.
  private func read(
    _ inventory: Inventory, _ console: Console
  ) throws -> (BaselineBuilder, InputAccounting) {
    let logs = inputs.compactMap { if case .logs(let path) = $0 { path } else { nil } }
    if logs.count == inputs.count {
      return try LogLaneReader(
        paths: logs, jobs: Arguments.threads(jobs), cutOff: cutOff, inventory: inventory
      ).read { console.progress("\($0) records") }
    }
    var builder = BaselineBuilder(until: cutOff, crownJewels: inventory.crownJewels)
    let accounting = try ObservationReader(inputs: inputs, jobs: jobs, keepsEvidence: false).read(
      progress: { console.progress("\($0.observations) observations") },
      { builder.add(inventory.resolved($0)) })
    return (builder, accounting)
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

  private func outcome(_ baseline: Baseline, accounting: InputAccounting) -> CommandOutcome {
    let established = baseline.lanes.count { $0.standing == .established }
    let window = baseline.window
    var json = baseline.header["totals"] ?? [:]
    json["output"] = .string(output)
    json["first_observation"] = .string(window.start.iso8601)
    json["last_observation"] = .string(window.end.iso8601)
    json["records"] = .number(accounting.records)
    json["duplicates"] = .number(accounting.duplicates)
    json["rejects"] = .number(accounting.rejects)
    let families = baseline.families.ranked.prefix(3).map {
      "\($0.family.title) \(Share($0.count, of: baseline.observations).percent)"
    }
    return CommandOutcome(
      summary: [
        output + "/" + Baseline.documentName,
        "\(baseline.observations.of("observation")) in \(baseline.accounts.count.of("account")), "
          + "\(window.start.date) to \(window.end.date) (\(window.days.of("day")))",
        "\(baseline.lanes.count.of("lane")), \(established) established; "
          + "\(baseline.laterObservations.of("observation")) left for the review",
        families.joined(separator: "; "),
      ],
      json: json, caveats: baseline.caveats)
  }
}

extension Baseline {
  /// Gives accounts the names that the inventory has for them.
  package mutating func name(accountsAfter inventory: Inventory) {
    for index in accounts.indices { accounts[index].name = inventory.name(of: accounts[index].id) }
  }
}

extension Int {
  /// The number with its noun, such as "1 lane" or "3 lanes".
  func of(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
