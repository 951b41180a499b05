/// Whose calls are asked for: what is named of one kind widens the question, kinds narrow each other.
struct TimelineQuestion: Sendable {
  var accessKeys: Set<String> = []
  /// Stable keys such as `role:deploy`, or ARNs as logged.
  var actors: Set<String> = []
  /// People, or names of sessions.
  var people: Set<String> = []
  /// Addresses as logged, or stable keys such as `ip:203.0.113.0/24`.
  var sources: Set<String> = []
  /// ARNs or names of what was touched.
  var resources: Set<String> = []
  var accounts: Set<String> = []
  /// Names such as `CreateUser`, alone or behind their service.
  var events: Set<String> = []
  var since: Timestamp?
  var until: Timestamp?
  var isOfChanges = false

  /// Whether it names any call at all, rather than a time only.
  var isNarrow: Bool {
    ![accessKeys, actors, people, sources, resources, accounts, events].allSatisfy(\.isEmpty)
  }

  /// Whether an observation is one of the calls; one without a time may be of any.
  func includes(_ observation: Observation) -> Bool {
    if observation.eventTime.isKnown {
      if let since, observation.eventTime < since { return false }
      if let until, observation.eventTime >= until { return false }
    }
    let identity = observation.identity
    return (!isOfChanges || !observation.isReadOnly)
      && Self.holds(accessKeys) { uses($0, observation) || Self.names($0, observation) }
      && Self.holds(actors) { $0 == identity.actor || $0 == identity.arn }
      && Self.holds(people) { $0 == identity.person || $0 == identity.sessionName }
      && Self.holds(sources) { $0 == observation.source || $0 == observation.origin.sourceIP }
      && Self.holds(resources) { Self.names($0, observation) }
      && Self.holds(accounts) { $0 == observation.accountID }
      && Self.holds(events) { $0 == observation.eventName || $0 == observation.event }
  }

  /// Whether a call was made with a key, rather than about it.
  func uses(_ key: String, _ observation: Observation) -> Bool { key == observation.identity.accessKeyID }

  private static func names(_ thing: String, _ observation: Observation) -> Bool {
    observation.resources.contains(thing) || observation.targets.values.contains { $0.contains(thing) }
  }

  private static func holds(_ asked: Set<String>, _ isMet: (String) -> Bool) -> Bool {
    asked.isEmpty || asked.contains(where: isMet)
  }
}
