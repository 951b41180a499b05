/// What events are together with others, for the operations that triage lists.
struct EventStories {
  private var correlator: Correlator
  private let since: Timestamp?
  private let unlisted: UnlistedUses
  /// The operations of events that count for a detection of several events.
  private var operations: [EventID: Operation.Key] = [:]

  init(_ correlator: Correlator, since: Timestamp?, unlisted: UnlistedUses) {
    self.correlator = correlator
    self.since = since
    self.unlisted = unlisted
  }

  /// Takes in an observation that counts: in the review window, or before it as a step, a value or a key that later
  /// ones go back to.
  mutating func add(_ kept: ExaminedObservation.Kept) {
    // Findings tell what was not known, and no reasons of single events.
    correlator.keep(kept.found, kept.id, kept.kind, at: kept.time, unlisted: kept.unlisted)
    if !kept.found.hits.isEmpty, let listed = kept.listed { operations[kept.id] = listed.operation }
  }

  /// Tells operations what their events are part of; what is whole and in none of them becomes one.
  func attach(to listed: inout [Operation.Key: Operation]) {
    var told = ToldCalls()
    for match in correlator.matches() where since.map({ match.last >= $0 }) ?? true {
      let isFinding = match.isComplete && match.severity >= .medium
      let hosts = match.parts.reversed().compactMap { operations[$0.event.id] }
      var host = hosts.first ?? told.operation(of: match)
      if host == nil, isFinding, let (lead, isOne) = lead(of: match) {
        let place = Operation.Key(lead)
        if listed[place] == nil {
          listed[place] =
            isOne
            ? Operation(key: place, speaker: lead, from: match.first) : Operation(key: place, first: lead)
        }
        host = place
      }
      guard let host else { continue }
      listed[host]?.take(match)
      guard isFinding else { continue }
      let calls = told.take(match, for: host)
      listed[host]?.take(
        calls, until: match.last, knownBy: calls.kinds.compactMap { unlisted[UnlistedUses.Use($0)] })
    }
  }

  /// What speaks for a match of which no operation lists any event, like the most frequent of its calls or the last, and
  /// whether one of its calls is of that kind.
  private func lead(of match: CorrelationMatch) -> (assessment: Assessment, isOne: Bool)? {
    guard let last = match.parts.last?.event.kind else { return nil }
    let use = UnlistedUses.Use(match.kind == "threshold" ? match.unlisted.mostFrequentKind ?? last : last)
    if let own = unlisted[use] { return (own, !match.unlisted.kept.isEmpty) }
    return unlisted[use.call].map { ($0, false) }
  }
}

/// The calls that operations were told by detections of several events: each is told once.
private struct ToldCalls {
  private var operations: [EventID: Operation.Key] = [:]
  private var crowds: [UnlistedCalls.Crowd: Int] = [:]

  /// The operation that was told the first of a match's calls.
  func operation(of match: CorrelationMatch) -> Operation.Key? {
    match.unlisted.kept.lazy.compactMap { operations[$0.id] }.first
  }

  /// The calls of a match that an operation is to be told: of a chain only its own principal's.
  mutating func take(_ match: CorrelationMatch, for operation: Operation.Key) -> UnlistedCalls {
    var calls = match.unlisted.filtered { kind in
      kind.accountID == operation.account && (operation.region.isEmpty || kind.region == operation.region)
        && (match.kind == "threshold" || kind.principal == operation.principal)
    }
    calls.subtract(tellingOf: { operations[$0.id] != nil }, crowds)
    for call in calls.kept { operations[call.id] = operation }
    crowds.merge(calls.crowds, uniquingKeysWith: +)
    return calls
  }
}
