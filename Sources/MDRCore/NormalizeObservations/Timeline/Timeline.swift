/// Calls in the order in which they happened: the earliest in full, the others by their counts.
///
/// Memory grows with the calls that are shown and the distinct events, not with all calls.
struct Timeline {
  /// A call, as the list shows it.
  struct Call: Sendable {
    var time: Timestamp
    var account: String
    var event: String
    var outcome: Outcome
    var errorCode: String?
    /// The session's person or name behind the actor.
    var actor: String
    var person: String?
    var source: String
    var touched: [String]
    var eventID: String

    init(_ observation: Observation) {
      time = observation.eventTime
      account = observation.accountID
      event = observation.event
      outcome = observation.outcome
      errorCode = observation.errorCode
      actor = observation.actor
      person = observation.identity.person ?? observation.identity.sessionName
      source = observation.origin.sourceIP.isEmpty ? observation.source : observation.origin.sourceIP
      let targets = observation.targets.sorted { $0.key < $1.key }.flatMap(\.value)
      touched = Array((targets.isEmpty ? observation.resources : targets).prefix(Self.touchedLimit))
      eventID = observation.eventID
    }

    private static let touchedLimit = 4

    fileprivate static func isEarlier(_ one: Call, than other: Call) -> Bool {
      (one.time.inOrder, one.eventID) < (other.time.inOrder, other.eventID)
    }
  }

  let limit: Int
  private(set) var count = 0
  private var calls: [Call] = []
  private(set) var events: [String: Int] = [:]
  private(set) var accounts: Set<String> = []

  init(limit: Int) { self.limit = limit }

  mutating func add(_ call: Call) {
    count += 1
    events[call.event, default: 0] += 1
    accounts.insert(call.account)
    calls.append(call)
    if calls.count >= 2 * limit + 1_000 { calls = shown }
  }

  /// The earliest calls; calls without a time come last.
  var shown: [Call] { Array(calls.sorted(by: Call.isEarlier).prefix(limit)) }
}
