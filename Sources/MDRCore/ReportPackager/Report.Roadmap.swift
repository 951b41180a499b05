extension Report {
  private static var shownActions: Int { 40 }

  /// What to do with all of it: actions that findings share stand once.
  func addRoadmap(to draft: inout ReportDraft) {
    let findings = unclosed
    guard !findings.isEmpty else { return }
    draft.append([
      .heading(2, "Remediation roadmap"),
      .paragraph(
        "Recommendations for people; nothing was changed in AWS. Preserve evidence before anything is removed."
      ),
    ])
    let abnormal = findings.filter { $0.position == .abnormalHighRisk }
    let unknown = findings.filter { $0.position == .unknownNeedsEvidence }
    let risky = findings.filter { $0.position == .normalHighResidualRisk }
    let usual = findings.filter { $0.position == .normalLowRisk }
    add("Now: verify and contain what departs from the baseline", abnormal, \.remediation, to: &draft)
    add("Next: get the evidence that decides", unknown, \.openEvidence, to: &draft)
    add(
      "Control improvements: usual operations whose design stays dangerous", risky, \.remediation, to: &draft)
    add(
      "Exceptions to consider: only with an owner, a ticket and an end, and never for a critical override",
      usual.filter(\.overrides.isEmpty), { $0.alertingImplication.isEmpty ? [] : [$0.alertingImplication] },
      to: &draft)
    add(
      "Detections to keep or sharpen", abnormal + unknown + risky,
      { $0.alertingImplication.isEmpty ? [] : [$0.alertingImplication] }, to: &draft)
  }

  private func add(
    _ title: Inline, _ findings: [Finding], _ actions: (Finding) -> [String], to draft: inout ReportDraft
  ) {
    var order: [String] = []
    var behind: [String: [Finding]] = [:]
    for finding in findings {
      for action in actions(finding) where behind[action]?.last?.findingID != finding.findingID {
        if behind[action] == nil { order.append(action) }
        behind[action, default: []].append(finding)
      }
    }
    guard !order.isEmpty else { return }
    draft.append(.heading(3, title))
    // Findings come by rank, so an action's first finding is its gravest.
    draft.append(
      [Column("Action"), Column("Gravest"), Column("Findings", .trailing), Column("For")],
      rows: order.prefix(Self.shownActions).map { action in
        let findings = behind[action] ?? []
        return ReportDraft.Row(
          cells: [
            .sentence(action), .text(findings.first?.severity.title ?? ""), "\(findings.count)",
            .codes(findings.map(\.findingID), limit: 3),
          ], claims: []
        )
      })
    if order.count > Self.shownActions {
      draft.append(.paragraph("\(order.count - Self.shownActions) more actions stand in the findings."))
    }
  }
}

extension Finding {
  /// What nothing has answered yet, each with whom to ask; without types, all that is required.
  fileprivate var openEvidence: [String] {
    evidence.isEmpty ? evidenceRequired : evidence.filter(\.isOpen).map { "\($0.text) Ask \($0.ask)." }
  }
}
