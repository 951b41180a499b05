/// The calls of an operation: how many of what, when, how they ended, and which records they are.
struct OperationCalls: Sendable {
  /// Event ids and records that a finding names; the count says how many there are.
  static let referenceLimit = 1_000

  /// The first call of an event.
  struct FirstCall: Sendable {
    var time: Timestamp
    var eventID: String
  }

  typealias Reference = (time: Timestamp, eventID: String, record: RecordReference)

  private(set) var count = 0
  /// The earliest and latest time of the calls; unknown where none has one.
  private(set) var firstSeen = Timestamp.unknown
  private(set) var lastSeen = Timestamp.unknown
  /// Calls without a time: they are in no day, and neither first nor last.
  private(set) var untimed = 0
  private var references: [Reference] = []
  /// Calls by event.
  private(set) var events: [String: Int] = [:]
  /// Calls that were denied or failed, by event.
  private(set) var refused: [String: Int] = [:]
  private(set) var firstOfEvents: [String: FirstCall] = [:]
  /// Calls by day, counted from 1970-01-01.
  private(set) var days: [Int: Int] = [:]
  private(set) var services: Set<String> = []
  private(set) var outcomes: [Outcome: Int] = [:]

  mutating func add(_ observation: Observation) {
    let time = observation.eventTime
    count += 1
    firstSeen = firstSeen.earlier(time)
    lastSeen = lastSeen.later(time)
    references.append((time, observation.eventID, observation.record))
    if references.count > 4 * Self.referenceLimit { references = firstReferences }
    events[observation.eventName, default: 0] += 1
    note(FirstCall(time: time, eventID: observation.eventID), of: observation.eventName)
    if time.isKnown { days[time.day, default: 0] += 1 } else { untimed += 1 }
    services.insert(observation.eventSource)
    outcomes[observation.outcome, default: 0] += 1
    if observation.outcome != .success { refused[observation.eventName, default: 0] += 1 }
  }

  /// Whether no call of an event took effect.
  func isRefused(_ event: String) -> Bool { refused[event].map { $0 == events[event] } ?? false }

  mutating func formUnion(_ other: OperationCalls) {
    count += other.count
    firstSeen = firstSeen.earlier(other.firstSeen)
    lastSeen = lastSeen.later(other.lastSeen)
    untimed += other.untimed
    references += other.references
    events.merge(other.events, uniquingKeysWith: +)
    for (name, call) in other.firstOfEvents { note(call, of: name) }
    days.merge(other.days, uniquingKeysWith: +)
    services.formUnion(other.services)
    outcomes.merge(other.outcomes, uniquingKeysWith: +)
    refused.merge(other.refused, uniquingKeysWith: +)
  }

  /// The earliest event ids and records, in order of time; those without one come last.
  var firstReferences: [Reference] {
    Array(
      references.sorted {
        ($0.time.inOrder, $0.eventID, $0.record) < ($1.time.inOrder, $1.eventID, $1.record)
      }
      .prefix(Self.referenceLimit))
  }

  /// From when to when the calls are, in words.
  var span: String {
    firstSeen.span(to: lastSeen)
  }

  private mutating func note(_ call: FirstCall, of name: String) {
    if let known = firstOfEvents[name],
      (known.time.inOrder, known.eventID) <= (call.time.inOrder, call.eventID)
    {
      return
    }
    firstOfEvents[name] = call
  }
}
