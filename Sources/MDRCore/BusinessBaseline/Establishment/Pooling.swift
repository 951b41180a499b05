extension Baseline {
  /// Lets thin lanes stand on what the same actor does alike in other accounts.
  ///
  /// A job that runs in seventy accounts runs seldom in each of them: two days here and a habit elsewhere say more than
  /// two days alone. The lane has to have been seen here, on days outside the quarantine and in sessions of their own,
  /// and only for what is no critical outcome: those are judged by their own recurrence in their own account.
  ///
  /// `keys` are the lanes' own, as numbers.
  mutating func establishThinLanes(_ keys: [LaneNumbers]) {
    let quarantineStart = quarantineStart ?? .max
    let candidates = lanes.indices.filter { index in
      let lane = lanes[index]
      return lane.standing == .observed && lane.overrides.isEmpty && lane.counts[.success] == lane.count
        && lane.sessions >= thresholds.pooledDays
        && lane.days.count(where: { $0 < quarantineStart }) >= thresholds.pooledDays
    }
    guard !candidates.isEmpty else { return }
    var accountsByHabit = Dictionary(
      candidates.map { (Habit(keys[$0]), 0) }, uniquingKeysWith: { first, _ in first })
    for (lane, key) in zip(lanes, keys) where lane.standing == .established && !lane.hangsOnOneDay {
      accountsByHabit[Habit(key)]? += 1
    }
    var established: [String: Int] = [:]
    for index in candidates {
      let peers = accountsByHabit[Habit(keys[index])] ?? 0
      guard peers >= thresholds.pooledAccounts else { continue }
      lanes[index].change {
        $0.standing = .established
        $0.peerAccounts = peers
      }
      established[lanes[index].key.account, default: 0] += 1
    }
    for index in accounts.indices { accounts[index].establishedLanes += established[accounts[index].id] ?? 0 }
  }
}

/// A lane wherever it is.
private struct Habit: Hashable {
  private let call: UInt64
  private let place: UInt64

  init(_ key: LaneNumbers) {
    call = UInt64(key.actor) << 32 | UInt64(key.event)
    place = UInt64(key.source) << 32 | UInt64(key.region)
  }
}
