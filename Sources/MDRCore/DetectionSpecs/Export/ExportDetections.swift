/// `detection-specs export`: the detections in another system's language, and a manifest of what could not be carried over.
enum ExportDetections {
  static let target = Option<String?>.optional(
    "--target", "NAME", help: "the system: \(ExportTargets.all.map(\.name).joined(separator: ", "))")
  static let ids = Option<[String]>.list("--id", "ID", help: "only this detection")
  static let withoutBaseline = Option<Bool>.flag(
    "--without-baseline",
    help: "leave questions to the baseline unanswered instead of asking a table of lanes")
  static let output = Option<String?>.optional("--output", "DIR", help: "where the files go")

  static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let name = try arguments.required(target)
    guard let target = ExportTargets.all.first(where: { $0.name == name }) else {
      throw CommandError.usage(
        "there is no target \(name)",
        mend: "use one of \(ExportTargets.all.map(\.name).joined(separator: ", "))")
    }
    let all = try Detections.load(directory: arguments(DetectionCommands.detections))
    let chosen = try selected(arguments(ids), of: all)
    let known = try arguments(EvaluateDetections.inventory).map { path throws(CommandError) in
      try Inventory.load(from: path)
    }
    let outputPath = try arguments.required(output)
    let (lists, leftOut) = (known.map(EvaluationLists.init) ?? EvaluationLists()).visible
    let lowering = ExportLowering(
      lists: lists,
      hasLanes: try !arguments(withoutBaseline) && target.hasLanes)
    let exports = chosen.map { DetectionExport($0, target, lowering) }
    let folder = try ArtifactSet(outputPath, of: "export")
    for export in exports { try folder.write(export.file, export.text) }
    let manifest = self.manifest(exports, target, lowering)
    try folder.write("manifest.json", manifest.prettyText)
    try folder.commit()
    let missing = exports.filter { $0.limit != nil }
    var caveats = missing.map { "\($0.id) is not expressible: \($0.limit ?? "")" }
    caveats += [("draft", "reviewed by nobody yet"), ("retired", "no longer alerting here")].compactMap {
      status, meaning in
      let ids = chosen.filter { $0.status == status }.map(\.id)
      return ids.isEmpty ? nil : "\(ids.joined(separator: ", ")): \(status), \(meaning)"
    }
    if leftOut > 0 {
      caveats.append(
        "\(leftOut.of("name")) of the inventory's lists left out: write without control characters and others "
          + "that nobody sees")
    }
    return CommandOutcome(
      summary: [
        folder.path + "/manifest.json",
        "\(exports.count - missing.count) of \(exports.count) detections for \(target.title); "
          + "\(missing.count) can't be expressed there",
      ], json: manifest, caveats: caveats)
  }

  private static func selected(_ ids: [String], of all: Detections) throws -> [Detection] {
    guard !ids.isEmpty else { return all.detections }
    return try ids.map { try all.named($0) }
  }

  private static func manifest(
    _ exports: [DetectionExport], _ target: any ExportTarget, _ lowering: ExportLowering
  ) -> JSONValue {
    [
      "schema": "mdr-rainer/detection-export/1", "target": .string(target.name),
      "title": .string(target.title),
      "baseline": .string(lowering.hasLanes ? "lanes" : "unknown"),
      "assumptions": JSONValue(target.assumptions),
      "detections": .array(
        exports.map { export in
          var entry: [String: JSONValue] = [
            "id": .string(export.id), "file": .string(export.file),
            "expressible": .bool(export.limit == nil),
          ]
          if let limit = export.limit { entry["reason"] = .string(limit) }
          return .object(entry)
        }),
    ]
  }
}

/// One detection in a target's language, or the reason why it isn't.
struct DetectionExport {
  let id: String
  let file: String
  let text: String
  let limit: String?

  init(_ detection: Detection, _ target: any ExportTarget, _ lowering: ExportLowering) {
    id = detection.id
    do {
      text = try target.text(of: detection, lowering)
      limit = nil
      file = "\(detection.id).\(target.fileExtension)"
    } catch {
      limit = error.reason
      file = "\(detection.id).not-expressible.txt"
      text =
        (target.header(detection) + ["", "Not expressible: \(error.reason)."]).joined(separator: "\n") + "\n"
    }
  }
}
