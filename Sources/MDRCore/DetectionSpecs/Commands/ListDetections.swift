/// `detection-specs list`: the detections, all or those that are about something.
enum ListDetections {
  static let about = Option<[String]>.list(
    "--about", "TEXT",
    help:
      "only those whose id, title, family, status, ATT&CK technique or logic has this text; give more to narrow"
  )
  static let severity = Option<String?>.optional("--severity", "LEVEL", help: "only this severity and above")

  static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let all = try Detections.load(directory: arguments(DetectionCommands.detections)).detections
    let texts = try arguments(about)
    let least = try arguments(severity).map(level)
    let chosen = all.filter { detection in
      texts.allSatisfy(detection.isAbout) && least.map { detection.severity >= $0 } ?? true
    }
    let width = chosen.map(\.id.count).max() ?? 0
    var summary = chosen.map { detection in
      "\(detection.id.padded(to: width))  \(detection.severity.rawValue.padded(to: 13)) "
        + "\(detection.family.padded(to: 24)) \(detection.title)"
    }
    if chosen.count < all.count { summary.append("\(chosen.count) of \(all.count.of("detection"))") }
    return CommandOutcome(summary: summary, json: ["detections": .array(chosen.map(\.json))])
  }

  private static func level(_ name: String) throws(CommandError) -> Severity {
    guard let severity = Severity(rawValue: name) else {
      throw .usage(
        "there is no severity \(name)",
        mend: "use one of \(Severity.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return severity
  }
}

extension Detection {
  /// Whether a text stands in what names the detection or says what it matches, in any case.
  fileprivate func isAbout(_ text: String) -> Bool {
    let wanted = text.lowercased()
    let parts = [
      id, title, family, status, severity.rawValue, businessFamily.rawValue, overrideClass?.rawValue ?? "",
      logic.description, correlation?.description ?? "",
    ]
    return (parts + attack.flatMap { [$0.id, $0.name, $0.tactic] }).contains {
      $0.lowercased().contains(wanted)
    }
  }
}
