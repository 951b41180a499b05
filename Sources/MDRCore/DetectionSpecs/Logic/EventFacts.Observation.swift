extension EventFacts {
  /// The facts of a finished observation; its documents are parsed only if logic asks for them.
  package init(_ observation: Observation) {
    self.init(
      eventName: observation.eventName, rawEventName: observation.rawEventName,
      eventSource: observation.eventSource, accountID: observation.accountID,
      actorAccountID: observation.actorAccountID, identity: observation.identity, origin: observation.origin)
    eventType = observation.eventType
    outcome = observation.outcome
    errorCode = observation.errorCode
    isReadOnly = observation.isReadOnly
    region = observation.region
    awsRegion = observation.awsRegion
    businessFamily = observation.businessFamily
    businessRisk = observation.businessRisk
    overrides = observation.overrides.map(\.overrideClass)
    targets = observation.targets
    resources = observation.resources
    let details = observation.details
    request = LazyDocument(text: details.request)
    response = LazyDocument(text: details.response)
    additional = LazyDocument(text: details.additional)
    isTruncated = details.isTruncated
  }
}

extension EventFacts {
  /// Takes in what an event says of its call, in place of another's.
  mutating func take(_ call: EventCall) {
    eventName = call.eventName
    rawEventName = call.rawEventName
    eventSource = call.eventSource
    eventType = call.eventType
    outcome = call.outcome
    errorCode = call.errorCode
    isReadOnly = call.isReadOnly
    region = call.region
    awsRegion = call.awsRegion
  }
}
