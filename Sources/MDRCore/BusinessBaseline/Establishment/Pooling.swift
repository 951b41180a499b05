extension Baseline {
  /// Lets thin lanes stand on what the same actor does alike in other accounts.
  ///
  /// A job that runs in seventy accounts runs seldom in each of them: two days here and a habit elsewhere say more than
  /// two days alone.
  ///
  /// `habits` are the lanes' own.
  mutating func establishThinLanes(_ habits: [LaneHabit]) {
    var accountsByHabit: [LaneHabit.Call: Int] = [:]
    for habit in habits where habit.role == .thin { accountsByHabit[habit.call] = 0 }
    guard !accountsByHabit.isEmpty else { return }
    for habit in habits where habit.role == .vouching { accountsByHabit[habit.call]? += 1 }
    var established: [String: Int] = [:]
    for (index, habit) in habits.enumerated() where habit.role == .thin {
      let peers = accountsByHabit[habit.call] ?? 0
      guard peers >= thresholds.pooledAccounts else { continue }
      lanes[index].change { lane, _ in
        lane.standing = .established
        lane.peerAccounts = peers
      }
      established[lanes[index].key.account, default: 0] += 1
    }
    for index in accounts.indices { accounts[index].establishedLanes += established[accounts[index].id] ?? 0 }
  }
}

/// A lane wherever it is, and what it has to do with the same lane in other accounts.
struct LaneHabit: BitwiseCopyable, Sendable {
  /// The lane's tuple without its account: what it has in common with the same lane elsewhere.
  struct Call: Hashable, BitwiseCopyable, Sendable {
    private let call: UInt64
    private let place: UInt64

    fileprivate init(_ key: LaneNumbers) {
      call = UInt64(key.actor) << 32 | UInt64(key.event)
      place = UInt64(key.source) << 32 | UInt64(key.region)
    }
  }

  /// Which part it takes where lanes of several accounts stand together.
  enum Role: UInt8, Sendable {
    /// Neither of the two.
    case none
    /// Would stand with others beside it.
    case thin
    /// Stands by itself, whatever becomes of any one of its days.
    case vouching
  }

  let call: Call
  let role: Role

  /// The habit of a lane, judged by an establishment; the names are numbers of a table that all lanes share.
  init(_ lane: Lane, _ establishment: Establishment) {
    (call, role) = withExtendedLifetime(lane) {
      (Call(lane.record.pointee.key), establishment.role(of: lane.record.pointee))
    }
  }
}

extension Establishment {
  /// What a lane has to do with the same lane in other accounts.
  ///
  /// A thin lane has to have been seen here, on days outside the quarantine and in sessions of their own, and only for
  /// what is no critical outcome: those are judged by their own recurrence in their own account.
  fileprivate func role(of lane: LaneRecord) -> LaneHabit.Role {
    switch lane.standing {
    case .established: lane.hangsOnOneDay ? .none : .vouching
    case .attempted: .none
    case .observed:
      lane.overrides.isEmpty && lane.counts.success == lane.counts.total
        && lane.sessions >= thresholds.pooledDays
        && lane.days.count(where: { $0 < quarantineStart }) >= thresholds.pooledDays ? .thin : .none
    }
  }
}
