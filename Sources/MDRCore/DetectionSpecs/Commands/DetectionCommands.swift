/// `detection-specs`: the reviewed detections, checked, run on their examples and on observations.
package enum DetectionCommands {
  static let detections = Option<String?>.optional(
    "--detections", "DIR", help: "a folder of detection files instead of the reviewed ones")

  /// The tool.
  package static let tool = Tool(
    "detection-specs", "show, check and evaluate the reviewed detections",
    commands: [
      Command(
        "list", "prints the detections with their severity and family",
        options: [
          ListDetections.about.declaration, ListDetections.severity.declaration, detections.declaration,
        ], run: ListDetections.run),
      Command(
        "show", "prints one detection as it was reviewed", operands: "ID", options: [detections.declaration],
        run: show),
      Command(
        "lint", "looks for weaknesses, each with what to do about it", options: [detections.declaration],
        run: lint),
      Command(
        "test", "runs every detection on its own examples", options: [detections.declaration], run: test),
      Command(
        "evaluate", "writes which observations match which detection",
        options: [
          ObservationInputOptions.observations.declaration, ObservationInputOptions.logs.declaration,
          ObservationInputOptions.archetypes.declaration,
          EvaluateDetections.baseline.declaration, EvaluateDetections.inventory.declaration,
          EvaluateDetections.output.declaration, detections.declaration, Arguments.jobs.declaration,
        ], run: EvaluateDetections.run),
      Command(
        "coverage", "says which ATT&CK techniques and event names are answered",
        options: [EvaluateDetections.output.declaration, detections.declaration], run: CoverDetections.run),
      Command(
        "replay", "says what one detection would have made of logs, and what tuning would do", operands: "ID",
        options: [
          ObservationInputOptions.observations.declaration, ObservationInputOptions.logs.declaration,
          ObservationInputOptions.archetypes.declaration,
          EvaluateDetections.inventory.declaration, EvaluateDetections.output.declaration,
          detections.declaration, Arguments.jobs.declaration,
        ], run: ReplayDetection.run),
      Command(
        "derive", "proposes detections and exceptions from a baseline, as drafts to review",
        options: [DeriveDetections.baseline.declaration, EvaluateDetections.output.declaration],
        run: DeriveDetections.run),
      Command(
        "new", "writes a draft to start a detection from", operands: "ID",
        options: [
          NewDetection.event.declaration, NewDetection.family.declaration, NewDetection.attack.declaration,
          EvaluateDetections.output.declaration,
        ], run: NewDetection.run),
      Command(
        "export", "writes the detections in another system's language",
        options: [
          ExportDetections.target.declaration, ExportDetections.ids.declaration,
          EvaluateDetections.inventory.declaration, ExportDetections.withoutBaseline.declaration,
          ExportDetections.output.declaration, detections.declaration,
        ], run: ExportDetections.run),
    ])

  /// The one detection that a line is about.
  static func one(_ arguments: Arguments, command: String) throws -> Detection {
    guard let id = arguments.operands.first, arguments.operands.count == 1 else {
      throw CommandError.usage("\(command) takes one id", mend: "see detection-specs list")
    }
    return try Detections.load(directory: arguments(detections)).named(id)
  }

  private static func show(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let detection = try one(arguments, command: "show")
    var json = detection.json
    json["text"] = .string(detection.text)
    return CommandOutcome(
      summary: detection.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
      json: json)
  }

  private static func lint(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let (all, faults) = try DetectionFiles(directory: arguments(detections)).parsed()
    let findings = all.flatMap { $0.lintFindings(among: all) }
    return CommandOutcome(
      summary: faults.map(\.description) + findings.map(\.description) + [
        "\((all.count + faults.count).of("detection file")): \(faults.count) broken, \(findings.count.of("weakness", "weaknesses"))"
      ],
      json: [
        "files": .number(all.count + faults.count), "faults": .array(faults.map(\.json)),
        "findings": .array(findings.map(\.json)),
      ], failure: faults.isEmpty && findings.isEmpty ? nil : .noUsableInput)
  }

  private static func test(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let (all, faults) = try DetectionFiles(directory: arguments(detections)).parsed()
    let runner = try ExampleRunner()
    let failures = all.flatMap(runner.failures)
    let examples = all.reduce(0) { $0 + $1.examples.count }
    return CommandOutcome(
      summary: faults.map(\.description) + failures.map(\.description) + [
        "\(all.count.of("detection")), \(examples.of("example")): \(failures.count) failed, \(faults.count.of("file")) broken"
      ],
      json: [
        "detections": .number(all.count), "examples": .number(examples),
        "failures": .array(
          failures.map {
            [
              "detection": .string($0.detection), "file": .string($0.file), "line": .number($0.line),
              "reason": .string($0.reason),
            ]
          }), "faults": .array(faults.map(\.json)),
      ], failure: faults.isEmpty && failures.isEmpty ? nil : .noUsableInput)
  }
}

extension Detection {
  /// The detection for programs, without its prose.
  var json: JSONValue {
    [
      "id": .string(id), "title": .string(title), "severity": .string(severity.rawValue),
      "status": .string(status), "owner": .string(owner), "family": .string(family),
      "business_family": .string(businessFamily.rawValue), "business_risk": .string(businessRisk.rawValue),
      "override_class": JSONValue(overrideClass?.rawValue), "logic": .string(logic.description),
      "correlation": JSONValue(correlation?.description),
      "attack": .array(
        attack.map {
          [
            "id": .string($0.id), "name": .string($0.name), "tactic": .string($0.tactic),
            "v18": .string($0.v18),
          ]
        }),
      "examples": .number(examples.count), "file": .string(file),
    ]
  }
}

extension DetectionFileError {
  var json: JSONValue {
    ["file": .string(file), "line": .number(line), "reason": .string(reason), "mend": .string(mend)]
  }
}
