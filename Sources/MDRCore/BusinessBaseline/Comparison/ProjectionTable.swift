/// A hash table from the projections of lanes to what the lanes behind each add up to.
///
/// Built for size: half a million lanes have some millions of projections. A slot names a lane that has the
/// projection: comparing with it settles collisions exactly.
struct ProjectionTable: Sendable {
  /// What the lanes behind one projection add up to.
  struct Entry: Sendable {
    /// A lane with this projection; negative in an empty slot.
    var lane: Int32 = -1
    var dimensions = TupleDimensions(rawValue: 0)
    var observations = 0
    /// The best lane that vouches for a success, and for an attempt; negative where there is none.
    var established: Int32 = -1
    var attempted: Int32 = -1
  }

  /// The five numbers of a tuple.
  struct Tuple: Sendable {
    var numbers: (UInt32, UInt32, UInt32, UInt32, UInt32)

    func agrees(with other: Tuple, on dimensions: TupleDimensions) -> Bool {
      (!dimensions.contains(.account) || numbers.0 == other.numbers.0)
        && (!dimensions.contains(.actor) || numbers.1 == other.numbers.1)
        && (!dimensions.contains(.event) || numbers.2 == other.numbers.2)
        && (!dimensions.contains(.source) || numbers.3 == other.numbers.3)
        && (!dimensions.contains(.region) || numbers.4 == other.numbers.4)
    }

    func hash(of dimensions: TupleDimensions) -> UInt64 {
      var hash = UInt64(dimensions.rawValue) &* 0x9E37_79B9_7F4A_7C15
      func mix(_ number: UInt32, _ dimension: TupleDimensions) {
        guard dimensions.contains(dimension) else { return }
        hash = (hash ^ UInt64(number)) &* 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 32
      }
      mix(numbers.0, .account)
      mix(numbers.1, .actor)
      mix(numbers.2, .event)
      mix(numbers.3, .source)
      mix(numbers.4, .region)
      return hash ^ (hash >> 29)
    }
  }

  private(set) var tuples: [Tuple]
  private var slots: [Entry]
  private var used = 0

  init(capacity: Int) {
    tuples = []
    tuples.reserveCapacity(capacity)
    slots = Array(repeating: Entry(), count: max(64, capacity * 8).nextPowerOfTwo)
  }

  /// Adds a lane under all its projections; lanes come from the best to the worst, so the first stays.
  mutating func add(_ tuple: Tuple, lane: Int32, observations: Int, standing: LaneStanding) {
    while tuples.count <= Int(lane) { tuples.append(tuple) }
    tuples[Int(lane)] = tuple
    for dimensions in TupleDimensions.projections {
      if used * 4 >= slots.count * 3 { grow() }
      let slot = slot(of: tuple, dimensions)
      if slots[slot].lane < 0 {
        slots[slot].lane = lane
        slots[slot].dimensions = dimensions
        used += 1
      }
      slots[slot].observations += observations
      if standing != .observed, slots[slot].attempted < 0 { slots[slot].attempted = lane }
      if standing == .established, slots[slot].established < 0 { slots[slot].established = lane }
    }
  }

  /// What the lanes that agree with the tuple on these dimensions add up to.
  func entry(_ tuple: Tuple, _ dimensions: TupleDimensions) -> Entry? {
    let entry = slots[slot(of: tuple, dimensions)]
    return entry.lane < 0 ? nil : entry
  }

  private func slot(of tuple: Tuple, _ dimensions: TupleDimensions) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: tuple.hash(of: dimensions)) & mask
    while slots[slot].lane >= 0,
      slots[slot].dimensions != dimensions
        || !tuples[Int(slots[slot].lane)].agrees(with: tuple, on: dimensions)
    {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Entry(), count: old.count * 2)
    for entry in old where entry.lane >= 0 {
      slots[slot(of: tuples[Int(entry.lane)], entry.dimensions)] = entry
    }
  }
}

extension Int {
  fileprivate var nextPowerOfTwo: Int {
    var power = 1
    while power < self { power <<= 1 }
    return power
  }
}
