/// What a correlation keeps of an event: enough to find it again and to say why it counted.
package struct CorrelatedEvent: Equatable, Comparable, Sendable {
  package var time: Timestamp
  let id: EventID
  let kind: CorrelatedKind
  /// What was not known when it was judged.
  package var causes: UnknownCauses
  /// Why it counted, where that is asked for; put into words only where it is told.
  private let reason: Reason?

  /// Most events are kept without a reason, and seldom told.
  private final class Reason: Equatable, Sendable {
    let judgement: LogicJudgement

    init(_ judgement: LogicJudgement) { self.judgement = judgement }

    static func == (one: Reason, other: Reason) -> Bool { one.judgement == other.judgement }
  }

  /// An event that several places hold.
  final class Held: Sendable {
    let event: CorrelatedEvent

    init(_ event: CorrelatedEvent) { self.event = event }
  }

  init(
    _ id: EventID, _ kind: CorrelatedKind, at time: Timestamp, _ causes: UnknownCauses,
    _ judgement: LogicJudgement? = nil
  ) {
    self.time = time
    self.id = id
    self.kind = kind
    self.causes = causes
    reason = judgement.map(Reason.init)
  }

  package var eventID: String { id.text }
  package var accountID: String { kind.accountID }
  package var region: String { kind.region }
  package var eventSource: String { kind.eventSource }
  package var eventName: String { kind.eventName }
  package var actor: String { kind.actor }
  package var source: String { kind.source }
  package var outcome: Outcome { kind.outcome }
  package var judgement: LogicJudgement? { reason?.judgement }

  /// What was not known when it was judged.
  package var notes: [String] { causes.notes }

  package static func < (one: CorrelatedEvent, other: CorrelatedEvent) -> Bool {
    (one.time, one.id) < (other.time, other.id)
  }

  var json: JSONValue {
    [
      "event_id": .string(eventID), "event_time": .string(time.iso8601), "account_id": .string(accountID),
      "region": .string(region), "event_source": .string(eventSource),
      "event_name": .string(eventName), "actor": .string(actor), "source": .string(source),
      "outcome": .string(outcome.rawValue), "reasons": JSONValue(judgement?.reasons ?? []),
    ]
  }
}

/// What events that are alike have in common, held once for all of them.
package final class CorrelatedKind: Sendable {
  let accountID: String
  let region: String
  let eventSource: String
  let eventName: String
  let actor: String
  let source: String
  let outcome: Outcome

  init(_ observation: Observation) {
    accountID = observation.accountID
    region = observation.region
    eventSource = observation.eventSource
    eventName = observation.eventName
    actor = observation.actor
    source = observation.source
    outcome = observation.outcome
  }
}

extension CorrelatedKind: Equatable {
  package static func == (one: CorrelatedKind, other: CorrelatedKind) -> Bool {
    (one.accountID, one.region, one.eventSource, one.eventName, one.actor, one.source)
      == (other.accountID, other.region, other.eventSource, other.eventName, other.actor, other.source)
      && one.outcome == other.outcome
  }
}
