/// What was made of an observation that no operation lists, for others like it; for one thread.
final class KnownLine {
  /// `nil` before the review window.
  private let verdict: ExaminedObservation.Verdict?
  private let call: ReviewCall
  private let kind: CorrelatedKind
  private let actorAccountID: String
  private let person: String?
  private let awsRegion: String
  /// Whether it is a change that has its place in a session's order.
  private let isOrdered: Bool
  /// Whether it took a role, where it says which.
  private let takesRole: Bool
  private let standings: KnownStandings
  /// What it made but for the name, and the member of the request that has that.
  private let making: (like: Makings.Making, member: [UInt8])?
  /// Of the observation as logged.
  private let mark: CallMark

  init(
    _ observation: Observation, _ mark: CallMark, _ examined: ExaminedObservation, _ call: ReviewCall,
    _ standings: KnownStandings, _ makings: MakingTable
  ) {
    verdict = examined.verdict
    self.mark = mark
    self.call = call
    kind = examined.kept?.kind ?? CorrelatedKind(observation)
    actorAccountID = observation.actorAccountID
    person = observation.identity.person
    awsRegion = observation.awsRegion
    isOrdered = examined.session != nil
    takesRole = ReviewEvents.Assumption.isOne(observation)
    self.standings = standings
    making = makings.deed(observation).flatMap { deed in
      Makings.Making(deed.unnamed, observation, deed).map { ($0, Array(deed.member.utf8)) }
    }
  }

  /// The same of another line like it.
  func entry(
    _ line: ObservationLine, _ eventID: UnsafeBufferPointer<UInt8>, at time: Timestamp, isNear: Bool,
    _ together: CorrelationTest
  ) -> ObservationJudge<ExaminedObservation>.Entry {
    let uuid = EventDigest.uuid(eventID)
    let id = uuid.map { EventID.uuid($0) } ?? .text(String(decoding: eventID, as: UTF8.self))
    var examined = ExaminedObservation(verdict: verdict)
    let found = standings.found(line, signer(line), together)
    if !found.isEmpty {
      examined.kept = ExaminedObservation.Kept(id, kind, at: time, found)
    }
    if isNear {
      examined.event = ReviewEvent(
        call: call, eventID: id, time: time,
        resource: call.isChange ? line.firstResource.map(ReviewEvent.number(ofResource:)) : nil,
        assumption: takesRole ? assumption(line, id, time) : nil)
      examined.making = making(line, at: time)
    }
    if isOrdered { examined.session = session(line, time) }
    return .init(
      event: EventKey(id: uuid ?? EventDigest(eventID), call: mark), time: time, account: call.account,
      region: awsRegion, element: examined)
  }

  private func signer(_ line: ObservationLine) -> CorrelationSubject.Signer {
    CorrelationSubject.Signer(
      accessKeyID: line.text(.accessKeyID), actorAccountID: actorAccountID, actor: call.actor,
      sessionStart: line.text(.sessionStart), person: person)
  }

  private func session(_ line: ObservationLine, _ time: Timestamp) -> UInt64 {
    let session =
      line.text(.sessionStart).map { SessionCounter.digest(actorAccountID, $0) }
      ?? SessionCounter.digest(String(time.day))
    return SequenceCollector.session(of: SessionCounter.digest(call.account, call.actor), session)
  }

  /// The same made of another name.
  private func making(_ line: ObservationLine, at time: Timestamp) -> Makings.Making? {
    guard let making, let request = line.decoder.node(.request), line.tape.kind(request) == .object,
      let name = line.tape.text(line.tape.member(request, utf8: making.member))
    else { return nil }
    var made = making.like
    made.thing.name = name
    made.time = time
    return made
  }

  private func assumption(
    _ line: ObservationLine, _ id: EventID, _ time: Timestamp
  ) -> ReviewEvents.Assumption? {
    guard let role = line.targetValues("role_arn").first,
      let session = line.targetValues("role_session").first
    else { return nil }
    return ReviewEvents.Assumption(
      time: time, call: call, eventID: id,
      caller: ReviewEvents.Session(
        actor: call.actor, account: actorAccountID, names: line.text(.sessionName).map { [$0] } ?? []),
      role: role, session: session, address: line.text(.sourceIP) ?? "",
      isUsual: verdict?.normality == .established)
  }
}
