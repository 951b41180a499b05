/// `detection-specs derive`: what the baseline teaches, as drafts that people review.
enum DeriveDetections {
  static let baseline = Option<String?>.optional(
    "--baseline", "DIR", help: "a folder written by business-baseline")

  static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let baseline = try Baseline.load(arguments.required(baseline))
    let path = try arguments.required(EvaluateDetections.output)
    let derived = DerivedDrafts(baseline, reviewed: try Detections.load(directory: nil).detections)
    let runner = try ExampleRunner()
    let folder = try ArtifactSet(path, of: "derived")
    var written: [(name: String, draft: DetectionDraft)] = []
    var caveats: [String] = []
    for draft in derived.drafts {
      let name = "\(draft.family)/\(draft.id).md"
      do {
        let sound = try Self.sound(draft, name, runner)
        try folder.write("detections/" + name, sound.text)
        written.append((name, sound))
      } catch let error as DetectionFileError {
        caveats.append("\(draft.title) was left out: \(error.reason)")
      }
    }
    try folder.write("derived.md", document(derived, written, baseline).rendered)
    let summary = json(derived, written)
    try folder.write("derived.json", summary.prettyText)
    try folder.commit()
    return CommandOutcome(
      summary: [
        folder.path + "/derived.md",
        "\(written.count) drafts of detections, \(derived.exceptions.count) of exceptions; none is in force",
      ], json: summary, caveats: caveats)
  }

  /// The draft without examples that its own names can't make true, as when a role's name is generalised.
  private static func sound(_ draft: DetectionDraft, _ file: String, _ runner: ExampleRunner)
    throws(DetectionFileError) -> DetectionDraft
  {
    var sound = draft
    let detection = try DetectionParser.parse(draft.text, file: file)
    let failing = Set(runner.failures(of: detection).map(\.line))
    sound.examples = zip(draft.examples, detection.examples).filter { !failing.contains($1.line) }.map(\.0)
    return sound
  }

  private static func json(_ derived: DerivedDrafts, _ written: [(name: String, draft: DetectionDraft)])
    -> JSONValue
  {
    [
      "schema": "mdr-rainer/derived-detections/1",
      "drafts": .array(
        written.map { ["file": .string("detections/" + $0.name), "title": .string($0.draft.title)] }),
      "exceptions": .array(
        derived.exceptions.map { exception in
          let lane = exception.lane
          return [
            "list": "approved_rotation_roles", "entry": .string(lane.key.actor),
            "account_id": .string(lane.key.account), "source": .string(lane.key.source),
            "cadence": JSONValue(lane.cadence?.period.rawValue), "runs": .number(lane.cadence?.runs ?? 0),
            "observations": .number(lane.count), "days": .number(lane.days.count),
            "targets": JSONValue(exception.targets),
          ]
        }), "passed_over": JSONValue(derived.passedOver),
    ]
  }

  private static func document(
    _ derived: DerivedDrafts, _ written: [(name: String, draft: DetectionDraft)], _ baseline: Baseline
  ) -> Document {
    var document = Document([
      .heading(1, "Proposed detections and exceptions"),
      .paragraph(
        "From \(baseline.lanes.count.of("lane")) of \(baseline.accounts.count.of("account")). These are drafts: nothing is in force until people have reviewed them, moved the files into their detections folder and the entries into their lists. Recurrence is context, not approval."
      ),
      .heading(2, "Detections"),
      .table(
        Table(
          [Column("File"), Column("What it says"), Column("Severity")],
          rows: written.map {
            [.code("detections/" + $0.name), .text($0.draft.title), .text($0.draft.severity.title)]
          })),
    ])
    if !derived.exceptions.isEmpty {
      document += [
        .heading(2, "Exceptions"),
        .paragraph(
          "Entries for the list of approved rotation roles. Each needs an owner, a ticket and an end; the design risk of a role that can mint keys stays."
        ),
        .table(
          Table(
            [
              Column("Actor"), Column("Account"), Column("Source"), Column("Beat"),
              Column("Calls", .trailing),
              Column("Days", .trailing), Column("Targets"),
            ],
            rows: derived.exceptions.map { exception in
              let lane = exception.lane
              let beat = lane.cadence.map {
                "\($0.period.rawValue), \($0.runs) runs, \($0.missed) missed, \($0.offBeat) off beat"
              }
              return [
                .code(lane.key.actor), .code(lane.key.account), .code(lane.key.source),
                .text(beat ?? "none found"), "\(lane.count)", "\(lane.days.count)",
                .codes(exception.targets, limit: 12),
              ]
            })),
      ]
    }
    if !derived.passedOver.isEmpty {
      document += [.heading(2, "Passed over"), .list(derived.passedOver.map(Inline.sentence))]
    }
    return document
  }
}
