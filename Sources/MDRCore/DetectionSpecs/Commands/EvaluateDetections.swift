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
    let index = try arguments(baseline).map { folder throws(CommandError) in
      BaselineIndex(try Baseline.load(folder))
    }
    let outputPath = try arguments.required(output)
    try ArtifactFolder.requireWritable(outputPath)
    let input = try JudgedInput(
      arguments, inventory: inventory, outputPath: outputPath,
      artifacts: ["matches.jsonl", "matches.json", "detection-matches.md"], others: [try arguments(baseline)])
    var report = EvaluationReport(detections: detections, baseline: index?.baseline.window)
    var lines: [MatchLine] = []
    var correlator = detections.correlator(input.lists)
    let test = ObservationTest(
      detections: detections, together: correlator.test, lists: input.lists, baseline: index)
    let accounting = try input.read(console, judging: { Verdict(test, $0) }) { verdict in
      guard let verdict else { return }
      correlator.keep(verdict.found.together, verdict.observation)
      for (match, line) in zip(verdict.found.matches, verdict.lines) {
        report.count(match, verdict.observation)
        lines.append(line)
      }
    }
    guard accounting.observations > 0 else {
      throw CommandError(.noUsableInput, "no observation to evaluate", mend: "name a folder that holds some")
    }
    for match in correlator.matches() {
      report.count(match)
      guard let event = match.parts.last?.event else { continue }
      lines.append(MatchLine(match, at: event))
    }
    let caveats = accounting.caveats + (input.inventory?.caveats ?? []) + report.caveats
    let summary = report.json(accounting: accounting, caveats: caveats)
    let folder = try ArtifactSet(outputPath, of: "matches")
    try write(lines.sorted(), to: folder)
    try folder.write("matches.json", summary.prettyText)
    try folder.write(
      "detection-matches.md", report.document(accounting: accounting, caveats: caveats).rendered)
    try folder.commit()
    return CommandOutcome(
      summary: [
        folder.path + "/matches.jsonl", folder.path + "/detection-matches.md",
        "\(accounting.observations.of("observation")), \(lines.count.of("match", "matches")) of \(report.matchedDetections) "
          + "among \(detections.detections.count.of("detection"))",
      ] + accounting.leftOutNotes, json: summary, caveats: caveats)
  }

  private static func write(_ lines: [MatchLine], to folder: ArtifactSet) throws(CommandError) {
    let stream = try folder.stream("matches.jsonl")
    var output = JSONOutput()
    for line in lines {
      output.append(raw: line.text)
      output.append(raw: "\n")
      guard output.count > 1 << 20 else { continue }
      try stream.append(output.bytes)
      output.removeAll()
    }
    try stream.append(output.bytes)
    try stream.commit()
  }
}

/// An observation that some detection matches, or counts towards a match of several events.
private struct Verdict: Sendable {
  var observation: Observation
  var found: ObservationTest.Found
  var lines: [MatchLine]

  init?(_ test: ObservationTest, _ observation: Observation) {
    found = test.judge(observation)
    guard !found.isEmpty else { return nil }
    self.observation = observation
    lines = found.matches.map { MatchLine($0, observation) }
  }
}

/// One line of `matches.jsonl`, in the order that the file has.
private struct MatchLine: Comparable, Sendable {
  var time: Timestamp
  var event: String
  var detection: String
  var text: [UInt8]

  static func < (one: MatchLine, other: MatchLine) -> Bool {
    let mine = (one.time.inOrder, one.event, one.detection)
    let theirs = (other.time.inOrder, other.event, other.detection)
    return mine == theirs ? one.text.lexicographicallyPrecedes(other.text) : mine < theirs
  }
}

extension MatchLine {
  init(_ match: CorrelationMatch, at last: CorrelatedEvent) {
    self.init(
      time: last.time, event: last.eventID, detection: match.detection.id, text: match.json.compactBytes)
  }

  init(_ match: DetectionMatch, _ observation: Observation) {
    self.init(
      time: observation.eventTime, event: observation.eventID, detection: match.id,
      text: match.line(for: observation).compactBytes)
  }
}

extension DetectionMatch {
  /// One line of `matches.jsonl`.
  func line(for observation: Observation) -> JSONValue {
    [
      "detection": .string(id), "title": .string(title), "severity": .string(severity.rawValue),
      "attempt": .bool(isAttempt), "event_id": .string(observation.eventID),
      "event_time": observation.eventTime.json, "account_id": .string(observation.accountID),
      "region": .string(observation.region), "event_source": .string(observation.eventSource),
      "event_name": .string(observation.eventName), "outcome": .string(observation.outcome.rawValue),
      "actor": .string(observation.actor), "source": .string(observation.source),
      "reasons": JSONValue(judgement.reasons), "notes": JSONValue(notes), "tree": judgement.json,
      "attack": .array(
        attack.map { ["id": .string($0.id), "name": .string($0.name), "confidence": .string($0.confidence)] }),
    ]
  }
}
