/// Completes findings with what only the whole review tells: answers, relations and the way there.
struct Investigation {
  let index: ReviewIndex
  private var writer: EvidenceWriter
  private let corroboration = CorroborationTable()
  private let inventory: Inventory?

  init(_ events: ReviewEvents, inventory: Inventory?) {
    self.inventory = inventory
    index = ReviewIndex(events)
    writer = EvidenceWriter(index: index)
  }

  /// The findings with their evidence answered, pointing to each other.
  mutating func completed(_ drafts: [(finding: Finding, operation: Operation)]) -> [Finding] {
    var findings = drafts.map(\.finding)
    let relations = Relations(findings, index: index)
    let sweeps = Sweeps(findings)
    for (position, draft) in drafts.enumerated() {
      let lead = draft.operation.lead
      findings[position].evidenceRequired = writer.askedOnce(draft.finding.evidenceRequired)
      var subject = ReviewSubject(findings[position])
      findings[position].evidence = writer.items(
        for: &subject,
        RecordFacts(
          observation: lead.observation, prior: lead.comparison?.priorObservations,
          approval: lead.comparison?.approval,
          owned: inventory?.ownedAddresses[lead.observation.origin.sourceIP]))
      findings[position].related = relations.related(to: position, sweep: sweeps.others(of: position))
      findings[position].timeline = relations.timeline(of: position, subject, draft.operation)
      findings[position].corroboration = corroboration.signals(
        for: &subject, answered: findings[position].evidence, index)
      sweeps.complete(&findings[position], at: position)
    }
    return findings
  }
}

/// The reviewed table of what has to come in before anyone speaks of a compromise.
struct CorroborationTable: Sendable {
  private let rows: [(key: String, question: ReviewQuestion?, signal: String)]

  init() {
    rows = Content.table("business-triage/references/corroboration.tsv").compactMap { row in
      guard let key = row["key"], let signal = row["signal"] else { return nil }
      return (key, row["about"].flatMap(ReviewQuestion.init(rawValue:)), signal)
    }
  }

  /// The signals, each with what the logs at hand have of it, or the piece of evidence that has it.
  func signals(
    for subject: inout ReviewSubject, answered evidence: [EvidenceItem], _ index: ReviewIndex
  ) -> [String] {
    let finding = subject.finding
    guard finding.position != .normalLowRisk else { return [] }
    let cameAbout = Set(finding.overrides.filter { !$0.isAttempt }.map(\.overrideClass))
    let keys = finding.overrideClasses.filter(cameAbout.contains).map(\.rawValue) + ["any"]
    let fitting = keys.flatMap { key in rows.filter { $0.key == key } }.filter { row in
      row.question.map { index.applies($0, to: finding) } ?? true
    }
    var signals: [String] = []
    for row in fitting {
      guard let question = row.question else {
        signals.append("\(row.signal) Not in these logs: ask people.")
        continue
      }
      let item = evidence.first { $0.question == question }
      let recorded = item.map { "see \(code: $0.id)." } ?? subject.answer(question, in: index).sentence
      signals.append("\(row.signal) Recorded so far: \(recorded)")
    }
    return signals
  }
}
