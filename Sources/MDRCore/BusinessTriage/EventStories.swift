/// What events are together with others, for the operations that triage lists.
struct EventStories {
  /// An actor's use of an event, of which one observation stands for all that no operation lists.
  private struct Use: Hashable {
    var account: String
    var actor: String
    var event: String
  }

  private var correlator: Correlator
  private let since: Timestamp?
  /// The operations of events that count for a detection of several events.
  private var operations: [String: Operation.Key] = [:]
  private var unlisted: [Use: Assessment] = [:]

  init(_ correlator: Correlator, since: Timestamp?) {
    self.correlator = correlator
    self.since = since
  }

  /// Takes in an observation before the review window: a step, a value or a key that later ones go back to.
  mutating func add(_ earlier: Observation, _ detector: Detector) {
    // The baseline was built from it, so nothing about it is new.
    correlator.add(earlier, detector.context(earlier, baseline: BaselineFacts(count: .max)))
  }

  /// Takes in an observation that was assessed, with the operation that lists it, if one does.
  mutating func add(_ assessment: Assessment, _ detector: Detector, operation: Operation.Key?) {
    let observation = assessment.observation
    let baseline = assessment.comparison.map { BaselineFacts($0) }
    guard correlator.add(observation, detector.context(observation, baseline: baseline)) else { return }
    if let operation {
      operations[observation.eventID] = operation
      return
    }
    let use = Use(account: observation.accountID, actor: observation.actor, event: observation.eventName)
    if let known = unlisted[use]?.observation,
      (known.eventTime, known.eventID) <= (observation.eventTime, observation.eventID)
    {
      return
    }
    unlisted[use] = assessment
  }

  /// Tells operations what their events are part of; what is whole and in none of them becomes one.
  func attach(to listed: inout [Operation.Key: Operation], key: (Assessment) -> Operation.Key) {
    for match in correlator.matches() where since.map({ match.last >= $0 }) ?? true {
      let hosts = match.parts.reversed().compactMap { operations[$0.event.eventID] }
      if let host = hosts.first {
        listed[host]?.take(match)
        continue
      }
      guard match.isComplete, match.severity >= .medium, let event = match.parts.last?.event,
        let assessment = unlisted[
          Use(account: event.accountID, actor: event.actor, event: event.eventName)]
      else { continue }
      let place = key(assessment)
      if listed[place] == nil { listed[place] = Operation(key: place, first: assessment) }
      listed[place]?.take(match)
    }
  }
}
