import Foundation

/// `business-triage close`: accepts the evidence for a finding, or refuses it and says what is missing.
enum CloseCommand {
  private static let evidence = Option<String?>.optional(
    "--evidence", "FILE",
    help: "JSON with by, at, why, and answers by piece: {\"E4\": {\"answer\", \"from\"}}")

  static let command = Command(
    "close", "closes a finding whose evidence is all there, or names what is missing and ends with 65",
    options: [FindingsFolder.option.declaration, FindingsFolder.finding.declaration, evidence.declaration],
    run: run)

  private static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let folder = try FindingsFolder(arguments.required(FindingsFolder.option))
    let finding = try folder.finding(arguments.required(FindingsFolder.finding))
    let path = try arguments.required(evidence)
    let json = try FindingsFolder.json(path, for: "--evidence")
    let request: ClosureRequest
    do {
      request = try ClosureRequest(json)
    } catch {
      throw CommandError(
        .noUsableInput, "\(path): \(error)",
        mend: "give by, at, why, and answers such as {\"E4\": {\"answer\": \"…\", \"from\": \"…\"}}")
    }
    var closures = try Closures(in: folder.path)
    // Answers given for less than the finding holds now are given anew.
    let earlier = closures.answers(for: finding)
    let (accepted, refusals, missing) = request.judged(against: finding, earlier: earlier)
    let isClosed = refusals.isEmpty && missing.isEmpty
    let record = ClosureRecord(
      finding: finding, isClosed: isClosed, by: request.by, at: request.at, why: request.why,
      answers: accepted, missing: missing.map(\.id), lesson: isClosed ? request.lesson : nil)
    // A file without any answer that counts leaves the finding as it was.
    if isClosed || !accepted.isEmpty { try closures.append(record, in: folder.path) }
    guard isClosed else { return refusal(finding, refusals, missing) }
    var summary = ["\(finding.findingID) is closed by \(request.by), \(request.at.iso8601): \(request.why)"]
    if case .exception(let approval) = request.lesson {
      summary.append(try add(approval, for: finding, in: folder.path))
    } else if request.lesson == nil {
      summary.append("What it could become:")
      summary += Lesson.offers(for: finding).map { "  " + $0 }
    }
    summary.append("A report made before doesn't have it: build it again with report-packager build")
    return CommandOutcome(summary: summary.map(\.terminalLine), json: record.json)
  }

  private static func refusal(
    _ finding: Finding, _ refusals: [ClosureRequest.Refusal], _ missing: [EvidenceItem]
  ) -> CommandOutcome {
    let lines =
      refusals.map { "refused, \($0.sentence)" }
      + missing.map { item in
        "missing, \(item.id): \(item.text) Ask \(item.ask).\(item.note.map { " " + $0 } ?? "")"
      }
    return CommandOutcome(
      summary: (["\(finding.findingID) stays open"] + lines).map(\.terminalLine),
      json: [
        "finding_id": .string(finding.findingID), "status": "waiting",
        "refused": .array(refusals.map { ["what": .string($0.what), "why": .string($0.why)] }),
        "missing": .array(
          missing.map { ["id": .string($0.id), "text": .string($0.text), "ask": .string($0.ask)] }),
      ], failure: .noUsableInput)
  }

  /// Signs the finding's tuples; a line that is there already is not written twice.
  private static func add(
    _ approval: Approval, for finding: Finding, in path: String
  ) throws(CommandError) -> String {
    let name = "approvals.jsonl"
    let known = FileManager.default.contents(atPath: path + "/" + name).map { Array($0) } ?? []
    let lines = Lesson.approvals(approval, for: finding).map(\.compactText)
    let there = Set(known.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) })
    let added = lines.filter { !there.contains($0) }.map { $0 + "\n" }.joined()
    // The reader of approvals has the last word on what a signature is.
    _ = try ApprovalFile.approvals(in: Array(added.utf8), named: name)
    try ArtifactFolder(path).write(name, bytes: known + Array(added.utf8))
    return
      "\(path)/\(name) signs \(lines.count.of("exact tuple")) until \(approval.expires.date): give it to business-baseline build --approvals; a signature counts once the days of the baseline hold its calls"
  }
}
