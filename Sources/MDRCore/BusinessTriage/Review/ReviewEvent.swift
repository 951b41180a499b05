/// What the review's questions need of an observation.
struct ReviewEvent: Sendable {
  var call: ReviewCall
  var eventID: EventID
  var time: Timestamp
  /// The number of the first resource of a change.
  var resource: Int?
  var assumption: ReviewEvents.Assumption?

  init(
    call: ReviewCall, eventID: EventID, time: Timestamp, resource: Int?, assumption: ReviewEvents.Assumption?
  ) {
    self.call = call
    self.eventID = eventID
    self.time = time
    self.resource = resource
    self.assumption = assumption
  }

  init(_ observation: Observation, _ calls: ReviewCalls, _ normality: Normality? = nil) {
    call = calls.call(observation)
    eventID = EventID(observation.eventID)
    time = observation.eventTime.known ?? .unknown
    resource = call.isChange ? observation.resources.first.map(Self.number(ofResource:)) : nil
    assumption = ReviewEvents.Assumption(observation, call, isUsual: normality == .established)
  }

  /// A number that stands for a resource in this run: its name is asked for, but never told.
  ///
  /// The library's hash is keyed anew for each run, so that no log can choose names that collide.
  static func number(ofResource name: String) -> Int {
    let number = name.hashValue
    return number == ReviewEvents.Key.noResource ? number + 1 : number
  }
}

extension ReviewEvents.Assumption {
  /// Whether an observation took a role, where it says which.
  static func isOne(_ observation: Observation) -> Bool {
    observation.opensSession && observation.outcome == .success
  }

  /// The role assumption that an observation is; `nil` for any other.
  convenience init?(_ observation: Observation, _ call: ReviewCall, isUsual: Bool) {
    guard Self.isOne(observation), let role = observation.targets["role_arn"]?.first,
      let session = observation.targets["role_session"]?.first
    else { return nil }
    self.init(
      time: observation.eventTime, call: call, eventID: EventID(observation.eventID),
      caller: ReviewEvents.Session(
        actor: observation.actor, account: observation.actorAccountID,
        names: observation.identity.sessionName.map { [$0] } ?? []),
      role: role, session: session, address: observation.origin.sourceIP, isUsual: isUsual)
  }
}
