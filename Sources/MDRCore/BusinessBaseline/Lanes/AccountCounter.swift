/// What is collected of one account while observations pass by.
struct AccountCounter: Sendable {
  private(set) var firstSeen = Timestamp(seconds: .max)
  private(set) var lastSeen = Timestamp(seconds: .min)
  private(set) var observations = 0
  private var days = DaySet()
  private var families = FewCounts<BusinessFamily>()

  /// Adds observations of one family.
  mutating func add(_ family: BusinessFamily, _ times: LaneTimes) {
    add(family, times.count)
    firstSeen = min(firstSeen, times.first)
    lastSeen = max(lastSeen, times.last)
    for slot in times.hours.slots { days.insert(slot.day) }
  }

  /// Adds observations of one family, of which `addTimes` tells when they were.
  mutating func add(_ family: BusinessFamily, _ count: Int) {
    observations += count
    families.add(family, count)
  }

  /// Adds when the observations of a lane were.
  mutating func addTimes(of lane: Lane) {
    firstSeen = min(firstSeen, lane.firstSeen)
    lastSeen = max(lastSeen, lane.lastSeen)
    for day in lane.days { days.insert(day) }
  }

  mutating func formUnion(_ other: AccountCounter) {
    firstSeen = min(firstSeen, other.firstSeen)
    lastSeen = max(lastSeen, other.lastSeen)
    observations += other.observations
    days.formUnion(other.days)
    for (family, count) in other.families.entries { families.add(family, count) }
  }

  func account(_ id: String, lanes: [Lane], _ establishment: Establishment) -> BaselineAccount {
    BaselineAccount(
      id: id, name: nil, firstSeen: firstSeen, lastSeen: lastSeen, daysObserved: days.count,
      observations: observations, lanes: lanes.count,
      establishedLanes: lanes.count { $0.standing == .established }, families: families.dictionary,
      isMature: establishment.window.end.day - firstSeen.day + 1 >= establishment.thresholds.matureDays)
  }
}
