/// `detection-specs evaluate`: which observations match which detection, with a baseline or without.
enum EvaluateDetections {
  static let baseline = Option<String?>.optional(
    "--baseline", "DIR",
    help: "a folder written by business-baseline; without it what it would say is unknown")
  static let inventory = Option<String?>.optional(
    "--inventory", "DIR", help: "the organisation's accounts, partners and approved roles")
  static let output = Option<String?>.optional("--output", "DIR", help: "where the artifacts go")

  static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let detections = try Detections.load(directory: arguments(DetectionCommands.detections))
    let known = try arguments(inventory).map { path throws(CommandError) in try Inventory.load(from: path) }
    let lists = known.map(EvaluationLists.init) ?? EvaluationLists()
    let index = try arguments(baseline).map { folder throws(CommandError) in
      BaselineIndex(try Baseline.load(folder))
    }
    let inputs = try ObservationInputOptions.inputs(from: arguments)
    let outputPath = try arguments.required(output)
    try ArtifactFolder.requireWritable(outputPath)
    let reader = ObservationReader(inputs: inputs, jobs: try arguments(Arguments.jobs))
    var report = EvaluationReport(detections: detections)
    var lines: [(time: Timestamp, event: String, detection: String, text: String)] = []
    var correlator = detections.correlator
    let accounting = try reader.read { read in
      let observation = known?.resolved(read) ?? read
      let context = EvaluationContext(
        EventFacts(observation), lists: lists,
        baseline: index.map { BaselineFacts($0.compare(observation)) })
      correlator.add(observation, context)
      for match in detections.matches(context) {
        report.count(match, observation)
        lines.append(
          (observation.eventTime, observation.eventID, match.id, match.line(for: observation).compactText))
      }
    }
    guard accounting.observations > 0 else {
      throw CommandError(.noUsableInput, "no observation to evaluate", mend: "name a folder that holds some")
    }
    for match in correlator.matches() {
      report.count(match)
      guard let event = match.parts.last?.event else { continue }
      lines.append((event.time, event.eventID, match.detection.id, match.json.compactText))
    }
    lines.sort { ($0.time, $0.event, $0.detection, $0.text) < ($1.time, $1.event, $1.detection, $1.text) }
    let caveats = accounting.caveats + (known?.caveats ?? []) + report.caveats
    let folder = try ArtifactFolder(outputPath)
    try folder.write("matches.jsonl", lines.map { $0.text + "\n" }.joined())
    let summary = report.json(accounting: accounting, caveats: caveats)
    try folder.write("matches.json", summary.prettyText)
    try folder.write(
      "detection-matches.md", report.document(accounting: accounting, caveats: caveats).rendered)
    return CommandOutcome(
      summary: [
        folder.path + "/matches.jsonl", folder.path + "/detection-matches.md",
        "\(accounting.observations) observations, \(lines.count) matches of \(report.matchedDetections) "
          + "among \(detections.detections.count) detections",
      ], json: summary, caveats: caveats)
  }
}

extension DetectionMatch {
  /// One line of `matches.jsonl`.
  func line(for observation: Observation) -> JSONValue {
    [
      "detection": .string(id), "title": .string(title), "severity": .string(severity.rawValue),
      "attempt": .bool(isAttempt), "event_id": .string(observation.eventID),
      "event_time": .string(observation.eventTime.iso8601), "account_id": .string(observation.accountID),
      "region": .string(observation.region), "event_source": .string(observation.eventSource),
      "event_name": .string(observation.eventName), "outcome": .string(observation.outcome.rawValue),
      "actor": .string(observation.actor), "source": .string(observation.source),
      "reasons": JSONValue(judgement.reasons), "notes": JSONValue(notes), "tree": judgement.json,
      "attack": .array(
        attack.map { ["id": .string($0.id), "name": .string($0.name), "confidence": .string($0.confidence)] }),
    ]
  }
}
