/// The review's events in little room: calls that differ in nothing that is asked for are one entry with a count
/// for each hour.
struct ReviewEvents: Sendable {
  /// Like calls of one hour.
  struct Entry: Sendable {
    var key: Key
    var first: Timestamp
    var last: Timestamp
    var count = 1
    /// The first call's id.
    var eventID: String
  }

  struct Key: Hashable, Sendable {
    var account: UInt32
    /// The person where the log names one, else the actor.
    var principal: UInt32
    var actor: UInt32
    var source: UInt32
    /// Service and event name.
    var event: UInt32
    /// The long-lived key that signed the call; `none` where none did.
    var accessKey: UInt32
    /// The first resource of a change; `none` for calls that read.
    var resource: UInt32
    var outcome: Outcome
    var isChange: Bool
    var isNetwork: Bool
    var hour: Int32

    /// Stands for no name.
    static let none = UInt32.max

    /// Numbers in pairs: a million events are looked up, and words cost more than what is in them.
    func hash(into hasher: inout Hasher) {
      hasher.combine(UInt64(account) << 32 | UInt64(principal))
      hasher.combine(UInt64(source) << 32 | UInt64(event))
      hasher.combine(UInt64(resource) << 32 | UInt64(UInt32(bitPattern: hour)))
    }
  }

  /// One role assumption.
  struct Assumption: Sendable {
    var time: Timestamp
    var account: String
    var principal: String
    /// The caller's own session, by which its own assumption can be found.
    var caller: Session
    var source: String
    var eventName: String
    var eventID: String
    var role: String
    var session: String
  }

  /// The session of a role: whose, and under which names.
  struct Session: Sendable {
    var actor: String
    var account: String
    var names: [String]
  }

  /// Assumptions kept: they are read only where a finding's session hangs on one.
  static let assumptionLimit = 200_000

  private(set) var names = StringTable()
  private(set) var entries: [Entry] = []
  private var positions: [Key: Int32] = [:]
  private(set) var assumptions: [Assumption] = []
  private(set) var coverage = ReviewCoverage()

  /// Notes files that could not be read.
  mutating func note(_ gaps: [CollectionGap]) { coverage.gaps += gaps }

  mutating func add(_ observation: Observation) { add(ReviewEvent(observation)) }

  mutating func add(_ event: ReviewEvent) {
    coverage.add(account: event.account, event.time)
    let key = Key(
      account: names.intern(event.account), principal: names.intern(event.principal),
      actor: names.intern(event.actor), source: names.intern(event.source),
      event: names.intern(event.event), accessKey: event.accessKey.map { names.intern($0) } ?? Key.none,
      resource: event.resource.map { names.intern($0) } ?? Key.none, outcome: event.outcome,
      isChange: event.isChange, isNetwork: event.isNetwork, hour: HourSlot(event.time).hours)
    if let known = positions[key].map(Int.init) {
      entries[known].count += 1
      entries[known].last = max(entries[known].last, event.time)
      if (event.time, event.eventID) < (entries[known].first, entries[known].eventID) {
        (entries[known].first, entries[known].eventID) = (event.time, event.eventID)
      }
    } else {
      positions[key] = Int32(entries.count)
      entries.append(Entry(key: key, first: event.time, last: event.time, eventID: event.eventID))
    }
    if let assumption = event.assumption, assumptions.count < Self.assumptionLimit {
      assumptions.append(assumption)
    }
  }
}
