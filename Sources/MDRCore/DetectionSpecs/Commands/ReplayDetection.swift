/// `detection-specs replay`: what one detection would have made of logs, before anyone turns it on.
enum ReplayDetection {
  static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let detection = try DetectionCommands.one(arguments, command: "replay")
    let outputPath = try arguments.required(EvaluateDetections.output)
    try ArtifactFolder.requireWritable(outputPath)
    let input = try JudgedInput(
      arguments, inventory: EvaluateDetections.inventory, outputPath: outputPath,
      artifacts: ["replay.json", "replay.md"])
    var (tally, days) = (ReplayTally(), Set<Int>())
    var correlator = Correlator([detection], lists: input.lists)
    let test = ObservationTest(
      detections: Detections([detection], judgingDrafts: true), together: correlator.test, lists: input.lists)
    let accounting = try input.read(console, judging: { Verdict(test, $0) }) { verdict in
      if let day = verdict.day { days.insert(day) }
      guard let observation = verdict.observation else { return }
      correlator.keep(verdict.found.together, observation)
      for match in verdict.found.matches { tally.add(match, observation) }
    }
    for match in correlator.matches() where match.isComplete {
      if let last = match.parts.last?.event { tally.add(last) }
    }
    guard accounting.observations > 0 else {
      throw CommandError(.noUsableInput, "no observation to replay", mend: "name a folder that holds some")
    }
    let report = ReplayReport(
      detection: detection, tally: tally, days: max(days.count, 1), accounting: accounting)
    let folder = try ArtifactSet(outputPath, of: "replay")
    try folder.write("replay.json", report.json.prettyText)
    try folder.write("replay.md", report.document.rendered)
    try folder.commit()
    return CommandOutcome(
      summary: [folder.path + "/replay.md", report.headline] + accounting.leftOutNotes, json: report.json,
      caveats: accounting.caveats + (input.inventory?.caveats ?? []))
  }
}

extension ReplayTally {
  /// Counts an observation that matched by itself.
  fileprivate mutating func add(_ match: DetectionMatch, _ observation: Observation) {
    add(
      lane: observation.laneKey, archetype: observation.identity.archetype,
      principal: observation.identity.person ?? observation.actor, time: observation.eventTime,
      eventID: observation.eventID, isAttempt: match.isAttempt)
  }

  /// Counts a match of several events by the last of them.
  fileprivate mutating func add(_ last: CorrelatedEvent) {
    add(
      lane: LaneKey(
        account: last.accountID, actor: last.actor, event: last.eventSource + ":" + last.eventName,
        source: last.source, region: last.region), archetype: .unknown, principal: last.actor,
      time: last.time, eventID: last.eventID, isAttempt: last.outcome != .success)
  }
}

/// What the detection makes of one observation, with the observation itself where it matched or counts.
private struct Verdict: Sendable {
  /// `nil` for what has no time.
  var day: Int?
  var observation: Observation?
  var found: ObservationTest.Found

  init(_ test: ObservationTest, _ observation: Observation) {
    day = observation.eventTime.known?.day
    found = test.judge(observation)
    self.observation = found.isEmpty ? nil : observation
  }
}
