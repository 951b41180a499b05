/// What an event's critical outcomes can depend on besides its call.
///
/// Events that agree in all of it have the same overrides, so that one of them is judged for all.
struct OverrideNeeds: Equatable, Sendable {
  /// First members of each document that are looked at; `nil` where the whole document is.
  var request: Set<String>? = []
  var response: Set<String>? = []
  var additional: Set<String>? = []
  /// The accounts of the event and of its actor.
  var isOfAccounts = false
  /// What the actor is, by type, archetype, credentials and the service that it was called by.
  var isOfActorKind = false
  /// The actor's own names.
  var isOfActor = false
  /// What one session of an actor has of its own: its name and key.
  var isOfSession = false
  /// Address, endpoint and user agent as logged.
  var isOfAddress = false
  /// The stable source and the user agent's family.
  var isOfSource = false
  /// Targets and resources, wherever the event names them.
  var isOfTargets = false

  /// What some expressions depend on.
  init(_ expressions: some Sequence<Expression>) {
    for expression in expressions {
      if expression.asksForAccounts { isOfAccounts = true }
      if expression.asksForPorts { request?.formUnion(PortRange.members) }
    }
    for path in expressions.lazy.flatMap(\.paths) {
      switch path.root {
      case .request: Self.note(path, in: &request)
      case .response: Self.note(path, in: &response)
      case .additional: Self.note(path, in: &additional)
      case .element: break
      case .target: isOfTargets = true
      case .field(let field): note(field)
      }
    }
  }

  /// What some entries depend on, their weight too.
  init(of entries: [OverrideEntry]) {
    self.init(entries.map(\.when))
    if entries.contains(where: { $0.severityByDeployment != nil }) { isOfActorKind = true }
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
    case .sourceIP, .vpcEndpointID, .userAgent: isOfAddress = true
    case .source, .sourceKind, .userAgentFamily: isOfSource = true
    case .actorARN, .sessionName, .accessKeyID: isOfSession = true
    case .actorType, .identityType, .archetype, .sessionClass, .staticKey, .mfa, .invokedBy, .byAWSService,
      .byPerson:
      isOfActorKind = true
    case .actor, .userName, .person: isOfActor = true
    case .accountID, .actorAccountID, .crossAccount: isOfAccounts = true
    case .eventName, .eventSource, .eventType, .outcome, .errorCode, .readOnly, .region, .awsRegion: break
    // Family and risk follow the archetype; overrides are what is asked for.
    case .businessFamily, .businessRisk, .override: isOfActorKind = true
    case .resource: isOfTargets = true
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
    return positions.isEmpty ? nil : OverrideNeeds(of: positions.map { entries[$0] })
  }
}
