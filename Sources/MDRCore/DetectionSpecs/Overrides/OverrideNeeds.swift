/// What an event's critical outcomes can depend on besides its call, its account and its kind of actor.
///
/// Events that agree in all of it have the same overrides, so that one of them is judged for all.
struct OverrideNeeds: Equatable, Sendable {
  /// First members of each document that are looked at; `nil` where the whole document is.
  var request: Set<String>? = []
  var response: Set<String>? = []
  var additional: Set<String>? = []
  /// The session's own facts: its name, key, start and second factor.
  var isOfSession = false
  /// Address, endpoint and user agent.
  var isOfOrigin = false
  /// Targets and resources, wherever the event names them.
  var isOfTargets = false

  /// What some expressions depend on.
  init(_ expressions: some Sequence<Expression>) {
    for path in expressions.lazy.flatMap(\.paths) {
      switch path.root {
      case .request: Self.note(path, in: &request)
      case .response: Self.note(path, in: &response)
      case .additional: Self.note(path, in: &additional)
      case .element: break
      case .target, .field(.resource): isOfTargets = true
      case .field(let field): note(field)
      }
    }
  }

  private static func note(_ path: FactPath, in members: inout Set<String>?) {
    guard case .key(let name)? = path.steps.first else {
      members = nil
      return
    }
    members?.insert(name)
  }

  private mutating func note(_ field: FactField) {
    switch field {
    case .source, .sourceKind, .sourceIP, .vpcEndpointID, .userAgent, .userAgentFamily: isOfOrigin = true
    case .actorARN, .userName, .person, .sessionName, .sessionClass, .accessKeyID, .staticKey, .mfa:
      isOfSession = true
    default: break
    }
  }
}

extension OverrideTable {
  /// What the overrides of an event depend on, or `nil` where it can't be any.
  func needs(
    eventName: String, rawEventName: String, eventSource: String, actorType: ActorType
  ) -> OverrideNeeds? {
    let positions = candidates(
      eventName: eventName, rawEventName: rawEventName, eventSource: eventSource, actorType: actorType)
    return positions.isEmpty ? nil : OverrideNeeds(positions.map { entries[$0].when })
  }
}
