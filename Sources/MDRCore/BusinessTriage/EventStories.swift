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
    correlator.keep(kept.found, kept.id, kept.kind, at: kept.time)
    if !kept.found.hits.isEmpty, let listed = kept.listed { operations[kept.id] = listed.operation }
  }

  /// Tells operations what their events are part of; what is whole and in none of them becomes one.
  func attach(to listed: inout [Operation.Key: Operation]) {
    for match in correlator.matches() where since.map({ match.last >= $0 }) ?? true {
      let hosts = match.parts.reversed().compactMap { operations[$0.event.id] }
      if let host = hosts.first {
        listed[host]?.take(match)
        continue
      }
      guard match.isComplete, match.severity >= .medium, let event = match.parts.last?.event,
        let assessment = unlisted[UnlistedUses.Use(event)]
      else { continue }
      let place = Operation.Key(assessment)
      if listed[place] == nil { listed[place] = Operation(key: place, first: assessment) }
      listed[place]?.take(match)
    }
  }
}
