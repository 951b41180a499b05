/// What events are together with others, for the operations that triage lists.
struct EventStories {
  private(set) var correlator: Correlator
  private let since: Timestamp?
  /// The operations of events that count for a detection of several events.
  private var operations: [EventID: Operation.Key] = [:]

  /// What came of it, once all events are known.
  private var matches: [CorrelationMatch]?
  /// The lanes that were outgrown; their positions follow those of the matches.
  private var outgrown: [OutgrownLane] = []
  /// The events of a match that nothing lists, by the match's position.
  private var untold: [Int: Operation] = [:]
  /// Of a match all of whose events are told with others, the first of these, by position.
  private var hosts: [Int: Int] = [:]

  init(_ correlator: Correlator, since: Timestamp?) {
    self.correlator = correlator
    self.since = since
  }

  /// Takes in an observation that counts: in the review window, or before it as a step, a value or a key that later
  /// ones go back to.
  mutating func add(_ kept: ExaminedObservation.Kept) {
    let isUnlisted = kept.listed == nil && since.map { kept.time >= $0 } ?? true
    // Findings tell what was not known, and no reasons of single events.
    correlator.keep(kept.found, kept.id, kept.kind, at: kept.time, isUnlisted: isUnlisted)
    if !kept.found.hits.isEmpty, let listed = kept.listed { operations[kept.id] = listed.operation }
  }

  /// Takes the events together; gives those that have to be read once more, as nothing lists them: of matches, and of
  /// lanes that were outgrown.
  mutating func unite(_ outgrown: [OutgrownLane] = []) -> MatchedEvents {
    let matches = correlator.matches().filter { match in since.map { match.last >= $0 } ?? true }
    self.matches = matches
    self.outgrown = outgrown
    var matched = MatchedEvents()
    for (position, lane) in outgrown.enumerated() {
      matched.add(dayOf: lane, at: matches.count + position)
    }
    for (position, match) in matches.enumerated() where match.isFinding {
      if match.kind == "threshold" {
        if match.unlisted > 0 { matched.add(runOf: match, at: position) }
      } else {
        for event in untoldSteps(of: match) { matched.add(step: event, of: position) }
      }
    }
    matched.joinTimes()
    return matched
  }

  /// The steps of a chain, or what a change led to, that nothing lists: those of the principal whose finding it is.
  private func untoldSteps(of match: CorrelationMatch) -> [CorrelatedEvent] {
    let events = match.parts.map(\.event)
    let telling = events.last { operations[$0.id] != nil } ?? events.last
    // What a value was before is nothing that happened now.
    return (match.kind == "change" ? Array(events.suffix(1)) : events).filter { event in
      operations[event.id] == nil && since.map { event.time >= $0 } ?? true
        && event.accountID == telling?.accountID && event.actor == telling?.actor
    }
  }

  /// Takes in an event that was read once more.
  mutating func add(_ event: MatchedEvent) {
    guard let first = event.matches.first else { return }
    if untold[first]?.add(event.assessment) == nil {
      untold[first] = Operation(key: Operation.Key(event.assessment), first: event.assessment)
    }
    for other in event.matches.dropFirst() { hosts[other] = min(hosts[other] ?? first, first) }
  }

  /// Tells operations what their events are part of; what is whole and in none of them becomes one.
  mutating func attach(to listed: inout [Operation.Key: Operation]) {
    if matches == nil { _ = unite() }
    var places: [Int: Operation.Key] = [:]
    for (position, match) in (matches ?? []).enumerated() {
      // A burst's first event may lie before the review; its last one doesn't.
      let known = (match.parts.reversed().map(\.event.id) + [match.ending].compactMap(\.self))
        .compactMap { operations[$0] }.first
      guard let place = place(of: position, known, &listed) ?? hosts[position].flatMap({ places[$0] }) else {
        continue
      }
      places[position] = place
      let isWhole = isWhole(match, in: place, listed[place])
      listed[place]?.take(match, isWhole: isWhole)
    }
    for (offset, lane) in outgrown.enumerated() {
      let position = (matches?.count ?? 0) + offset
      guard let place = place(of: position, nil, &listed) ?? hosts[position].flatMap({ places[$0] }) else {
        continue
      }
      listed[place]?.take(lane)
    }
  }

  /// The operation of the events at a position that nothing listed, now that one does: the known one, or their own.
  private func place(
    of position: Int, _ known: Operation.Key?, _ listed: inout [Operation.Key: Operation]
  ) -> Operation.Key? {
    guard let events = untold[position]?.atItsLead else { return known }
    let own = known ?? events.key
    if listed[own]?.absorb(events) == nil { listed[own] = events }
    return own
  }

  /// Whether all events of a match are an operation's own.
  private func isWhole(_ match: CorrelationMatch, in place: Operation.Key, _ operation: Operation?) -> Bool {
    guard let observation = operation?.lead.observation else { return false }
    return match.parts.allSatisfy { part in
      let event = part.event
      return since.map { event.time >= $0 } ?? true && operations[event.id].map { $0 == place } ?? true
        && event.accountID == observation.accountID && event.actor == observation.actor
    }
  }
}

extension CorrelationMatch {
  /// Whether it is worth a finding by itself.
  fileprivate var isFinding: Bool { isComplete && severity >= .medium }
}
