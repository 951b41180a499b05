extension Report {
  /// Rows of the ranked table; thousands of them are for programs.
  private static var shownRows: Int { 500 }

  func addRanking(to draft: inout ReportDraft) {
    guard folder.findings != nil else { return }
    draft.append(.heading(2, "Findings by rank"))
    guard !findings.isEmpty else {
      return draft.append(
        .paragraph("None. That is a statement about what was examined, not about what was not."))
    }
    let rows = findings.bySweep
    draft.append(
      FindingRank.columns,
      rows: rows.prefix(Self.shownRows).compactMap { group in
        guard let rank = FindingRank(group) else { return nil }
        return ReportDraft.Row(
          cells: rank.cells,
          claims: group.map {
            Claim("finding.\($0.findingID)", $0.verdict, from: CaseFolder.findingsSource)
          })
      })
    if rows.count > Self.shownRows {
      draft.append(.paragraph("\(rows.count - Self.shownRows) more findings are in `findings.jsonl`."))
    }
    addPrincipals(to: &draft)
  }

  private func addPrincipals(to draft: inout ReportDraft) {
    let principals = PrincipalSummary.summaries(of: findings).prefix(Self.shownRows)
    guard !principals.isEmpty else { return }
    draft.append(.heading(2, "Principals of several findings"))
    draft.append(
      PrincipalSummary.columns,
      rows: principals.enumerated().map { number, summary in
        ReportDraft.Row(
          cells: summary.cells,
          claims: [
            Claim(
              "principals.\(number + 1)",
              ["principal": .string(summary.principal), "findings": .number(summary.findings.count)],
              from: CaseFolder.findingsSource)
          ])
      })
  }

  func addFindings(to draft: inout ReportDraft) {
    guard !findings.isEmpty else { return }
    draft.append(.heading(2, "Findings in full"))
    let shown = findings.prefix(limit)
    draft.append(
      .paragraph("\(shown.count) of \(findings.count.of("finding")), in the order of their rank."),
      claims: [Claim("findings.in_full", shown.count, from: CaseFolder.findingsSource)])
    for finding in shown {
      var blocks = finding.blocks(level: 3)
      draft.append(
        blocks.removeFirst(),
        claims: [
          Claim(
            "finding.\(finding.findingID).in_full", .string(SHA256Digest.hex(finding.json.compactText)),
            from: CaseFolder.findingsSource)
        ])
      draft.append(closureNote(finding) + blocks)
    }
  }

  func addDetections(to draft: inout ReportDraft) {
    draft.append(.heading(2, "Detections that matched"))
    guard let header = folder.headers[.detectionSpecs] else {
      return addDetectionsOfFindings(to: &draft)
    }
    let source = CaseFolder.Step.detectionSpecs.source
    let detections = header["detections"]?.elements ?? []
    guard !detections.isEmpty else { return draft.append(.paragraph("None.")) }
    let rows = detections.map { detection -> ReportDraft.Row in
      let id = detection["id"]?.string ?? ""
      let count = detection["matches"]?.int ?? 0
      return ReportDraft.Row(
        cells: [
          .text(Severity(rawValue: detection["severity"]?.string ?? "")?.title ?? ""), .code(id),
          .sentence(detection["title"]?.string ?? ""), "\(count)",
          "\(detection["accounts"]?.elements.count ?? 0)",
          "\(findings.count { $0.detections.contains(id) })",
        ], claims: [Claim("detection.\(id)", count, from: source)]
      )
    }
    draft.append(
      [
        Column("Severity"), Column("Detection"), Column("Title"), Column("Matches", .trailing),
        Column("Accounts", .trailing), Column("Findings", .trailing),
      ], rows: rows)
    draft.append(
      .paragraph("A match is a place to look, over all observations of the case; triage judges it."))
  }

  /// What triage matched on its way: without an evaluation of its own that is all that is known.
  private func addDetectionsOfFindings(to draft: inout ReportDraft) {
    let matched = Set(findings.flatMap(\.matchedDetections)).sorted {
      ($1.severity, $0.id, $0.title) < ($0.severity, $1.id, $1.title)
    }
    guard !matched.isEmpty else { return draft.append(.paragraph("Not evaluated in this case.")) }
    draft.append(
      [Column("Severity"), Column("Detection"), Column("Title"), Column("Findings", .trailing)],
      rows: matched.map { detection in
        let count = findings.count { $0.detections.contains(detection.id) }
        return ReportDraft.Row(
          cells: [
            "\(detection.severity.title)", .code(detection.id), .sentence(detection.title), "\(count)",
          ], claims: [Claim("detection.\(detection.id)", count, from: CaseFolder.findingsSource)])
      })
    draft.append(
      .paragraph("Those of the findings. Matches in the other observations of the case were not evaluated."))
  }

  func addEvidence(to draft: inout ReportDraft) {
    draft.append(.heading(2, "Evidence pack"))
    guard let totals = folder.headers[.rawEvidencePack]?["totals"] else {
      return draft.append(.paragraph("The raw records behind these findings were not packed."))
    }
    let names: [(Inline, String)] = [
      ("Findings covered", "findings"), ("Raw records", "records"), ("Bytes", "bytes"),
      ("Source files", "sources"),
      ("Refused", "refused"),
    ]
    draft.append(
      [Column("Packed"), Column("Count", .trailing)],
      rows: names.map { name, key in
        let count = totals[key]?.int ?? 0
        return ReportDraft.Row(
          cells: [name, "\(count)"],
          claims: [Claim("evidence.\(key)", count, from: CaseFolder.Step.rawEvidencePack.source)]
        )
      })
    draft.append(
      .paragraph(
        "`raw-evidence-pack verify` checks every byte of it; `evidence.md` there says how to reproduce it."))
  }
}

extension Finding {
  /// What the ranked table says of a finding.
  fileprivate var verdict: JSONValue {
    [
      "severity": .string(severity.rawValue), "position": .string(position.rawValue),
      "account_id": .string(accountID),
      "actor": .string(actor), "count": .number(count), "event_names": JSONValue(eventNames),
    ]
  }
}
