/// What an account's lanes amount to, added up as they are made.
struct AccountCounter: Sendable {
  private var span = SeenSpan()
  private var lanes = 0
  private var established = 0
  private var days = DaySet()
  private var families = FewCounts<BusinessFamily>()

  /// Adds a lane and the observations of each nature in it.
  mutating func add(_ lane: LaneRecord, days: [Int], _ natures: FewCounts<LaneAccumulator.Nature>) {
    span.add(lane.counts.total, from: lane.firstSeen, to: lane.lastSeen)
    lanes += 1
    if lane.standing == .established { established += 1 }
    for day in days { self.days.insert(day) }
    for (nature, count) in natures.entries { families.add(nature.family, count) }
  }

  mutating func formUnion(_ other: AccountCounter) {
    span.formUnion(other.span)
    lanes += other.lanes
    established += other.established
    days.formUnion(other.days)
    for (family, count) in other.families.entries { families.add(family, count) }
  }

  func account(_ id: String, _ establishment: Establishment) -> BaselineAccount {
    BaselineAccount(
      id: id, name: nil, firstSeen: span.first, lastSeen: span.last, daysObserved: days.count,
      observations: span.count, lanes: lanes, establishedLanes: established, families: families.dictionary,
      isMature: establishment.window.end.day - span.first.day + 1 >= establishment.thresholds.matureDays)
  }
}
