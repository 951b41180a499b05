/// What is collected of one account while observations pass by.
struct AccountCounter: Sendable {
  private(set) var firstSeen: Timestamp
  private(set) var lastSeen: Timestamp
  private var observations = 0
  private var days: Set<Int> = []
  private var families: [BusinessFamily: Int] = [:]

  init(first: Timestamp) {
    firstSeen = first
    lastSeen = first
  }

  mutating func add(_ observation: Observation) {
    firstSeen = min(firstSeen, observation.eventTime)
    lastSeen = max(lastSeen, observation.eventTime)
    observations += 1
    days.insert(observation.eventTime.day)
    families[observation.businessFamily, default: 0] += 1
  }

  mutating func formUnion(_ other: AccountCounter) {
    firstSeen = min(firstSeen, other.firstSeen)
    lastSeen = max(lastSeen, other.lastSeen)
    observations += other.observations
    days.formUnion(other.days)
    families.merge(other.families, uniquingKeysWith: +)
  }

  func account(
    _ id: String, lanes: ArraySlice<Lane>, window: ObservedWindow, thresholds: EstablishmentThresholds
  ) -> BaselineAccount {
    BaselineAccount(
      id: id, name: nil, firstSeen: firstSeen, lastSeen: lastSeen, daysObserved: days.count,
      observations: observations, lanes: lanes.count,
      establishedLanes: lanes.count { $0.standing == .established }, families: families,
      isMature: window.end.day - firstSeen.day + 1 >= thresholds.matureDays)
  }
}
