/// What a correlation keeps of an event: enough to find it again and to say why it counted.
package struct CorrelatedEvent: Equatable, Comparable, Sendable {
  package var time: Timestamp
  package var eventID: String
  package var accountID: String
  package var region: String
  package var eventSource: String
  package var eventName: String
  package var actor: String
  package var source: String
  package var outcome: Outcome
  /// What was not known when it was judged.
  package var causes: UnknownCauses
  /// Why it counted, where that is asked for; put into words only where it is told.
  package var judgement: LogicJudgement?

  init(_ observation: Observation, _ causes: UnknownCauses, _ judgement: LogicJudgement? = nil) {
    time = observation.eventTime
    eventID = observation.eventID
    accountID = observation.accountID
    region = observation.region
    eventSource = observation.eventSource
    eventName = observation.eventName
    actor = observation.actor
    source = observation.source
    outcome = observation.outcome
    self.causes = causes
    self.judgement = judgement
  }

  /// What was not known when it was judged.
  package var notes: [String] { causes.notes }

  package static func < (one: CorrelatedEvent, other: CorrelatedEvent) -> Bool {
    (one.time, one.eventID) < (other.time, other.eventID)
  }

  var json: JSONValue {
    [
      "event_id": .string(eventID), "event_time": .string(time.iso8601), "account_id": .string(accountID),
      "region": .string(region), "event_source": .string(eventSource), "event_name": .string(eventName),
      "actor": .string(actor), "source": .string(source), "outcome": .string(outcome.rawValue),
      "reasons": JSONValue(judgement?.reasons ?? []),
    ]
  }
}

/// Why events belong together: the values of the keys, in the keys' order.
struct CorrelationGroup: Hashable, Comparable, Sendable {
  var values: [String]

  /// The group of an event; `nil` where a key has no value, because nothing says whose it is.
  init?(_ keys: [GroupKey], _ context: EvaluationContext, _ observation: Observation) {
    values = []
    for key in keys {
      let identity = observation.identity
      switch key {
      case .value(let path):
        guard let value = context.facts.values(at: path, element: nil).lazy.compactMap(\.scalarText).first
        else { return nil }
        values.append(value)
      case .session:
        let start = identity.sessionStart.map { "@" + $0 } ?? ""
        values.append(
          identity.accessKeyID.flatMap { $0.isEmpty ? nil : $0 }
            ?? observation.actorAccountID + "/" + identity.actor + start)
      case .identityPath: values.append(IdentityPaths.node(of: observation))
      }
    }
  }

  static func < (one: CorrelationGroup, other: CorrelationGroup) -> Bool {
    one.values.lexicographicallyPrecedes(other.values)
  }
}
