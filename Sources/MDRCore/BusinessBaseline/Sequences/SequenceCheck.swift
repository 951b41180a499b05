/// Says of findings whether their changes came in the order that the baseline knows from the same actor.
struct SequenceCheck {
  private let book: SequenceBook
  private let since: Timestamp?
  private var collector = SequenceCollector()
  private var names = StringTable()

  /// Prepares a check of what happens at or after `since`.
  init(_ baseline: Baseline, since: Timestamp?) {
    book = SequenceBook(baseline)
    self.since = since
  }

  /// Notes an observation of the review.
  mutating func add(_ observation: Observation) {
    if let change = SessionChange(observation) { add(change) }
  }

  /// Notes a change of the review.
  mutating func add(_ change: SessionChange) {
    // What has no time has no place in an order.
    guard change.time.isKnown, change.time >= since ?? change.time else { return }
    // Where no order recurs, there is none to compare with.
    guard book.knows(account: change.account, actor: change.actor) else { return }
    collector.add(change, table: &names)
  }

  /// The findings, those whose actor has a recurring order with a sentence about it.
  func completed(_ findings: [Finding]) -> [Finding] {
    let owners = Set(findings.map { SequenceOwner(account: $0.accountID, actor: $0.actor) })
    let runs = collector.runs(of: owners, names: names)
    return findings.map { finding in
      let own = runs[SequenceOwner(account: finding.accountID, actor: finding.actor)] ?? []
      guard let sentence = sentence(finding, own) else { return finding }
      var finding = finding
      finding.whyDifferent.append(sentence)
      return finding
    }
  }

  private func sentence(_ finding: Finding, _ runs: [SequenceRun]) -> String? {
    let names = Set(finding.eventNames)
    let concerned = runs.filter { run in
      run.first <= finding.lastSeen && run.last >= finding.firstSeen
        && run.events.contains { names.contains(EventSequence.name(of: $0)) }
    }
    // The orders that the finding's own events are steps of; without one there is nothing to compare with.
    let steps = Set(concerned.flatMap(\.events).filter { names.contains(EventSequence.name(of: $0)) })
    let orders = steps.flatMap { book.orders(account: finding.accountID, actor: finding.actor, with: $0) }
    guard
      let usual = orders.min(by: { ($1.runs, $0.title) < ($0.runs, $1.title) }), !concerned.isEmpty
    else { return nil }
    let known = "\(usual.title) in \(usual.runs) of this actor's \(usual.runsOfActor) runs"
    let unknown = concerned.filter { run in !orders.contains { $0.events == run.events } }
      .sorted { ($0.first, $0.title) < ($1.first, $1.title) }
    guard let first = unknown.first else {
      return concerned.count == 1
        ? "The order of the changes is one that the baseline knows: \(known)."
        : "The order of the changes is one that the baseline knows, in all \(concerned.count) runs: \(known)."
    }
    return
      "The order of the changes is not the usual one in \(unknown.count) of \(concerned.count) "
      + "run\(concerned.count == 1 ? "" : "s"): \(first.title); the baseline has \(known)."
  }
}
