/// Finds the expressions worth judging for an event, so that most events cost one look-up.
package struct DetectionIndex: Sendable {
  private var byName: [String: [Int]] = [:]
  /// Positions that depend on who acts, not on what is called.
  private var byActorType: [String: [Int]] = [:]
  private var byEventType: [String: [Int]] = [:]
  private var byErrorCode: [String: [Int]] = [:]
  /// Positions that only calls gone wrong can satisfy.
  private var byOutcome: [String: [Int]] = [:]
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
        for type in types { byActorType[type, default: []].append(position) }
      } else if case .only(let outcomes) = gate.outcomes, !gate.outcomes.hasSuccess {
        for outcome in outcomes { byOutcome[outcome, default: []].append(position) }
      } else {
        every.append(position)
      }
    }
  }

  /// The positions to judge, ascending.
  package func candidates(_ facts: EventFacts) -> [Int] {
    // A position is in one table only, so that tables needn't be compared.
    var found = byName[facts.eventName] ?? []
    var isSorted = true
    func look(_ table: [String: [Int]], _ key: String) {
      guard !table.isEmpty, let positions = table[key] else { return }
      isSorted = found.isEmpty
      found += positions
    }
    if facts.rawEventName != facts.eventName, let raw = byName[facts.rawEventName] {
      isSorted = found.isEmpty
      found += raw.filter { !found.contains($0) }
    }
    if let code = facts.errorCode { look(byErrorCode, code) }
    if facts.outcome != .success { look(byOutcome, facts.outcome.rawValue) }
    look(byEventType, facts.eventType)
    look(byActorType, facts.identity.type.rawValue)
    if !every.isEmpty {
      isSorted = found.isEmpty
      found += every
    }
    if !isSorted { found.sort() }
    return found
  }

  /// The positions to judge for an event of this name by this kind of actor, ascending.
  ///
  /// For gates that open by name or actor type alone, as those of the override table do.
  func candidates(eventName: String, rawEventName: String, actorType: ActorType) -> [Int] {
    let named = byName[eventName]
    let raw = rawEventName == eventName ? nil : byName[rawEventName]
    let typed = byActorType.isEmpty ? nil : byActorType[actorType.rawValue]
    guard named != nil || raw != nil || typed != nil else { return every }
    return Set((named ?? []) + (raw ?? []) + (typed ?? []) + every).sorted()
  }
}
