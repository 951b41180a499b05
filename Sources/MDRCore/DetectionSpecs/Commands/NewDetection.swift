import Foundation

/// `detection-specs new`: a file to start a detection from, which lints and passes its examples.
enum NewDetection {
  static let event = Option<String?>.optional(
    "--event", "SERVICE:NAME", help: "the event, such as iam:CreateUser")
  static let family = Option<String?>.optional("--family", "FOLDER", help: "the detection family")
  static let attack = Option<String?>.optional(
    "--attack", "ID", help: "the ATT&CK technique, v19; T1078.004 unless given")

  static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    guard let id = arguments.operands.first, arguments.operands.count == 1, isID(id) else {
      throw CommandError.usage("new takes one id", mend: "write it in small letters, digits and dashes")
    }
    let reviewed = try Detections.load(directory: nil).detections
    guard !reviewed.contains(where: { $0.id == id }) else {
      throw CommandError.usage("there is a detection \(id)", mend: "choose another id")
    }
    let families = Set(reviewed.map(\.family)).sorted()
    let family = try arguments.required(family)
    guard families.contains(family) else {
      throw CommandError.usage(
        "\(family) is no family", mend: "use one of \(families.joined(separator: ", "))")
    }
    let parts = try arguments.required(event).split(separator: ":").map(String.init)
    guard parts.count == 2, parts.allSatisfy({ $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } })
    else {
      throw CommandError.usage("the event is not usable", mend: "write --event iam:CreateUser")
    }
    let technique = try technique(arguments(attack) ?? "T1078.004", of: reviewed)
    let sibling = reviewed.first { $0.family == family }
    let draft = DetectionDraft(
      id: id, title: "\(parts[1]) as nobody here does it", family: family,
      businessFamily: sibling?.businessFamily ?? .other,
      businessRisk: sibling?.businessRisk ?? .operationalChange,
      technique: technique, trigger: ["Event name is \(code: parts[1])."],
      logic:
        "event_source = \"\(parts[0]).amazonaws.com\" and event_name = \"\(parts[1])\" and outcome = \"success\"",
      guidance: "Say what in the business this protects, and what to look at first.",
      examples: DetectionDraft.examples(service: parts[0], name: parts[1]))
    let folder = try ArtifactFolder(try arguments.required(EvaluateDetections.output))
    let name = "\(family)/\(id).md"
    // Whoever wrote a draft's logic would lose it to an empty one.
    guard !FileManager.default.fileExists(atPath: folder.path + "/" + name) else {
      throw CommandError(
        .cannotWrite, "\(folder.path)/\(name) is there already",
        mend: "choose another id or --output, or go on with that draft")
    }
    try folder.write(name, draft.text)
    return CommandOutcome(
      summary: [
        folder.path + "/" + name,
        "a draft: write its logic and examples, then run lint and test with --detections",
      ], json: ["path": .string(folder.path + "/" + name), "id": .string(id)])
  }

  private static func technique(
    _ id: String, of reviewed: [Detection]
  ) throws(CommandError) -> AttackReference {
    let known = reviewed.flatMap(\.attack)
    guard let technique = known.first(where: { $0.id == id }) else {
      let ids = Set(known.map(\.id)).sorted()
      throw .usage("no reviewed detection names \(id)", mend: "use one of \(ids.joined(separator: ", "))")
    }
    return technique
  }

  private static func isID(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }
}
