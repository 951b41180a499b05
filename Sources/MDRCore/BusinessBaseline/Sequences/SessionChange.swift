/// A change that an observation made, with what identifies its session.
struct SessionChange: Sendable {
  var session: UInt64
  var account: String
  var actor: String
  var event: String
  var time: Timestamp

  /// Reads an observation; `nil` for reads and for calls that didn't succeed.
  init?(_ observation: Observation) {
    guard observation.outcome == .success, !observation.isReadOnly else { return nil }
    account = observation.accountID
    actor = observation.actor
    event = observation.event
    time = observation.eventTime
    session = SequenceCollector.session(
      of: SessionCounter.digest(account, actor), observation.sessionDigest)
  }
}

/// An actor in an account, whose changes have an order.
struct SequenceOwner: Hashable, Sendable {
  var account: String
  var actor: String
}
