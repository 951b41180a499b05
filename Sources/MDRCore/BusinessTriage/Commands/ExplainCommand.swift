import Foundation

/// `business-triage explain`: the explanation of a finding, or the check of one that somebody wrote.
enum ExplainCommand {
  private static let check = Option<String?>.optional(
    "--check", "FILE", help: "a written explanation to verify; 65 where a claim isn't borne out")

  static let command = Command(
    "explain", "explains a finding in its own words, or verifies a written explanation",
    options: [FindingsFolder.option.declaration, FindingsFolder.finding.declaration, check.declaration],
    run: run)

  private static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let folder = try FindingsFolder(arguments.required(FindingsFolder.option))
    guard let path = try arguments(check) else {
      let finding = try folder.finding(arguments.required(FindingsFolder.finding))
      let text = Explanation(finding: finding).document.rendered
      return CommandOutcome(
        summary: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
        json: ["finding_id": .string(finding.findingID), "explanation": .string(text)])
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandError(.noSuchInput, "\(path) can't be read", mend: "check the path given to --check")
    }
    let text = String(decoding: data, as: UTF8.self)
    let finding = try subject(of: text, in: folder, named: arguments(FindingsFolder.finding))
    let outcome = ExplanationCheck(finding).outcome(of: text)
    let refused = outcome.refusals
    let head =
      refused.isEmpty
      ? "\(outcome.claims.of("claim")) checked, all borne out by \(finding.findingID)"
      : "\(refused.count.of("refusal")) among \(outcome.claims.of("claim")) checked against \(finding.findingID)"
    let lines = refused.map { refusal in
      (refusal.line > 0 ? "line \(refusal.line), " : "missing, ") + "\(refusal.claim): \(refusal.why)"
    }
    return CommandOutcome(
      summary: ([head] + lines).map(\.terminalLine),
      json: [
        "finding_id": .string(finding.findingID), "claims": .number(outcome.claims),
        "refused": .array(refused.map(\.json)),
      ], failure: refused.isEmpty ? nil : .noUsableInput)
  }

  /// The finding that a text speaks of: the one named on the line, else the first that the text names.
  private static func subject(
    of text: String, in folder: FindingsFolder, named id: String?
  ) throws(CommandError) -> Finding {
    if let id { return try folder.finding(id) }
    guard let finding = folder.findings.first(where: { text.contains($0.findingID) }) else {
      throw CommandError(
        .noUsableInput, "the explanation names no finding of \(folder.path)", mend: "add --finding ID")
    }
    return finding
  }
}
