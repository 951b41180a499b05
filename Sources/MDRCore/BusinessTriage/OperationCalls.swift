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
  private(set) var firstSeen: Timestamp
  private(set) var lastSeen: Timestamp
  private var references: [Reference] = []
  /// Calls by event.
  private(set) var events: [String: Int] = [:]
  private(set) var firstOfEvents: [String: FirstCall] = [:]
  /// Calls by day, counted from 1970-01-01.
  private(set) var days: [Int: Int] = [:]
  private(set) var services: Set<String> = []
  private(set) var outcomes: [Outcome: Int] = [:]
  /// Whether there are calls that nobody kept one by one.
  private var hasCrowds = false

  /// No calls yet, of which the first will be about a moment.
  init(from time: Timestamp) { (firstSeen, lastSeen) = (time, time) }

  mutating func add(_ observation: Observation) {
    count(
      1, of: observation.eventName, observation.eventSource, observation.outcome,
      day: observation.eventTime.day)
    refer(to: (observation.eventTime, observation.eventID, observation.record), of: observation.eventName)
  }

  mutating func add(_ call: UnlistedCall) {
    count(1, of: call.kind.eventName, call.kind.eventSource, call.kind.outcome, day: call.time.day)
    refer(to: (call.time, call.id.text, call.record), of: call.kind.eventName)
  }

  /// Adds calls of one minute, up to a moment, that nobody kept one by one.
  mutating func add(_ count: Int, of crowd: UnlistedCalls.Crowd, until last: Timestamp) {
    hasCrowds = true
    lastSeen = max(lastSeen, last)
    let day = Timestamp(seconds: crowd.minute * 60).day
    self.count(count, of: crowd.kind.eventName, crowd.kind.eventSource, crowd.kind.outcome, day: day)
  }

  mutating func formUnion(_ other: OperationCalls) {
    count += other.count
    firstSeen = min(firstSeen, other.firstSeen)
    lastSeen = max(lastSeen, other.lastSeen)
    references += other.references
    events.merge(other.events, uniquingKeysWith: +)
    for (name, call) in other.firstOfEvents { note(call, of: name) }
    days.merge(other.days, uniquingKeysWith: +)
    services.formUnion(other.services)
    outcomes.merge(other.outcomes, uniquingKeysWith: +)
    hasCrowds = hasCrowds || other.hasCrowds
  }

  /// The earliest event ids and records, in order of time.
  var firstReferences: [Reference] {
    Array(
      references.sorted { ($0.time, $0.eventID, $0.record) < ($1.time, $1.eventID, $1.record) }
        .prefix(Self.referenceLimit))
  }

  /// How many of the calls are named, in words; `nil` where all of them are.
  var namedShare: String? {
    let named = min(references.count, Self.referenceLimit)
    guard named < count else { return nil }
    return hasCrowds ? "\(named) of \(count), the first of each minute," : "the first \(named) of \(count)"
  }

  private mutating func count(
    _ added: Int, of name: String, _ service: String, _ outcome: Outcome, day: Int
  ) {
    count += added
    events[name, default: 0] += added
    services.insert(service)
    outcomes[outcome, default: 0] += added
    days[day, default: 0] += added
  }

  private mutating func refer(to reference: Reference, of name: String) {
    firstSeen = min(firstSeen, reference.time)
    lastSeen = max(lastSeen, reference.time)
    references.append(reference)
    if references.count > 4 * Self.referenceLimit { references = firstReferences }
    note(FirstCall(time: reference.time, eventID: reference.eventID), of: name)
  }

  private mutating func note(_ call: FirstCall, of name: String) {
    if let known = firstOfEvents[name], (known.time, known.eventID) <= (call.time, call.eventID) { return }
    firstOfEvents[name] = call
  }
}
