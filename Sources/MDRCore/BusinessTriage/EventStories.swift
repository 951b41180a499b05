/// What events are together with others, for the operations that triage lists.
struct EventStories {
  /// An actor's use of an event, of which one observation stands for all that no operation lists.
  private struct Use: Hashable {
    var account: String
    var actor: String
    var event: String
  }

  /// What stands for a use: its earliest observation.
  private struct Unlisted {
    var order: (Timestamp, String)
    var kept: ExaminedObservation.Kept

    var assessment: Assessment? {
      guard case .assessed(let assessment, _) = kept.subject else { return nil }
      return assessment
    }
  }

  private var correlator: Correlator
  private let since: Timestamp?
  /// The operations of events that count for a detection of several events.
  private var operations: [String: Operation.Key] = [:]
  private var unlisted: [Use: Unlisted] = [:]

  init(_ correlator: Correlator, since: Timestamp?) {
    self.correlator = correlator
    self.since = since
  }

  /// Takes in an observation that counts: in the review window, or before it as a step, a value or a key that later
  /// ones go back to.
  mutating func add(_ kept: ExaminedObservation.Kept) {
    switch kept.subject {
    case .earlier(let observation): keep(kept.found, observation)
    case .assessed(let assessment, let operation):
      let observation = assessment.observation
      keep(kept.found, observation)
      guard !kept.found.hits.isEmpty else { return }
      if let operation {
        operations[observation.eventID] = operation
        return
      }
      let use = Use(account: observation.accountID, actor: observation.actor, event: observation.eventName)
      let order = (observation.eventTime, observation.eventID)
      if let known = unlisted[use], known.order <= order { return }
      unlisted[use] = Unlisted(order: order, kept: kept)
    }
  }

  private mutating func keep(_ found: CorrelationTest.Found, _ observation: Observation) {
    // Findings tell what was not known, and no reasons of single events.
    correlator.keep(found, observation) { _ in nil }
  }

  /// Tells operations what their events are part of; what is whole and in none of them becomes one.
  func attach(to listed: inout [Operation.Key: Operation]) {
    for match in correlator.matches() where since.map({ match.last >= $0 }) ?? true {
      let hosts = match.parts.reversed().compactMap { operations[$0.event.eventID] }
      if let host = hosts.first {
        listed[host]?.take(match)
        continue
      }
      guard match.isComplete, match.severity >= .medium, let event = match.parts.last?.event,
        let assessment = unlisted[
          Use(account: event.accountID, actor: event.actor, event: event.eventName)]?.assessment
      else { continue }
      let place = Operation.Key(assessment)
      if listed[place] == nil { listed[place] = Operation(key: place, first: assessment) }
      listed[place]?.take(match)
    }
  }
}
