/// Something that belongs to a lane of an account: a group of a piece, or what was collected observation by observation.
struct LaneShare: BitwiseCopyable, Sendable {
  /// The ranks of the names in the lane's key, the first that counts in the higher half.
  private let major: UInt64
  private let minor: UInt64
  /// The piece's position; -1 for a collected lane.
  let piece: Int32
  let position: UInt32

  init(_ key: LaneNumbers, _ names: NamesView, piece: Int, position: UInt32) {
    major = UInt64(names.rank(key.actor)) << 32 | UInt64(names.rank(key.event))
    minor = UInt64(names.rank(key.source)) << 32 | UInt64(names.rank(key.region))
    self.piece = Int32(truncatingIfNeeded: piece)
    self.position = position
  }

  @inline(__always)
  func isOfLane(of other: LaneShare) -> Bool { major == other.major && minor == other.minor }

  @inline(__always)
  fileprivate func precedes(_ other: LaneShare) -> Bool {
    if major != other.major { return major < other.major }
    return minor != other.minor
      ? minor < other.minor : (piece, position) < (other.piece, other.position)
  }

  /// The ranks of one half of the key.
  @inline(__always)
  fileprivate func ranks(isMajor: Bool) -> UInt64 { isMajor ? major : minor }
}

extension [LaneShare] {
  /// Sorts by the lanes' keys; shares of one lane stay in their order, which is that of pieces and positions.
  mutating func sortByLane() {
    // Few are sorted faster by comparing.
    guard count > 512 else {
      sort { $0.precedes($1) }
      return
    }
    var room = self
    for isMajor in [false, true] {
      let used = reduce(0) { $0 | $1.ranks(isMajor: isMajor) }
      // Three digits of eleven bits make a rank.
      for shift in [0, 11, 22, 32, 43, 54] as [UInt64] {
        let mask: UInt64 = shift % 32 == 22 ? 0x3FF : 0x7FF
        guard used >> shift & mask != 0 else { continue }
        sort(into: &room) { Int(truncatingIfNeeded: $0.ranks(isMajor: isMajor) >> shift & mask) }
        swap(&self, &room)
      }
    }
  }

  /// Puts the shares into room for as many, sorted by a digit and otherwise in their order.
  @inline(__always)
  private func sort(into room: inout [LaneShare], by digit: (LaneShare) -> Int) {
    var places = [Int](repeating: 0, count: 1 << 11)
    for share in self { places[digit(share)] += 1 }
    var next = 0
    for place in places.indices { (places[place], next) = (next, next + places[place]) }
    for share in self {
      let value = digit(share)
      room[places[value]] = share
      places[value] += 1
    }
  }

  /// Sorted shares in stretches of about a size that part no lane's, with the number of lanes in each.
  func stretches(of size: Int) -> [(range: Range<Int>, lanes: Int)] {
    var stretches: [(range: Range<Int>, lanes: Int)] = []
    var start = 0
    var lanes = 0
    for index in indices where index == 0 || !self[index].isOfLane(of: self[index - 1]) {
      if index - start >= size {
        stretches.append((start..<index, lanes))
        (start, lanes) = (index, 0)
      }
      lanes += 1
    }
    if lanes > 0 { stretches.append((start..<count, lanes)) }
    return stretches
  }
}
