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

  mutating func add(_ observation: Observation) {
    coverage.add(observation)
    let isChange = !observation.isReadOnly
    let resource = isChange ? observation.resources.first : nil
    let accessKey = observation.identity.accessKeyID.flatMap { $0.hasPrefix("AKIA") ? $0 : nil }
    let key = Key(
      account: names.intern(observation.accountID),
      principal: names.intern(observation.identity.person ?? observation.actor),
      actor: names.intern(observation.actor), source: names.intern(observation.source),
      event: names.intern(observation.event), accessKey: accessKey.map { names.intern($0) } ?? Key.none,
      resource: resource.map { names.intern($0) } ?? Key.none, outcome: observation.outcome,
      isChange: isChange,
      isNetwork: isChange
        && (observation.businessFamily == .networkAndPerimeter
          || observation.businessRisk == .internetExposure),
      hour: HourSlot(observation.eventTime).hours)
    if let known = positions[key].map(Int.init) {
      entries[known].count += 1
      entries[known].last = max(entries[known].last, observation.eventTime)
      let isEarlier =
        (observation.eventTime, observation.eventID) < (entries[known].first, entries[known].eventID)
      if isEarlier {
        (entries[known].first, entries[known].eventID) = (observation.eventTime, observation.eventID)
      }
    } else {
      positions[key] = Int32(entries.count)
      entries.append(
        Entry(
          key: key, first: observation.eventTime, last: observation.eventTime, eventID: observation.eventID))
    }
    noteAssumption(observation)
  }

  private mutating func noteAssumption(_ observation: Observation) {
    guard observation.eventSource == "sts.amazonaws.com", observation.eventName.hasPrefix("AssumeRole"),
      observation.outcome == .success, assumptions.count < Self.assumptionLimit,
      let role = observation.targets["role_arn"]?.first,
      let session = observation.targets["role_session"]?.first
    else { return }
    assumptions.append(
      Assumption(
        time: observation.eventTime, account: observation.accountID,
        principal: observation.identity.person ?? observation.actor,
        caller: Session(
          actor: observation.actor, account: observation.actorAccountID,
          names: observation.identity.sessionName.map { [$0] } ?? []),
        source: observation.source, eventName: observation.eventName, eventID: observation.eventID,
        role: role, session: session))
  }
}
