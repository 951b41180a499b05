/// The review's events in little room: calls that differ in nothing that is asked for are one entry with a count
/// for each hour.
struct ReviewEvents: Sendable {
  /// Like calls of one hour.
  struct Entry: Sendable {
    let key: Key
    /// The first call's id.
    private(set) var eventID: EventID
    private(set) var count: Int32 = 1
    /// Seconds from the hour's start: there are a million entries, and they are of one hour each.
    private var firstSecond: UInt16
    private var lastSecond: UInt16

    init(_ key: Key, _ event: ReviewEvent) {
      self.key = key
      eventID = event.eventID
      firstSecond = UInt16(clamping: event.time.seconds - Int(key.hour) * 3_600)
      lastSecond = firstSecond
    }

    var first: Timestamp { Timestamp(seconds: Int(key.hour) * 3_600 + Int(firstSecond)) }
    var last: Timestamp { Timestamp(seconds: Int(key.hour) * 3_600 + Int(lastSecond)) }

    mutating func add(_ event: ReviewEvent) {
      let second = UInt16(clamping: event.time.seconds - Int(key.hour) * 3_600)
      count += 1
      lastSecond = max(lastSecond, second)
      if (second, event.eventID) < (firstSecond, eventID) { (firstSecond, eventID) = (second, event.eventID) }
    }
  }

  struct Key: Hashable, Sendable {
    /// The position among `calls`.
    var call: UInt32
    var hour: Int32
    /// The number of the first resource of a change.
    var resource: Int

    /// Stands for calls that read, or touch nothing.
    static let noResource = 0

    /// Numbers are hashed in pairs: with a million look-ups, the rounds of hashing cost more than what goes into
    /// them.
    func hash(into hasher: inout Hasher) {
      hasher.combine(UInt64(call) << 32 | UInt64(UInt32(bitPattern: hour)))
      hasher.combine(resource)
    }
  }

  /// A call with its names' numbers.
  struct Call: Hashable, Sendable {
    var account: UInt32
    /// The person where the log names one, else the actor.
    var principal: UInt32
    var actor: UInt32
    var source: UInt32
    /// What one operation did in a region is no part of what another did elsewhere in the same hour.
    var region: UInt32
    /// Service and event name.
    var event: UInt32
    /// The long-lived key that signed the call; `none` where none did.
    var accessKey: UInt32
    var outcome: Outcome
    var isChange: Bool
    var isNetwork: Bool

    /// Stands for no name.
    static let none = UInt32.max
  }

  /// One role assumption.
  final class Assumption: Sendable {
    let time: Timestamp
    /// The caller's call.
    let call: ReviewCall
    let eventID: EventID
    /// The caller's own session, by which its own assumption can be found.
    let caller: Session
    let role: String
    let session: String
    /// The address that it came from.
    let address: String
    /// Whether it was made in an established lane of the caller's.
    let isUsual: Bool

    init(
      time: Timestamp, call: ReviewCall, eventID: EventID, caller: Session, role: String, session: String,
      address: String, isUsual: Bool
    ) {
      (self.time, self.call, self.eventID) = (time, call, eventID)
      (self.caller, self.role, self.session) = (caller, role, session)
      (self.address, self.isUsual) = (address, isUsual)
    }
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
  private(set) var calls: [Call] = []
  private(set) var entries = ChunkedList<Entry>()
  private var positions: [Key: Int32] = [:]
  private(set) var assumptions: [Assumption] = []
  private(set) var coverage = ReviewCoverage()
  private var numbers: [Call: UInt32] = [:]
  /// The numbers of the calls that threads hand over, by identity; each call is held, so that no other can get its
  /// address.
  private var met: [ObjectIdentifier: (call: ReviewCall, number: UInt32)] = [:]

  /// Notes files that could not be read.
  mutating func note(_ gaps: [CollectionGap]) { coverage.gaps += gaps }

  mutating func add(_ event: ReviewEvent) {
    let key = Key(
      call: number(event.call), hour: HourSlot(event.time).hours, resource: event.resource ?? Key.noResource)
    if let known = positions[key].map(Int.init) {
      coverage.extend(to: event.time)
      entries[known].add(event)
    } else {
      coverage.add(account: event.call.account, event.time)
      positions[key] = Int32(entries.count)
      entries.append(Entry(key, event))
    }
    if let assumption = event.assumption, assumptions.count < Self.assumptionLimit {
      assumptions.append(assumption)
    }
  }

  private mutating func number(_ shared: ReviewCall) -> UInt32 {
    if let known = met[ObjectIdentifier(shared)] { return known.number }
    let call = Call(
      account: names.intern(shared.account), principal: names.intern(shared.principal),
      actor: names.intern(shared.actor), source: names.intern(shared.source),
      region: names.intern(shared.region),
      event: names.intern(shared.event), accessKey: shared.accessKey.map { names.intern($0) } ?? Call.none,
      outcome: shared.outcome, isChange: shared.isChange, isNetwork: shared.isNetwork)
    let number = numbers[call] ?? UInt32(calls.count)
    if number == calls.count {
      numbers[call] = number
      calls.append(call)
    }
    met[ObjectIdentifier(shared)] = (shared, number)
    return number
  }
}
