/// What calls that are alike have in common, held once for all of them.
final class ReviewCall: Sendable {
  let account: String
  /// The person where the log names one, else the actor.
  let principal: String
  let actor: String
  let source: String
  let region: String
  /// Service and event name.
  let event: String
  /// The long-lived key that signed the call.
  let accessKey: String?
  let outcome: Outcome
  let isChange: Bool
  let isNetwork: Bool

  init(_ observation: Observation) {
    account = observation.accountID
    actor = observation.actor
    principal = observation.identity.person ?? actor
    source = observation.source
    region = observation.region
    event = observation.event
    outcome = observation.outcome
    isChange = !observation.isReadOnly
    // Keys of sessions begin with ASIA.
    accessKey = observation.identity.accessKeyID.flatMap { $0.hasPrefix("AKIA") ? $0 : nil }
    isNetwork =
      isChange
      && (observation.businessFamily == .networkAndPerimeter || observation.businessRisk == .internetExposure)
  }

  /// The event's name without its service.
  var eventName: String { String(event.drop { $0 != ":" }.dropFirst()) }
}

extension ReviewCall: Hashable {
  static func == (one: ReviewCall, other: ReviewCall) -> Bool {
    (one.account, one.principal, one.actor, one.source, one.event)
      == (other.account, other.principal, other.actor, other.source, other.event)
      && (one.accessKey, one.region, one.outcome, one.isChange, one.isNetwork)
        == (other.accessKey, other.region, other.outcome, other.isChange, other.isNetwork)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(account)
    hasher.combine(principal)
    hasher.combine(source)
    hasher.combine(event)
  }
}

/// The calls that one thread has met.
final class ReviewCalls {
  /// Beyond this many the memo starts anew, so that hostile input can't fill memory.
  private static let limit = 1 << 15

  private var known: Set<ReviewCall> = []

  /// What an observation has in common with calls that are alike.
  func call(_ observation: Observation) -> ReviewCall {
    if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
    return known.insert(ReviewCall(observation)).memberAfterInsert
  }
}
