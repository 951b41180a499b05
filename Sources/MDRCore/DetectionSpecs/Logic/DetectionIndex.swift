/// Finds the expressions worth judging for an event, so that most events cost one look-up.
package struct DetectionIndex: Sendable {
  private var byName: [String: [Int]] = [:]
  /// Positions that depend on who acts, not on what is called.
  private var byActorType: [String: [Int]] = [:]
  /// Positions that any event may satisfy.
  private var every: [Int] = []

  /// Indexes expressions by their position.
  package init(_ expressions: some Sequence<Expression>) { self.init(expressions.map(\.gate)) }

  init(_ gates: [EventGate]) {
    for (position, gate) in gates.enumerated() {
      switch (gate.names, gate.actorTypes) {
      case (.only(let names), _): for name in names { byName[name, default: []].append(position) }
      case (.every, .only(let types)): for type in types { byActorType[type, default: []].append(position) }
      case (.every, .every): every.append(position)
      }
    }
  }

  /// The positions to judge, ascending.
  package func candidates(_ facts: EventFacts) -> [Int] {
    candidates(
      eventName: facts.eventName, rawEventName: facts.rawEventName, actorType: facts.identity.type)
  }

  /// The positions to judge for an event of this name by this kind of actor, ascending.
  func candidates(eventName: String, rawEventName: String, actorType: ActorType) -> [Int] {
    let named = byName[eventName]
    let raw = rawEventName == eventName ? nil : byName[rawEventName]
    let typed = byActorType.isEmpty ? nil : byActorType[actorType.rawValue]
    guard named != nil || raw != nil || typed != nil else { return every }
    return Set((named ?? []) + (raw ?? []) + (typed ?? []) + every).sorted()
  }
}
