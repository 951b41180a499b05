/// `detection-specs coverage`: which techniques and which of the field's event names are answered.
enum CoverDetections {
  static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let detections = try Detections.load(directory: arguments(DetectionCommands.detections)).detections
      .filter { $0.status != "draft" }
    let events = EventCoverage(detections)
    let techniques = TechniqueCoverage(detections)
    let summary = json(detections, events, techniques)
    let total =
      "\(events.answered) of \(events.rows.count) event names answered, "
      + "\(Set(techniques.rows.map(\.technique.id)).count) techniques, \(detections.count) detections"
    guard let path = try arguments(EvaluateDetections.output) else {
      return CommandOutcome(summary: [total], json: summary)
    }
    let folder = try ArtifactSet(path, of: "coverage")
    try folder.write("attack-navigator.json", techniques.navigatorLayer.prettyText)
    try folder.write("coverage.json", summary.prettyText)
    try folder.write("coverage.md", document(detections, events, techniques).rendered)
    try folder.commit()
    return CommandOutcome(
      summary: [folder.path + "/coverage.md", folder.path + "/attack-navigator.json", total], json: summary)
  }

  private static func json(
    _ detections: [Detection], _ events: EventCoverage, _ techniques: TechniqueCoverage
  )
    -> JSONValue
  {
    [
      "schema": "mdr-rainer/detection-coverage/1", "detections": .number(detections.count),
      "events": .number(events.rows.count), "events_answered": .number(events.answered),
      "techniques": .array(
        techniques.rows.map {
          [
            "id": .string($0.technique.id), "v18": .string($0.technique.v18),
            "name": .string($0.technique.name), "tactic": .string($0.technique.tactic),
            "detections": JSONValue($0.detections),
          ]
        }),
      "event_names": .array(
        events.rows.map {
          [
            "event": .string($0.event), "services": .string($0.services),
            "detections": JSONValue($0.detections),
            "severity": JSONValue($0.severity?.rawValue), "alone": .bool($0.isAnsweredAlone),
          ]
        }),
    ]
  }

  private static func document(
    _ detections: [Detection], _ events: EventCoverage, _ techniques: TechniqueCoverage
  ) -> Document {
    var document = Document([
      .heading(1, "Coverage"),
      .paragraph(
        "\(detections.count) detections name \(Set(techniques.rows.map(\.technique.id)).count) ATT&CK techniques (v19) and answer \(events.answered) of the \(events.rows.count) event names that public rule sets name. A name is answered where a detection names it in its logic; whether its conditions hold is for each event."
      ),
      .heading(2, "Detections by family and severity"), .table(families(detections)),
      .heading(2, "ATT&CK"),
    ])
    for tactic in Set(techniques.rows.map(\.technique.tactic)).sorted() {
      document += [
        .heading(3, .text(tactic)),
        .table(
          Table(
            [Column("Technique"), Column("v18"), Column("Name"), Column("Detections"), Column("Gravest")],
            rows: techniques.rows.filter { $0.technique.tactic == tactic }.map {
              [
                .code($0.technique.id),
                $0.technique.v18 == $0.technique.id ? "same" : .code($0.technique.v18),
                .text($0.technique.name), .codes($0.detections, limit: 6), .text($0.severity.title),
              ]
            })),
      ]
    }
    let unanswered = events.rows.filter(\.detections.isEmpty)
    document += [
      .heading(2, "Event names"),
      .table(
        Table(
          [Column("Event"), Column("Detections"), Column("Gravest")],
          rows: events.rows.filter { !$0.detections.isEmpty }.map {
            [
              .code($0.event), .codes($0.detections, limit: 4),
              .text(($0.severity?.title ?? "") + ($0.isAnsweredAlone ? "" : ", with others")),
            ]
          })),
      .heading(2, "Not answered by name"),
      .paragraph(
        "\(unanswered.count) names. Root's calls, first-seen lanes and denied calls are judged whatever the event's name."
      ),
      .list(
        unanswered.map { "\(code: $0.event) (\($0.services.isEmpty ? "several services" : $0.services))" }),
    ]
    return document
  }

  private static func families(_ detections: [Detection]) -> Table {
    let severities = Severity.allCases.sorted(by: >)
    return Table(
      [Column("Family")] + severities.map { Column(.text($0.title), .trailing) },
      rows: Set(detections.map(\.family)).sorted().map { family in
        [.code(family)]
          + severities.map { severity in
            "\(detections.count { $0.family == family && $0.severity == severity })"
          }
      })
  }
}
