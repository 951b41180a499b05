/// An event that counts for a detection of several events and that is told of nowhere else: what a finding says of it,
/// should the detection be met.
final class UnlistedCall: Sendable {
  let id: EventID
  let time: Timestamp
  let kind: CorrelatedKind
  let record: RecordReference
  /// As logged.
  let sourceIP: String
  /// The first of its resources.
  let resource: String?

  init(
    _ id: EventID, _ kind: CorrelatedKind, at time: Timestamp, _ record: RecordReference, sourceIP: String,
    resource: String?
  ) {
    (self.id, self.time, self.kind, self.record) = (id, time, kind, record)
    (self.sourceIP, self.resource) = (sourceIP, resource)
  }

  static func precedes(_ one: UnlistedCall, _ other: UnlistedCall) -> Bool {
    (one.time, one.id) < (other.time, other.id)
  }
}

extension UnlistedCall: Equatable {
  static func == (one: UnlistedCall, other: UnlistedCall) -> Bool {
    one.id == other.id && one.record == other.record
  }
}

/// Events that nothing else tells of: of each minute the earliest one by one, and how many more there were.
///
/// Which ones stay doesn't hang on the order in which they come.
struct UnlistedCalls: Equatable, Sendable {
  /// Events of one kind in one minute, beyond those that are kept.
  struct Crowd: Hashable, Sendable {
    var minute: Int
    var kind: CorrelatedKind
  }

  /// Events that are kept of a minute.
  static let limit = 200

  private(set) var kept: [UnlistedCall] = []
  private(set) var crowds: [Crowd: Int] = [:]

  init() {}

  /// A few events, of which some are told elsewhere.
  init(_ calls: [UnlistedCall?]) { kept = calls.compactMap(\.self) }

  /// Adds an event of a minute, of which this holds no other.
  mutating func add(_ call: UnlistedCall, minute: Int) {
    kept.append(call)
    if kept.count >= 2 * Self.limit { trim(minute) }
  }

  /// Adds the events of the same minute in another group that turned out to be the same.
  mutating func merge(_ other: UnlistedCalls, minute: Int) {
    kept += other.kept
    crowds.merge(other.crowds, uniquingKeysWith: +)
    trim(minute)
  }

  /// Adds events of other minutes.
  mutating func append(_ other: UnlistedCalls) {
    kept += other.kept
    crowds.merge(other.crowds, uniquingKeysWith: +)
  }

  /// The same with no more than are kept of a minute, in order of time.
  func trimmed(minute: Int) -> UnlistedCalls {
    var calls = self
    calls.trim(minute)
    return calls
  }

  /// The kind that most of them are of; of as many the one that came first.
  var mostFrequentKind: CorrelatedKind? {
    var counts: [CorrelatedKind: Int] = [:]
    for call in kept { counts[call.kind, default: 0] += 1 }
    for (crowd, count) in crowds { counts[crowd.kind, default: 0] += count }
    let most = counts.values.max()
    return kept.sorted(by: UnlistedCall.precedes).first { counts[$0.kind] == most }?.kind
  }

  /// Their kinds, in the order of their first calls.
  var kinds: [CorrelatedKind] {
    var seen: Set<CorrelatedKind> = []
    return kept.sorted(by: UnlistedCall.precedes).map(\.kind).filter { seen.insert($0).inserted }
  }

  /// Those of some kinds.
  func filtered(_ isIncluded: (CorrelatedKind) -> Bool) -> UnlistedCalls {
    var calls = UnlistedCalls(kept.filter { isIncluded($0.kind) })
    calls.crowds = crowds.filter { isIncluded($0.key.kind) }
    return calls
  }

  /// Leaves out what was told before: events, and as many of each crowd.
  mutating func subtract(tellingOf isTold: (UnlistedCall) -> Bool, _ told: [Crowd: Int]) {
    kept.removeAll(where: isTold)
    for (crowd, count) in crowds {
      let rest = count - (told[crowd] ?? 0)
      crowds[crowd] = rest > 0 ? rest : nil
    }
  }

  private mutating func trim(_ minute: Int) {
    kept.sort(by: UnlistedCall.precedes)
    guard kept.count > Self.limit else { return }
    for call in kept[Self.limit...] { crowds[Crowd(minute: minute, kind: call.kind), default: 0] += 1 }
    kept.removeSubrange(Self.limit...)
  }
}
