/// When, and in which sessions, observations of one contribution were seen.
struct LaneTimes: Sendable {
  private(set) var count = 0
  private(set) var first = Timestamp(seconds: .max)
  private(set) var last = Timestamp(seconds: .min)
  private(set) var hours = HourSlots()
  private(set) var sessions = SessionCounter()

  init() {}

  /// Times that another program collected.
  init(
    count: Int, first: Timestamp, last: Timestamp, hours: [HourSlot], sessions: [(digest: UInt64, day: Int)]
  ) {
    self.count = count
    self.first = first
    self.last = last
    for hour in hours.sorted() { self.hours.insert(hour) }
    for session in sessions { self.sessions.insert(session.digest, day: session.day) }
  }

  /// Adds observations of one moment.
  @inline(__always)
  mutating func add(_ time: Timestamp, session: UInt64, count added: Int = 1) {
    count += added
    if time < first { first = time }
    if time > last { last = time }
    let slot = HourSlot(time)
    hours.insert(slot)
    sessions.insert(session, day: slot.day)
  }

  /// Takes moments in place of what was there.
  @inline(__always)
  mutating func fill(with moments: UnsafeBufferPointer<MomentLog.Moment>) {
    removeAll()
    for moment in moments { add(moment.time, session: moment.session, count: Int(moment.count)) }
  }

  /// Starts anew and keeps the room.
  private mutating func removeAll() {
    count = 0
    first = Timestamp(seconds: .max)
    last = Timestamp(seconds: .min)
    hours.removeAll()
    sessions.removeAll()
  }
}
