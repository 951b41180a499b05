/// The lanes that were collected, made on several threads.
struct FinishedLanes {
  /// Sorted by key.
  private var lanes: [Lane]
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
    let order = collected.sorted { names.rank($0.key) < names.rank($1.key) }
    let map = ConcurrentMap(jobs: jobs)
    // The largest first, so that no thread is left with one at the end.
    let bySize = order.indices.sorted {
      (order[$1].value.span.count, $0) < (order[$0].value.span.count, $1)
    }
    let sorted = map.map(order.count) { order[bySize[$0]].value.shares(names) }
    var shares = [[LaneShare]](repeating: [], count: order.count)
    for (position, own) in zip(bySize, sorted) { shares[position] = own }

    var stretches: [Stretch] = []
    var count = 0
    for (account, own) in shares.enumerated() {
      for (range, lanes) in own.stretches(of: Self.stretchSize) {
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
          let (chunk, counter) = order[stretch.account].value.lanes(
            of: shares[stretch.account][stretch.shares], stretch.count, by: &finisher)
          for position in 0..<chunk.count {
            let lane = chunk.lane(position)
            room.habits.put(LaneHabit(lane, establishment), at: stretch.place + position)
            room.lanes.put(lane, at: stretch.place + position)
          }
          return counter
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

  /// Hands the lanes over, so that nobody else holds them.
  mutating func takeLanes() -> [Lane] {
    var taken: [Lane] = []
    swap(&taken, &lanes)
    return taken
  }
}
