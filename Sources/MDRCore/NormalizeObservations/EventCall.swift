/// What an event says of the call alone, made stable: which service and name, where, with what result.
struct EventCall {
  var eventSource: String
  var eventName: String
  var rawEventName: String
  var eventType: String
  var awsRegion: String
  var region: String
  var outcome: Outcome
  var errorCode: String?
  var isReadOnly: Bool
  /// What was generalised.
  var notes: [String] = []

  /// What of a call is read as it was logged; empty text where a member is missing.
  struct Logged {
    var eventSource: String
    var eventName: String
    var eventType: String
    var awsRegion: String
    var errorCode: String?
    var isReadOnly: Bool?
  }

  /// A call whose result is known; `isAtGlobalEndpoint` is asked for a service that has one.
  init(
    _ logged: Logged, outcome: Outcome, naming: EventNaming, isAtGlobalEndpoint: () -> Bool
  ) {
    eventSource = EventNaming.source(logged.eventSource)
    rawEventName = logged.eventName
    eventName = naming.name(logged.eventName, eventSource: eventSource)
    eventType = logged.eventType
    awsRegion = logged.awsRegion
    region = EventNaming.region(
      awsRegion, eventSource: eventSource,
      atGlobalEndpoint: eventSource == EventNaming.endpointService && isAtGlobalEndpoint())
    self.outcome = outcome
    errorCode = logged.errorCode
    isReadOnly = logged.isReadOnly ?? EventNaming.isRead(eventName)
    if eventSource != logged.eventSource {
      notes.append("event_source: \(logged.eventSource) to \(eventSource)")
    }
    if eventName != rawEventName { notes.append("event: \(rawEventName) to \(eventName)") }
    if region != awsRegion { notes.append("region: \(awsRegion) to \(region)") }
  }

  /// The text by which a sign-in's response says how it ended, where it is one.
  static func signIn(_ tape: JSONTape, _ response: JSONTape.Index) -> String? {
    tape.text(
      tape.member(response, "ConsoleLogin") ?? tape.member(response, "CheckMfa")
        ?? tape.member(response, "PasswordUpdated") ?? tape.member(response, "SwitchRole"))
  }
}

extension EventCall {
  /// The call of the record that was scanned last; `signIn` is the text by which its response says how a sign-in ended.
  init(_ scanner: borrowing RecordScanner, signIn: String?, naming: EventNaming, isAtGlobalEndpoint: Bool) {
    let logged = Logged(scanner)
    self.init(
      logged,
      outcome: Outcome(errorCode: logged.errorCode, hasMessage: scanner.hasErrorMessage, signIn: signIn),
      naming: naming
    ) { isAtGlobalEndpoint }
  }
}

extension EventCall.Logged {
  /// What the record that was scanned last says of its call.
  init(_ scanner: borrowing RecordScanner) {
    self.init(
      eventSource: scanner.text(scanner[.eventSource]) ?? "",
      eventName: scanner.text(scanner[.eventName]) ?? "",
      eventType: scanner.text(scanner[.eventType]) ?? "", awsRegion: scanner.text(scanner[.awsRegion]) ?? "",
      errorCode: scanner.text(scanner[.errorCode]), isReadOnly: scanner.isReadOnly)
  }
}
