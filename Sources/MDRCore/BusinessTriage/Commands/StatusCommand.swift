/// `business-triage status`: which findings are open, wait for evidence, or are closed.
enum StatusCommand {
  static let command = Command(
    "status", "shows which findings are open, waiting for evidence, reopened and closed",
    options: [FindingsFolder.option.declaration, FindingsFolder.finding.declaration], run: run)

  private static func run(_ arguments: Arguments, _ console: Console) throws -> CommandOutcome {
    let folder = try FindingsFolder(arguments.required(FindingsFolder.option))
    let closures = try Closures(in: folder.path)
    let known = Set(folder.findings.map(\.findingID))
    let asked = try arguments(FindingsFolder.finding).map(folder.finding)
    let gone = asked == nil ? Set(closures.records.map(\.findingID)).subtracting(known).sorted() : []
    let rows = (asked.map { [$0] } ?? folder.findings).map { (finding: $0, status: closures.status(of: $0)) }
    let words = ["open", "reopened", "waiting", "closed"]
    var summary = [
      words.map { word in "\(rows.count { $0.status.word == word }) \(word)" }.joined(separator: ", ")
    ]
    if asked != nil { summary = [] }
    for word in words {
      for (finding, status) in rows where status.word == word {
        summary.append(line(finding, status, closures.latest(finding.findingID)).terminalLine)
        guard asked != nil else { continue }
        summary += pieces(finding, open(finding, status)).map(\.terminalLine)
      }
    }
    return CommandOutcome(
      summary: summary,
      json: [
        "findings": .array(
          rows.map { finding, status in
            var value: JSONValue = [
              "finding_id": .string(finding.findingID), "status": .string(status.word),
              "severity": .string(finding.severity.rawValue), "position": .string(finding.position.rawValue),
              "open_evidence": JSONValue(open(finding, status)),
            ]
            if let record = closures.latest(finding.findingID) {
              value["by"] = .string(record.by)
              value["at"] = .string(record.at.iso8601)
              value["why"] = .string(record.why)
            }
            return value
          }), "closed_elsewhere": JSONValue(gone),
      ],
      caveats: folder.caveats
        + (gone.isEmpty
          ? []
          : [
            "\(gone.count.of("closure")) belong to findings that these logs don't give: \(gone.joined(separator: ", "))"
          ]))
  }

  private static func open(_ finding: Finding, _ status: Closures.Status) -> [String] {
    switch status {
    case .closed: []
    case .waiting(let missing): missing
    case .open, .reopened: finding.evidence.filter(\.isOpen).map(\.id)
    }
  }

  /// What is still open of a finding, with whom to ask.
  private static func pieces(_ finding: Finding, _ open: [String]) -> [String] {
    finding.evidence.filter { open.contains($0.id) }.map { "  \($0.id): \($0.text) Ask \($0.ask)." }
  }

  private static func line(
    _ finding: Finding, _ status: Closures.Status, _ record: ClosureRecord?
  ) -> String {
    let head =
      "\(status.word.padded(to: 9)) \(finding.findingID)  \(finding.severity.rawValue.padded(to: 13)) \(finding.title)"
    switch status {
    case .closed: return head + record.map { ": closed by \($0.by), \($0.at.date)" }.orEmpty
    case .waiting(let missing): return head + ": waits for \(missing.joined(separator: ", "))"
    case .reopened(let more):
      let since =
        more > 0 ? "\(more.of("call")) more, the last \(finding.lastSeen.shown)" : "its calls are others"
      return head + ": closed by \(record?.by ?? ""), then \(since)"
    case .open:
      let open = open(finding, status)
      return head
        + ": \(open.count) of \(finding.evidence.count) pieces open"
        + (open.isEmpty ? "" : " (\(open.joined(separator: ", ")))")
    }
  }
}

extension String? {
  fileprivate var orEmpty: String { self ?? "" }
}
