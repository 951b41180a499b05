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
      lanes[position(of: key.renumbered(numbers))].formUnion(lane) { numbers[Int($0)] }
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
  /// Something that belongs to a lane: a group of a piece, or what was collected observation by observation.
  struct Share: BitwiseCopyable {
    /// The ranks of the names in the lane's key.
    private var major: UInt64
    private var minor: UInt64
    /// The piece's position; -1 for a collected lane.
    fileprivate var piece: Int32
    fileprivate var position: UInt32

    fileprivate init(_ key: LaneNumbers, _ names: NamesView, piece: Int, position: UInt32) {
      major = UInt64(names.rank(key.actor)) << 32 | UInt64(names.rank(key.event))
      minor = UInt64(names.rank(key.source)) << 32 | UInt64(names.rank(key.region))
      self.piece = Int32(truncatingIfNeeded: piece)
      self.position = position
    }

    @inline(__always)
    fileprivate static func < (one: Share, other: Share) -> Bool {
      if one.major != other.major { return one.major < other.major }
      if one.minor != other.minor { return one.minor < other.minor }
      return (one.piece, one.position) < (other.piece, other.position)
    }

    @inline(__always)
    fileprivate func isOfLane(of other: Share) -> Bool { major == other.major && minor == other.minor }
  }

  /// All that belongs to the account's lanes, in the order of their keys.
  func shares(_ names: NamesView) -> [Share] {
    var shares: [Share] = []
    shares.reserveCapacity(keys.count + pieces.reduce(0) { $0 + $1.positions.count })
    for (position, key) in keys.enumerated() {
      shares.append(Share(key, names, piece: -1, position: UInt32(position)))
    }
    for (number, piece) in pieces.enumerated() {
      let view = piece.part.view
      for position in piece.positions {
        shares.append(Share(view[Int(position)].key, names, piece: number, position: position))
      }
    }
    shares.sort(by: <)
    return shares
  }

  /// Shares in stretches of about a size that part no lane's, with the number of lanes in each.
  static func stretches(_ shares: [Share], of size: Int) -> [(range: Range<Int>, lanes: Int)] {
    var stretches: [(range: Range<Int>, lanes: Int)] = []
    var start = 0
    var lanes = 0
    for index in shares.indices where index == 0 || !shares[index].isOfLane(of: shares[index - 1]) {
      if index - start >= size {
        stretches.append((start..<index, lanes))
        (start, lanes) = (index, 0)
      }
      lanes += 1
    }
    if lanes > 0 { stretches.append((start..<shares.count, lanes)) }
    return stretches
  }

  /// Shares whose parts are looked at before any is needed: memory answers them side by side then.
  private static let lookAhead = 64

  /// Makes the lanes that some shares make and hands them on, in the order of their keys; gives what they amount to.
  func makeLanes(
    of shares: ArraySlice<Share>, by finisher: inout LaneFinisher,
    _ body: @escaping (Lane, LaneNumbers) -> Void
  ) -> AccountCounter {
    withExtendedLifetime(pieces) {
      let views = pieces.map(\.part.view)
      var making = Making(body: body)
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
      return making.counter
    }
  }

  /// The lane at hand, in room that serves lane after lane.
  private struct Making {
    let body: (Lane, LaneNumbers) -> Void
    var counter = AccountCounter()
    var lane = LaneAccumulator()
    var key = LaneNumbers(account: 0, actor: 0, event: 0, source: 0, region: 0)
    /// The groups of the shares that come next.
    var groups: [LanePart.Group] = []
    var visits: UInt64 = 0
    private var times = LaneTimes()

    init(body: @escaping (Lane, LaneNumbers) -> Void) { self.body = body }

    mutating func begin(_ key: LaneNumbers) {
      self.key = key
      lane.removeAll()
    }

    mutating func add(_ group: LanePart.Group, of view: LanePart.View) { lane.add(group, of: view, &times) }

    mutating func finish(_ finisher: inout LaneFinisher) {
      let finished = finisher.lane(key, of: &lane)
      counter.add(finished, lane.natures)
      body(finished, key)
    }
  }
}
