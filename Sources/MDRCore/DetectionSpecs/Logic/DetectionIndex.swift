/// Finds the expressions worth judging for an event, so that most events cost one look-up.
package struct DetectionIndex: Sendable {
  private var byName: [String: [Int]] = [:]
  /// Positions that depend on who acts, not on what is called.
  private var byActorType: [ActorType: [Int]] = [:]
  private var byArchetype: [Archetype: [Int]] = [:]
  private var byEventType: [String: [Int]] = [:]
  private var byErrorCode: [String: [Int]] = [:]
  /// Positions that only calls gone wrong can satisfy.
  private var byOutcome: [Outcome: [Int]] = [:]
  /// Positions that any event may satisfy.
  private var every: [Int] = []

  /// Indexes expressions by their position.
  package init(_ expressions: some Sequence<Expression>) { self.init(expressions.map(\.gate)) }

  init(_ gates: [EventGate]) {
    for (position, gate) in gates.enumerated() {
      if case .only(let names) = gate.names {
        for name in names { byName[name, default: []].append(position) }
      } else if case .only(let codes) = gate.errorCodes {
        for code in codes { byErrorCode[code, default: []].append(position) }
      } else if case .only(let types) = gate.eventTypes {
        for type in types { byEventType[type, default: []].append(position) }
      } else if case .only(let types) = gate.actorTypes {
        for type in types.compactMap(ActorType.init) { byActorType[type, default: []].append(position) }
      } else if case .only(let archetypes) = gate.archetypes {
        for archetype in archetypes.compactMap(Archetype.init) {
          byArchetype[archetype, default: []].append(position)
        }
      } else if case .only(let outcomes) = gate.outcomes, !gate.outcomes.hasSuccess {
        for outcome in outcomes.compactMap(Outcome.init) { byOutcome[outcome, default: []].append(position) }
      } else {
        every.append(position)
      }
    }
  }

  /// What of an event the tables are asked for.
  struct Key {
    var eventName: String
    var rawEventName: String
    var eventType: String
    var errorCode: String?
    var outcome: Outcome
    var actorType: ActorType
    var archetype: Archetype

    init(_ observation: Observation) {
      eventName = observation.eventName
      rawEventName = observation.rawEventName
      eventType = observation.eventType
      errorCode = observation.errorCode
      outcome = observation.outcome
      actorType = observation.identity.type
      archetype = observation.identity.archetype
    }

    init(_ facts: EventFacts) {
      eventName = facts.eventName
      rawEventName = facts.rawEventName
      eventType = facts.eventType
      errorCode = facts.errorCode
      outcome = facts.outcome
      actorType = facts.identity.type
      archetype = facts.identity.archetype
    }
  }

  /// The positions to judge, ascending.
  func candidates(_ key: Key) -> [Int] {
    // A position is in one table only, so that tables needn't be compared.
    var found = byName[key.eventName] ?? []
    var isSorted = true
    func add(_ positions: [Int]?) {
      guard let positions, !positions.isEmpty else { return }
      if !found.isEmpty { isSorted = false }
      found += positions
    }
    if key.rawEventName != key.eventName, let raw = byName[key.rawEventName] {
      add(raw.filter { !found.contains($0) })
    }
    if let code = key.errorCode { add(byErrorCode[code]) }
    if key.outcome != .success { add(byOutcome[key.outcome]) }
    if !byEventType.isEmpty { add(byEventType[key.eventType]) }
    if !byActorType.isEmpty { add(byActorType[key.actorType]) }
    if !byArchetype.isEmpty { add(byArchetype[key.archetype]) }
    add(every)
    if !isSorted { found.sort() }
    return found
  }

  /// The positions to judge for an event of this name by this kind of actor, ascending.
  ///
  /// For gates that open by name or actor type alone, as those of the override table do.
  func candidates(eventName: String, rawEventName: String, actorType: ActorType) -> [Int] {
    let named = byName[eventName]
    let raw = rawEventName == eventName ? nil : byName[rawEventName]
    let typed = byActorType.isEmpty ? nil : byActorType[actorType]
    guard named != nil || raw != nil || typed != nil else { return every }
    return Set((named ?? []) + (raw ?? []) + (typed ?? []) + every).sorted()
  }
}
