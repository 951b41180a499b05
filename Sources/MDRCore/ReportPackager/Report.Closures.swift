extension Report {
  private static var closuresSource: String { "business-triage/" + Closures.fileName }

  /// Where a finding stands between being found and being closed.
  func status(of finding: Finding) -> Closures.Status { folder.closures?.status(of: finding) ?? .open }

  /// Findings that nobody has closed, or that calls have come to since.
  var unclosed: [Finding] { findings.filter { status(of: $0) != .closed } }

  /// What people recorded of findings; nothing where nobody did.
  func addClosures(to draft: inout ReportDraft) {
    let rows = findings.compactMap { finding -> ReportDraft.Row? in
      guard let record = folder.closures?.latest(finding.findingID) else { return nil }
      let status = status(of: finding)
      return ReportDraft.Row(
        cells: [
          .code(finding.findingID), "\(status.word)", .text(record.by), "\(record.at)", .text(record.why),
          record.answers.map { "\(code: $0.id) \($0.answer) (\($0.from))" as Inline }.joined(separator: "; "),
        ],
        claims: [
          Claim("closure.\(finding.findingID)", .string(status.word), from: Self.closuresSource)
        ]
      )
    }
    guard !rows.isEmpty else { return }
    let count = findings.count { status(of: $0) == .closed }
    draft.append(.heading(2, "What people answered"))
    draft.append(
      .paragraph(
        "\(count) of \(findings.count.of("finding")) \(count == 1 ? "is" : "are") closed. These are people's words, which the logs don't bear out; a position stays what the records gave."
      ),
      claims: [Claim("closures.closed", count, from: Self.closuresSource)])
    draft.append(
      [
        Column("Finding"), Column("Status"), Column("By"), Column("At"), Column("Why"), Column("Answers"),
      ], rows: rows)
  }

  /// The status above a finding whose evidence stands below it as the run left it.
  func closureNote(_ finding: Finding) -> [Block] {
    guard let record = folder.closures?.latest(finding.findingID) else { return [] }
    let told: Inline =
      switch status(of: finding) {
      case .open: ""
      case .closed: "**Closed** by \(record.by), \(record.at): \(record.why)"
      case .waiting(let missing): "**Waiting** for \(codes: missing), asked by \(record.by), \(record.at)."
      case .reopened(let more):
        "**Reopened**: closed by \(record.by), \(record.at); \(more.of("call")) came since."
      }
    return [.quote([.paragraph("\(told) What was answered stands under *What people answered*.")])]
  }
}
