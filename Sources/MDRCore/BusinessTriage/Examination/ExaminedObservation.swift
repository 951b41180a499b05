/// What was made of one observation; of what is normal, little more than that it happened.
struct ExaminedObservation: Sendable {
  struct Verdict: Sendable {
    var normality: Normality
    var position: Position
  }

  /// An observation that an operation lists, or that counts for a detection of several events.
  final class Kept: Sendable {
    let id: EventID
    let time: Timestamp
    let kind: CorrelatedKind
    let found: CorrelationTest.Found
    /// The operation that lists it, if one does.
    let listed: (assessment: Assessment, operation: Operation.Key)?

    init(
      _ id: EventID, _ kind: CorrelatedKind, at time: Timestamp, _ found: CorrelationTest.Found,
      listed: (assessment: Assessment, operation: Operation.Key)? = nil
    ) {
      (self.id, self.kind, self.time) = (id, kind, time)
      (self.found, self.listed) = (found, listed)
    }
  }

  /// What questions need of it; `nil` for what lies too far back.
  var event: ReviewEvent?
  /// What identifies the session of the change that it made in the review window.
  var session: UInt64?
  /// What it made, where that may explain a later call.
  var making: Makings.Making?
  /// `nil` before the review window.
  var verdict: Verdict?
  var kept: Kept?

  /// The change that it made in the review window.
  var change: SessionChange? {
    guard let session, let event else { return nil }
    return SessionChange(event, session: session)
  }
}

extension SessionChange {
  fileprivate init(_ change: ReviewEvent, session: UInt64) {
    self.session = session
    account = change.call.account
    actor = change.call.actor
    event = change.call.event
    time = change.time
  }
}
