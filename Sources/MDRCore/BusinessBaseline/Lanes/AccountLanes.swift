/// What is collected of an account: its lanes, and when it was seen.
struct AccountLanes: Sendable {
  private var positions: [LaneNumbers: Int] = [:]
  private var keys: [LaneNumbers] = []
  private var lanes: [LaneAccumulator] = []
  /// What threads have of the account; it goes into lanes when these are asked for.
  private var pieces: [AccountPiece] = []
  private(set) var span = SeenSpan()

  /// Adds observations of one contribution to a lane.
  mutating func add(
    _ contribution: LaneContribution, resources: [NameNumber], targets: [NameNumber], _ times: LaneTimes,
    to key: LaneNumbers
  ) {
    lanes[position(of: key)].add(contribution, resources: resources, targets: targets, times)
    span.add(times.count, from: times.first, to: times.last)
  }

  /// Adds what a thread has of the account.
  mutating func add(_ piece: AccountPiece) {
    pieces.append(piece)
    span.formUnion(piece.span)
  }

  /// Takes in what was collected of the same account elsewhere, observation by observation; `numbers` translates
  /// names' numbers.
  mutating func formUnion(_ other: AccountLanes, numbers: [NameNumber]) {
    precondition(other.pieces.isEmpty, "pieces of threads are merged once, by account")
    for (key, lane) in zip(other.keys, other.lanes) {
      lanes[position(of: key.renumbered { numbers[Int($0)] })].formUnion(lane) { numbers[Int($0)] }
    }
    span.formUnion(other.span)
  }

  private mutating func position(of key: LaneNumbers) -> Int {
    if let known = positions[key] { return known }
    let position = lanes.count
    positions[key] = position
    keys.append(key)
    lanes.append(LaneAccumulator())
    return position
  }
}

extension AccountLanes {
  /// All that belongs to the account's lanes, in the order of their keys.
  func shares(_ names: NamesView) -> [LaneShare] {
    var shares: [LaneShare] = []
    shares.reserveCapacity(keys.count + pieces.reduce(0) { $0 + $1.positions.count })
    for (position, key) in keys.enumerated() {
      shares.append(LaneShare(key, names, piece: -1, position: UInt32(position)))
    }
    for (number, piece) in pieces.enumerated() {
      let view = piece.part.view
      for position in piece.positions {
        shares.append(LaneShare(view[Int(position)].key, names, piece: number, position: position))
      }
    }
    shares.sortByLane()
    return shares
  }

  /// Shares whose parts are looked at before any is needed: memory answers them side by side then.
  private static let lookAhead = 64

  /// The lanes that some shares make, `count` of them, in the order of their keys, and what they amount to.
  func lanes(
    of shares: ArraySlice<LaneShare>, _ count: Int, by finisher: inout LaneFinisher
  ) -> (lanes: LaneChunk, counter: AccountCounter) {
    withExtendedLifetime(pieces) {
      let views = pieces.map(\.part.view)
      var making = Making(LaneChunk.Builder(sharing: finisher.names.names), count)
      var start = shares.startIndex
      while start < shares.endIndex {
        let end = min(start + Self.lookAhead, shares.endIndex)
        making.groups.removeAll(keepingCapacity: true)
        for share in shares[start..<end] where share.piece >= 0 {
          making.groups.append(views[Int(share.piece)][Int(share.position)])
        }
        var next = 0
        for share in shares[start..<end] where share.piece >= 0 {
          making.visits &+= views[Int(share.piece)].approach(making.groups[next])
          next += 1
        }
        next = 0
        for index in start..<end {
          let share = shares[index]
          let isFirst = index == shares.startIndex || !share.isOfLane(of: shares[index - 1])
          if isFirst, index > shares.startIndex { making.finish(&finisher) }
          if share.piece < 0 {
            making.key = keys[Int(share.position)]
            making.lane = lanes[Int(share.position)]
          } else {
            if isFirst { making.begin(making.groups[next].key) }
            making.add(making.groups[next], of: views[Int(share.piece)])
            next += 1
          }
        }
        start = end
      }
      if !shares.isEmpty { making.finish(&finisher) }
      return (LaneChunk(making.builder), making.counter)
    }
  }

  /// The lane at hand, in room that serves lane after lane.
  private struct Making {
    private(set) var builder: LaneChunk.Builder
    private(set) var counter = AccountCounter()
    var lane = LaneAccumulator()
    var key = LaneNumbers(account: 0, actor: 0, event: 0, source: 0, region: 0)
    /// The groups of the shares that come next.
    var groups: [LanePart.Group] = []
    var visits: UInt64 = 0
    private var times = LaneTimes()

    init(_ builder: LaneChunk.Builder, _ count: Int) {
      self.builder = builder
      self.builder.reserveCapacity(count)
    }

    mutating func begin(_ key: LaneNumbers) {
      self.key = key
      lane.removeAll()
    }

    mutating func add(_ group: LanePart.Group, of view: LanePart.View) { lane.add(group, of: view, &times) }

    mutating func finish(_ finisher: inout LaneFinisher) {
      let record = finisher.add(key, of: &lane, to: &builder)
      counter.add(record, days: finisher.days, lane.natures)
    }
  }
}
