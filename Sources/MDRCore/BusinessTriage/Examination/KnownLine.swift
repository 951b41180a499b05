/// What was made of an observation that no operation lists, for others like it.
final class KnownLine: Sendable {
  /// `nil` before the review window.
  let verdict: ExaminedObservation.Verdict?
  let call: ReviewCall
  private let actorAccountID: String
  private let awsRegion: String
  /// Whether it is a change that has its place in a session's order.
  private let isOrdered: Bool
  /// Whether it may have taken a role.
  private let takesRole: Bool

  init(_ observation: Observation, _ examined: ExaminedObservation, _ call: ReviewCall) {
    verdict = examined.verdict
    self.call = call
    actorAccountID = observation.actorAccountID
    awsRegion = observation.awsRegion
    isOrdered = examined.session != nil
    takesRole = ReviewEvents.Assumption.isOne(observation)
  }

  /// The same of another line like it; `nil` where the line isn't plain enough to tell.
  func entry(
    _ line: ObservationLine, _ eventID: UnsafeBufferPointer<UInt8>, at time: Timestamp, isNear: Bool
  ) -> ObservationJudge<ExaminedObservation>.Entry? {
    let digest = EventDigest(eventID)
    var examined = ExaminedObservation(verdict: verdict)
    if isNear {
      let id = EventDigest.uuid(eventID).map { EventID.uuid($0) } ?? .text(String(decoding: eventID, as: UTF8.self))
      examined.event = ReviewEvent(
        call: call, eventID: id, time: time,
        resource: call.isChange ? line.firstResource.map(ReviewEvent.number(ofResource:)) : nil,
        assumption: takesRole ? assumption(line, id, time) : nil)
    }
    if isOrdered { examined.session = session(line, time) }
    return .init(event: digest, time: time, account: call.account, region: awsRegion, element: examined)
  }

  private func session(_ line: ObservationLine, _ time: Timestamp) -> UInt64 {
    let session = line.text(.sessionStart).map { SessionCounter.digest(actorAccountID, $0) }
      ?? SessionCounter.digest(String(time.day))
    return SequenceCollector.session(of: SessionCounter.digest(call.account, call.actor), session)
  }

  private func assumption(_ line: ObservationLine, _ id: EventID, _ time: Timestamp) -> ReviewEvents.Assumption? {
    guard let role = line.target("role_arn"), let session = line.target("role_session") else { return nil }
    return ReviewEvents.Assumption(
      time: time, call: call, eventID: id,
      caller: ReviewEvents.Session(
        actor: call.actor, account: actorAccountID, names: line.text(.sessionName).map { [$0] } ?? []),
      role: role, session: session)
  }
}
