/// What is collected of one account: its lanes, and when it was seen.
struct AccountLanes: Sendable {
  private var positions: [LaneNumbers: Int] = [:]
  private var keys: [LaneNumbers] = []
  private var lanes: [LaneAccumulator] = []
  private var counter = AccountCounter()

  var observations: Int { counter.observations }
  var firstSeen: Timestamp { counter.firstSeen }
  var lastSeen: Timestamp { counter.lastSeen }

  /// Adds observations of one contribution to a lane.
  mutating func add(_ contribution: LaneContribution, _ times: LaneTimes, to key: LaneNumbers) {
    lanes[position(of: key, first: times.first)].add(contribution, times)
    counter.add(contribution.nature.family, times)
  }

  /// Adds a thread's groups, except those of retracted tuples; gives how many observations those are.
  mutating func add(_ piece: AccountPiece, retractions: Retractions, names: StringTable) -> Int {
    var retracted = 0
    for position in piece.positions {
      let key = piece.groups[position].key.renumbered(piece.numbers)
      if retractions.cover(key, names: names) {
        retracted += piece.groups[position].times.count
      } else {
        add(
          piece.groups[position].contribution.renumbered(piece.numbers), piece.groups[position].times, to: key
        )
      }
    }
    return retracted
  }

  /// Takes in what was collected of the same account elsewhere; `numbers` translates names' numbers.
  mutating func formUnion(_ other: AccountLanes, numbers: [NameNumber]) {
    for (key, lane) in zip(other.keys, other.lanes) {
      lanes[position(of: key.renumbered(numbers), first: lane.first)].formUnion(lane) { numbers[Int($0)] }
    }
    counter.formUnion(other.counter)
  }

  private mutating func position(of key: LaneNumbers, first: Timestamp) -> Int {
    if let known = positions[key] { return known }
    let position = lanes.count
    positions[key] = position
    keys.append(key)
    lanes.append(LaneAccumulator(first: first))
    return position
  }

  /// The lanes that the collected observations make, sorted by key.
  func lanes(
    judgedBy establishment: Establishment, names: StringTable, keeping patterns: ResourcePattern
  ) -> [Lane] {
    let actors = NameRanks(keys.map(\.actor), names)
    let events = NameRanks(keys.map(\.event), names)
    let sources = NameRanks(keys.map(\.source), names)
    let regions = NameRanks(keys.map(\.region), names)
    let ranked = keys.indices.map { index in
      let key = keys[index]
      return (
        major: UInt64(actors[key.actor]) << 32 | UInt64(events[key.event]),
        minor: UInt64(sources[key.source]) << 32 | UInt64(regions[key.region]), index: index
      )
    }
    return ranked.sorted { ($0.major, $0.minor) < ($1.major, $1.minor) }.map { rank in
      lanes[rank.index].lane(
        keys[rank.index].unpacked(names), judgedBy: establishment, names: names, keeping: patterns)
    }
  }

  func account(
    _ id: String, lanes: [Lane], window: ObservedWindow, thresholds: EstablishmentThresholds
  ) -> BaselineAccount {
    counter.account(id, lanes: lanes[...], window: window, thresholds: thresholds)
  }
}

/// The groups that one thread has of an account.
struct AccountPiece: Sendable {
  /// The thread's groups, of which `positions` are the account's.
  var groups: [LaneGroup]
  var positions: [Int]
  /// Translates the numbers of the thread's names.
  var numbers: [NameNumber]
}

extension [AccountPiece] {
  var groupCount: Int { reduce(0) { $0 + $1.positions.count } }
}

extension Retractions {
  /// Whether a lane whose names are numbers was declared bad.
  fileprivate func cover(_ key: LaneNumbers, names: StringTable) -> Bool {
    !entries.isEmpty && cover(key.unpacked(names))
  }
}
