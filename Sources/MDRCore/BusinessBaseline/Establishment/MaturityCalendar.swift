/// The days of a window in order, with what lanes showed on each.
struct MaturityCalendar: Sendable {
  /// Days of the longest window whose days are all listed: one event with a wrong year makes it thousands of years.
  private static let longestWindow = 3_660
  /// Days without lanes that follow each other in a longer window, at most.
  private static let longestGap = 92

  private let window: ObservedWindow
  private let firstDay: Int
  /// The window's days; empty where they are too many to be listed.
  private var days: [Day]
  /// What the days of a longer window showed.
  private var sparse: [Int: Day] = [:]
  /// The range of positions in `days` outside which no day showed anything.
  private var seen = 0..<0

  /// An empty calendar.
  init(_ window: ObservedWindow) {
    self.window = window
    firstDay = window.start.day
    days =
      window.days > Self.longestWindow ? [] : [Day](repeating: Day(), count: max(1, window.days))
  }

  /// A calendar of lanes.
  init(of lanes: ArraySlice<Lane>, _ window: ObservedWindow) {
    self.init(window)
    lanes.forEachRecord { _, lane, _ in add(lane.days) }
  }

  /// The same, with the lanes of one work as one where its actor comes from ever other networks: their number says where a
  /// runner happened to start, and nothing of how much is still unseen.
  init(of lanes: ArraySlice<Lane>, _ window: ObservedWindow, joining wandering: WanderingActors) {
    guard !wandering.isEmpty else {
      self.init(of: lanes, window)
      return
    }
    self.init(window)
    var joined: [LaneKey: Set<Int>] = [:]
    for lane in lanes {
      if wandering.work(of: lane.key, from: lane.sourceKind) == nil {
        add(lane.days)
      } else {
        joined[WanderingActors.work(lane.key), default: []].formUnion(lane.days)
      }
    }
    for days in joined.values { add(days.sorted()) }
  }

  /// Counts a lane by the days on which it was seen; others than the window's count for nothing.
  @inline(__always)
  mutating func add(_ laneDays: some RandomAccessCollection<Int>) {
    guard let first = laneDays.first, let last = laneDays.last else { return }
    guard !days.isEmpty else { return addSparsely(laneDays) }
    for (index, day) in laneDays.enumerated() where days.indices.contains(day - firstDay) {
      days[day - firstDay].count(index, of: laneDays.count)
    }
    let end = max(0, min(days.count, last - firstDay + 1))
    include(min(max(0, first - firstDay), end)..<end)
  }

  private mutating func addSparsely(_ laneDays: some Collection<Int>) {
    let end = firstDay + window.days
    for (index, day) in laneDays.enumerated() where day >= firstDay && day < end {
      sparse[day, default: Day()].count(index, of: laneDays.count)
    }
  }

  private mutating func include(_ other: Range<Int>) {
    guard !other.isEmpty else { return }
    seen =
      seen.isEmpty
      ? other : min(seen.lowerBound, other.lowerBound)..<max(seen.upperBound, other.upperBound)
  }

  /// Counts what another calendar of the same window holds.
  mutating func formUnion(_ other: MaturityCalendar) {
    for index in other.seen { days[index].add(other.days[index]) }
    include(other.seen)
    for (day, counts) in other.sparse { sparse[day, default: Day()].add(counts) }
  }

  /// Forgets all lanes and keeps the room.
  mutating func removeAll() {
    for index in seen { days[index] = Day() }
    seen = 0..<0
    sparse.removeAll(keepingCapacity: true)
  }

  /// Calls `body`, in order, with each day that showed anything and its position; returns the number of days, without
  /// those cut from long gaps.
  func forEachSeen(_ body: (_ position: Int, Day) -> Void) -> Int {
    guard days.isEmpty else {
      for index in seen where days[index].incidences > 0 { body(index, days[index]) }
      return days.count
    }
    var position = 0
    var last = firstDay
    for (day, counts) in sparse.sorted(by: { $0.key < $1.key }) {
      position += min(max(day - last - 1, 0), Self.longestGap)
      body(position, counts)
      position += 1
      last = day
    }
    return position + min(max(firstDay + window.days - last - 1, 0), Self.longestGap)
  }

  /// The days that showed anything, in any order.
  var seenDays: [Int] {
    days.isEmpty ? Array(sparse.keys) : seen.lazy.filter { days[$0].incidences > 0 }.map { $0 + firstDay }
  }

  /// What one day showed.
  struct Day: Sendable {
    /// Lanes seen.
    var incidences = 0
    /// Lanes seen for the first time.
    var new = 0
    /// Lanes seen for the second time.
    var again = 0
    /// Lanes seen on this day and no other.
    var alone = 0

    /// Counts a lane on the day that is number `index`, from 0, of all its days.
    @inline(__always)
    mutating func count(_ index: Int, of days: Int) {
      incidences += 1
      if index == 0 { new += 1 }
      if index == 1 { again += 1 }
      if days == 1 { alone += 1 }
    }

    mutating func add(_ other: Day) {
      incidences += other.incidences
      new += other.new
      again += other.again
      alone += other.alone
    }
  }
}
