/// The lanes of an account, sorted by key, and what they amount to.
struct FinishedAccount: Sendable {
  var lanes: [Lane]
  /// The lanes' keys as numbers.
  var keys: [LaneNumbers]
  var account: BaselineAccount
}

/// What is collected of one account: its lanes, and when it was seen.
struct AccountLanes: Sendable {
  private var positions: [LaneNumbers: Int] = [:]
  private var keys: [LaneNumbers] = []
  private var lanes: [LaneAccumulator] = []
  private var counter = AccountCounter()
  /// What threads have of the account; it goes into lanes when these are asked for.
  private var pieces: [AccountPiece] = []
  private var pieceSpan = (count: 0, first: Timestamp(seconds: .max), last: Timestamp(seconds: .min))

  var observations: Int { counter.observations + pieceSpan.count }
  var firstSeen: Timestamp { min(counter.firstSeen, pieceSpan.first) }
  var lastSeen: Timestamp { max(counter.lastSeen, pieceSpan.last) }

  /// Adds observations of one contribution to a lane.
  mutating func add(_ contribution: LaneContribution, _ times: LaneTimes, to key: LaneNumbers) {
    lanes[position(of: key)].add(contribution, times)
    counter.add(contribution.nature.family, times)
  }

  /// Adds what a thread has of the account.
  mutating func add(_ piece: AccountPiece) {
    let span = piece.span
    guard span.count > 0 else { return }
    pieces.append(piece)
    pieceSpan.count += span.count
    pieceSpan.first = min(pieceSpan.first, span.first)
    pieceSpan.last = max(pieceSpan.last, span.last)
  }

  /// Takes in what was collected of the same account elsewhere, observation by observation; `numbers` translates
  /// names' numbers.
  mutating func formUnion(_ other: AccountLanes, numbers: [NameNumber]) {
    precondition(other.pieces.isEmpty, "pieces of threads are merged once, by account")
    for (key, lane) in zip(other.keys, other.lanes) {
      lanes[position(of: key.renumbered(numbers))].formUnion(lane) { numbers[Int($0)] }
    }
    counter.formUnion(other.counter)
  }

  private mutating func position(of key: LaneNumbers) -> Int {
    if let known = positions[key] { return known }
    let position = lanes.count
    positions[key] = position
    keys.append(key)
    lanes.append(LaneAccumulator())
    return position
  }

  /// Something that belongs to a lane: a group of a piece, or what was collected observation by observation.
  private struct Share {
    var major: UInt64
    var minor: UInt64
    /// The piece's position; -1 for a collected lane.
    var piece: Int32
    var position: Int32

    init(_ key: LaneNumbers, ranks: NameRanks, piece: Int, position: Int) {
      major = UInt64(ranks[key.actor]) << 32 | UInt64(ranks[key.event])
      minor = UInt64(ranks[key.source]) << 32 | UInt64(ranks[key.region])
      self.piece = Int32(truncatingIfNeeded: piece)
      self.position = Int32(truncatingIfNeeded: position)
    }
  }

  private func shares(ranks: NameRanks) -> [Share] {
    var shares: [Share] = []
    shares.reserveCapacity(keys.count + pieces.reduce(0) { $0 + $1.positions.count })
    for (position, key) in keys.enumerated() {
      shares.append(Share(key, ranks: ranks, piece: -1, position: position))
    }
    for (number, piece) in pieces.enumerated() {
      for position in piece.positions {
        shares.append(Share(piece.part.key(position), ranks: ranks, piece: number, position: position))
      }
    }
    shares.sort {
      if $0.major != $1.major { return $0.major < $1.major }
      if $0.minor != $1.minor { return $0.minor < $1.minor }
      return ($0.piece, $0.position) < ($1.piece, $1.position)
    }
    return shares
  }

  /// The lanes that the collected observations make, sorted by key, and the account as they show it.
  func finished(
    _ id: String, judgedBy establishment: Establishment, names: StringTable, ranks: NameRanks,
    keeping patterns: ResourcePattern
  ) -> FinishedAccount {
    var counter = counter
    var made: [Lane] = []
    var madeKeys: [LaneNumbers] = []
    var times = LaneTimes()
    // One for all lanes, so that its lists are not asked for anew each time.
    var lane = LaneAccumulator()
    let shares = shares(ranks: ranks)
    var start = 0
    while start < shares.count {
      let lead = shares[start]
      if lead.piece < 0 { lane = lanes[Int(lead.position)] } else { lane.removeAll() }
      let key =
        lead.piece < 0 ? keys[Int(lead.position)] : pieces[Int(lead.piece)].part.key(Int(lead.position))
      var end = start
      while end < shares.count, shares[end].major == lead.major, shares[end].minor == lead.minor {
        defer { end += 1 }
        guard shares[end].piece >= 0 else { continue }
        let part = pieces[Int(shares[end].piece)].part
        let contribution = part.contribution(Int(shares[end].position))
        let before = lane.count
        if lane.takesMoments(of: contribution) {
          lane.add(contribution, part.lanes.moments[Int(shares[end].position)])
        } else {
          part.lanes.moments.fill(&times, with: Int(shares[end].position))
          lane.add(contribution, times)
        }
        counter.add(contribution.nature.family, lane.count - before)
      }
      let finished = lane.lane(
        key.unpacked(names), judgedBy: establishment, names: names, ranks: ranks, keeping: patterns)
      counter.addTimes(of: finished)
      made.append(finished)
      madeKeys.append(key)
      start = end
    }
    return FinishedAccount(
      lanes: made, keys: madeKeys, account: counter.account(id, lanes: made, establishment))
  }
}
