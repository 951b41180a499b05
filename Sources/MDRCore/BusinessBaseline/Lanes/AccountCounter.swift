/// What is collected of one account while observations pass by.
struct AccountCounter: Sendable {
  private(set) var firstSeen = Timestamp(seconds: .max)
  private(set) var lastSeen = Timestamp(seconds: .min)
  private(set) var observations = 0
  private var days: Set<Int> = []
  /// The day that was added last: most often the next one too.
  private var lastDay = Int.min
  private var families: [BusinessFamily: Int] = [:]

  /// Adds observations of one family.
  mutating func add(_ family: BusinessFamily, _ times: LaneTimes) {
    firstSeen = min(firstSeen, times.first)
    lastSeen = max(lastSeen, times.last)
    observations += times.count
    for slot in times.hours.slots where slot.day != lastDay {
      lastDay = slot.day
      days.insert(slot.day)
    }
    families[family, default: 0] += times.count
  }

  mutating func formUnion(_ other: AccountCounter) {
    firstSeen = min(firstSeen, other.firstSeen)
    lastSeen = max(lastSeen, other.lastSeen)
    observations += other.observations
    days.formUnion(other.days)
    families.merge(other.families, uniquingKeysWith: +)
  }

  func account(_ id: String, lanes: [Lane], _ establishment: Establishment) -> BaselineAccount {
    BaselineAccount(
      id: id, name: nil, firstSeen: firstSeen, lastSeen: lastSeen, daysObserved: days.count,
      observations: observations, lanes: lanes.count,
      establishedLanes: lanes.count { $0.standing == .established }, families: families,
      isMature: establishment.window.end.day - firstSeen.day + 1 >= establishment.thresholds.matureDays)
  }
}
