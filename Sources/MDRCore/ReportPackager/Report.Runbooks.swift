extension Report {
  /// The runbooks of the scenarios that findings may be part of, each with those findings.
  func addRunbooks(to draft: inout ReportDraft) {
    let runbooks = Runbook.load().compactMap { runbook -> (runbook: Runbook, findings: [Finding])? in
      let those = unclosed.filter(runbook.applies)
      return those.isEmpty ? nil : (runbook, those)
    }
    guard !runbooks.isEmpty else { return }
    draft.append([
      .heading(2, "Runbooks"),
      .paragraph(
        """
        What people would do if nobody can explain the findings named. A runbook stands here because a finding could be part \
        of its scenario, not because it is. Within containment the order is snapshot, isolate, revoke. Nothing was done.
        """),
    ])
    for (runbook, findings) in runbooks {
      draft.append([
        .heading(3, Inline(stringLiteral: runbook.title)),
        .paragraph("For \(codes: findings.map(\.findingID), limit: 8)."),
      ])
      for (phase, texts) in runbook.steps {
        draft.append([.paragraph("\(phase.title):"), .orderedList(texts.map { Inline(stringLiteral: $0) })])
      }
    }
  }
}
