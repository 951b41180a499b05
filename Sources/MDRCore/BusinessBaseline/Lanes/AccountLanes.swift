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

    fileprivate init(_ key: LaneNumbers, ranks: NameRanks, piece: Int, position: UInt32) {
      major = UInt64(ranks[key.actor]) << 32 | UInt64(ranks[key.event])
      minor = UInt64(ranks[key.source]) << 32 | UInt64(ranks[key.region])
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
  func shares(ranks: NameRanks) -> [Share] {
    var shares: [Share] = []
    shares.reserveCapacity(keys.count + pieces.reduce(0) { $0 + $1.positions.count })
    for (position, key) in keys.enumerated() {
      shares.append(Share(key, ranks: ranks, piece: -1, position: UInt32(position)))
    }
    for (number, piece) in pieces.enumerated() {
      let view = piece.part.view
      for position in piece.positions {
        shares.append(Share(view[Int(position)].key, ranks: ranks, piece: number, position: position))
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

  /// Makes the lanes that some shares make and hands them on, in the order of their keys; gives what they amount to.
  func makeLanes(
    of shares: ArraySlice<Share>, by finisher: inout LaneFinisher, _ body: (Lane, LaneNumbers) -> Void
  ) -> AccountCounter {
    var counter = AccountCounter()
    // One for all lanes, so that its lists are not asked for anew each time.
    var lane = LaneAccumulator()
    var times = LaneTimes()
    withExtendedLifetime(pieces) {
      let views = pieces.map(\.part.view)
      var start = shares.startIndex
      while start < shares.endIndex {
        let lead = shares[start]
        if lead.piece < 0 { lane = lanes[Int(lead.position)] } else { lane.removeAll() }
        let key =
          lead.piece < 0 ? keys[Int(lead.position)] : views[Int(lead.piece)][Int(lead.position)].key
        var end = start
        while end < shares.endIndex, shares[end].isOfLane(of: lead) {
          if shares[end].piece >= 0 {
            let view = views[Int(shares[end].piece)]
            lane.add(view[Int(shares[end].position)], of: view, &times)
          }
          end += 1
        }
        let finished = finisher.lane(key, of: &lane)
        counter.add(finished, lane.natures)
        body(finished, key)
        start = end
      }
    }
    return counter
  }
}
