/// The lanes that were collected, made on several threads.
struct FinishedLanes {
  /// Sorted by key.
  let lanes: [Lane]
  /// What each of them is wherever it is.
  let habits: [LaneHabit]
  /// Sorted by id.
  let accounts: [BaselineAccount]

  /// Shares that a thread takes at once: few enough that threads finish together, also where there is but one account.
  private static let stretchSize = 4_096

  /// Some lanes of an account, next to each other.
  private struct Stretch: Sendable {
    /// The account's position.
    var account: Int
    var shares: Range<Int>
    /// Where the lanes go.
    var place: Int
    var count: Int
  }

  init(of collected: [NameNumber: AccountLanes], by finisher: LaneFinisher, jobs: Int) {
    let (names, establishment) = (finisher.names, finisher.establishment)
    let order = collected.sorted { names.ranks[$0.key] < names.ranks[$1.key] }
    let map = ConcurrentMap(jobs: jobs)
    // The largest first, so that no thread is left with one at the end.
    let bySize = order.indices.sorted {
      (order[$1].value.span.count, $0) < (order[$0].value.span.count, $1)
    }
    let sorted = map.map(order.count) { order[bySize[$0]].value.shares(ranks: names.ranks) }
    var shares = [[AccountLanes.Share]](repeating: [], count: order.count)
    for (position, own) in zip(bySize, sorted) { shares[position] = own }

    var stretches: [Stretch] = []
    var count = 0
    for (account, own) in shares.enumerated() {
      for (range, lanes) in AccountLanes.stretches(own, of: Self.stretchSize) {
        stretches.append(Stretch(account: account, shares: range, place: count, count: lanes))
        count += lanes
      }
    }
    var counters: [AccountCounter] = []
    var habits: [LaneHabit] = []
    lanes = [Lane](unsafeUninitializedCapacity: count) { lanes, made in
      habits = [LaneHabit](unsafeUninitializedCapacity: count) { habits, made in
        let room = (lanes: SharedRoom(lanes), habits: SharedRoom(habits))
        counters = map.map(stretches.count) { [shares, stretches] number in
          let stretch = stretches[number]
          var finisher = finisher
          var place = stretch.place
          return order[stretch.account].value.makeLanes(
            of: shares[stretch.account][stretch.shares], by: &finisher
          ) { lane, key in
            room.habits.put(LaneHabit(key, establishment.role(of: lane)), at: place)
            room.lanes.put(lane, at: place)
            place += 1
          }
        }
        made = count
      }
      made = count
    }
    self.habits = habits
    var totals = [AccountCounter](repeating: AccountCounter(), count: order.count)
    for (stretch, counter) in zip(stretches, counters) { totals[stretch.account].formUnion(counter) }
    accounts = zip(order, totals).map { $1.account(names[$0.key], establishment) }
  }
}
