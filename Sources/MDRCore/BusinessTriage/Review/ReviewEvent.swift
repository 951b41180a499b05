/// What the review's questions need of an observation.
struct ReviewEvent: Sendable {
  var eventID: String
  var time: Timestamp
  var account: String
  /// The person where the log names one, else the actor.
  var principal: String
  var actor: String
  var source: String
  /// Service and event name.
  var event: String
  /// The long-lived key that signed the call.
  var accessKey: String?
  /// The first resource of a change.
  var resource: String?
  var outcome: Outcome
  var isChange: Bool
  var isNetwork: Bool
  var assumption: ReviewEvents.Assumption?

  init(_ observation: Observation) {
    eventID = observation.eventID
    time = observation.eventTime
    account = observation.accountID
    actor = observation.actor
    principal = observation.identity.person ?? actor
    source = observation.source
    event = observation.event
    outcome = observation.outcome
    isChange = !observation.isReadOnly
    // Keys of sessions begin with ASIA.
    accessKey = observation.identity.accessKeyID.flatMap { $0.hasPrefix("AKIA") ? $0 : nil }
    resource = isChange ? observation.resources.first : nil
    isNetwork =
      isChange
      && (observation.businessFamily == .networkAndPerimeter || observation.businessRisk == .internetExposure)
    assumption = ReviewEvents.Assumption(observation)
  }
}

extension ReviewEvents.Assumption {
  /// The role assumption that an observation is; `nil` for any other.
  init?(_ observation: Observation) {
    guard observation.eventSource == "sts.amazonaws.com", observation.eventName.hasPrefix("AssumeRole"),
      observation.outcome == .success, let role = observation.targets["role_arn"]?.first,
      let session = observation.targets["role_session"]?.first
    else { return nil }
    self.init(
      time: observation.eventTime, account: observation.accountID,
      principal: observation.identity.person ?? observation.actor,
      caller: ReviewEvents.Session(
        actor: observation.actor, account: observation.actorAccountID,
        names: observation.identity.sessionName.map { [$0] } ?? []),
      source: observation.source, eventName: observation.eventName, eventID: observation.eventID,
      role: role, session: session)
  }
}
