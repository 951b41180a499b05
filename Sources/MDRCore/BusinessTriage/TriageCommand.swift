/// `business-triage`: newer observations against the baseline.
package enum TriageCommand {
  private static let baseline = Option<String?>.optional(
    "--baseline", "DIR", help: "a folder written by business-baseline; without it triage runs cold")
  private static let since = Option<Timestamp?>.time(
    "--since", help: "where the review window begins; the baseline's cut-off unless given")
  private static let inventory = Option<String?>.optional(
    "--inventory", "DIR", help: "AWS CLI output and the customer's own lists")
  private static let detections = Option<String?>.optional(
    "--detections", "DIR", help: "detection files to use instead of the built-in ones")
  private static let output = Option<String?>.optional("--output", "DIR", help: "where the artifacts go")

  private static let also = Option<[String]>.list(
    "--also", "FORMAT",
    help:
      "write the findings in another form too: \(FindingFormat.allCases.map(\.rawValue).joined(separator: ", "))"
  )
  private static let failOn = Option<String?>.optional(
    "--fail-on", "WORD",
    help: "end with code 3 where a finding is of this severity or more, or in this position")

  /// The tool.
  package static let tool = Tool(
    "business-triage", "explain in business terms what happened, why it differs, and what evidence closes it",
    commands: [
      Command(
        "run", "judges observations; writes findings.jsonl, findings.json and findings.md",
        options: ObservationInputOptions.declarations + [
          baseline.declaration, since.declaration, inventory.declaration, detections.declaration,
          output.declaration, also.declaration, failOn.declaration,
        ], run: run),
      EventsCommand.command, ExplainCommand.command, CloseCommand.command, StatusCommand.command,
    ])

  private static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let inputs = try ObservationInputOptions.inputs(from: arguments)
    let folderPath = try arguments.required(output)
    let formats = try formats(arguments)
    let condition = try failCondition(arguments)
    try ArtifactFolder.requireWritable(folderPath)
    let own = try ownFolders(folderPath, others: [arguments(Self.baseline), arguments(Self.inventory)])
    let baseline = try arguments(baseline).map { folder throws(CommandError) in try Baseline.load(folder) }
    let inventory = try arguments(inventory).map { folder throws(CommandError) in
      try Inventory.load(from: folder)
    }
    let review = ReviewWindow(since: try arguments(since), baseline: baseline, inventory: inventory)
    let window = review.start
    let index = baseline.map { BaselineIndex($0) }
    let detector = try Detector(directory: arguments(detections), inventory: inventory, baseline: baseline)
    var triage = Triage(index: index, since: window, inventory: inventory, detector: detector)
    var orders = baseline.map { SequenceCheck($0, since: window) }
    let reader = ObservationReader(
      inputs: inputs, jobs: try arguments(Arguments.jobs),
      archetypes: try ObservationInputOptions.archetypes(from: arguments), besides: own)
    let accounting = try examine(reader, &triage, &orders, console)
    guard accounting.observations > 0 else {
      throw CommandError(
        .noUsableInput, "no observation to judge",
        mend: accounting.caveats.first.map { "look at: \($0)" }
          ?? "name logs, or a folder written by normalize-observations")
    }
    var result = try triage.finish(
      caveats: accounting.gapCaveats, gaps: accounting.gaps)
    if let orders { result.findings = orders.completed(result.findings) }
    // A baseline of the same logs has the same gaps: each is told once.
    var caveats: [String] = []
    for gap in review.caveats + accounting.caveats + (baseline?.caveats ?? []) + (inventory?.caveats ?? [])
    where !caveats.contains(gap) { caveats.append(gap) }
    if baseline == nil { caveats.append("no baseline: only critical outcomes and detections are listed") }
    if result.observations.isEmpty, let window {
      caveats.append("no observation lies at or after \(window.iso8601): give --since, or newer logs")
    }
    var outcome = try write(
      result, to: folderPath, window: window, hasBaseline: baseline != nil, caveats: caveats,
      input: accounting, formats: formats)
    let met = result.findings.count { condition?.isMet(by: $0) == true }
    if met > 0 {
      outcome.failure = .reachesLimit
      outcome.summary.append("\(met.of("finding")) at or above --fail-on")
    }
    return outcome
  }

  /// Judges all that a reader reads, and once more what events are together with others.
  private static func examine(
    _ reader: ObservationReader, _ triage: inout Triage, _ orders: inout SequenceCheck?, _ console: Console
  ) throws -> InputAccounting {
    let examiner = triage.examiner
    let accounting = try reader.read(judgingOnThreads: { examiner.examination() }) {
      console.progress("\($0.records) records read")
    } _: { examined in
      triage.add(examined)
      if let change = examined.change { orders?.add(change) }
    }
    if let examination = triage.unite() {
      _ = try reader.read(judgingOnThreads: examination) {
        console.progress("\($0.records) records read again, for what they are together")
      } _: { event in
        if let event { triage.add(event) }
      }
    }
    console.endProgress()
    return accounting
  }

  /// The folders of a triage, by that of its artifacts, which are no logs.
  static func ownFolders(_ output: String, others: [String?]) -> OwnFolders {
    OwnFolders(
      output,
      artifacts: ["findings.jsonl", "findings.json", "findings.md"] + FindingFormat.allCases.map(\.fileName),
      others: others)
  }

  private static func formats(_ arguments: Arguments) throws(CommandError) -> [FindingFormat] {
    var formats: [FindingFormat] = []
    for word in try arguments(also) {
      guard let format = FindingFormat(rawValue: word) else {
        throw .usage(
          "--also \(word) is no format",
          mend: "use one of \(FindingFormat.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      if !formats.contains(format) { formats.append(format) }
    }
    return formats
  }

  private static func failCondition(_ arguments: Arguments) throws(CommandError) -> FailCondition? {
    guard let word = try arguments(failOn) else { return nil }
    guard let condition = FailCondition(word) else {
      throw .usage(
        "--fail-on \(word) is no severity and no position",
        mend: "use one of \(FailCondition.words.joined(separator: ", "))")
    }
    return condition
  }

  private static func write(
    _ result: Triage.Result, to path: String, window: Timestamp?, hasBaseline: Bool, caveats: [String],
    input: InputAccounting, formats: [FindingFormat]
  ) throws -> CommandOutcome {
    let folder = try ArtifactSet(path, of: "findings")
    try folder.write("findings.jsonl", result.findings.map { $0.json.compactText + "\n" }.joined())
    let summary: JSONValue = [
      "schema": "mdr-rainer/findings/1", "findings": .number(result.findings.count),
      "findings_by_position": counts(Position.allCases) { position in
        result.findings.count { $0.position == position }
      },
      "findings_by_severity": counts(Severity.allCases) { severity in
        result.findings.count { $0.severity == severity }
      },
      "observations_by_position": counts(Position.allCases) { result.observations[$0] ?? 0 },
      "observations_by_normality": counts(Normality.allCases) { result.normality[$0] ?? 0 },
      "observations_judged": .number(result.observations.values.reduce(0, +)),
      "observations_before_window": .number(result.earlier), "review_since": JSONValue(window?.iso8601),
      "baseline": .bool(hasBaseline), "caveats": JSONValue(caveats), "input": input.json,
    ]
    try folder.write("findings.json", summary.prettyText)
    let document = FindingsDocument(result: result, hasBaseline: hasBaseline, caveats: caveats).document
    try folder.write("findings.md", document.rendered)
    for format in formats { try folder.write(format.fileName, format.text(of: result.findings)) }
    try folder.commit()
    let positions = Position.allCases.map { position in
      "\(result.findings.count { $0.position == position }) \(position.title)"
    }
    let total = "\(result.findings.count) finding\(result.findings.count == 1 ? "" : "s"): "
    return CommandOutcome(
      summary: [
        folder.path + "/findings.md", folder.path + "/findings.jsonl",
      ] + formats.map { folder.path + "/" + $0.fileName } + [
        total + positions.joined(separator: ", ")
      ] + input.leftOutNotes, json: summary, caveats: caveats)
  }

  private static func counts<Key: RawRepresentable<String>>(_ keys: [Key], _ count: (Key) -> Int) -> JSONValue
  {
    .object(
      Dictionary(keys.map { ($0.rawValue, .number(count($0))) }, uniquingKeysWith: { first, _ in first }))
  }
}
