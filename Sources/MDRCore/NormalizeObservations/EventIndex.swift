/// The event ids seen so far, in sixteen bytes each, to count an event once however often it was delivered.
struct EventIndex {
  private static let nothing = EventDigest(high: 0, low: 0)
  private static let shardCount = 64

  /// Each grows at its own time, so that only few tables are in memory twice at once.
  private var shards: [Shard]
  private var hasNothing = false
  /// Known to this run only, so that no log can choose ids that collide.
  private let key: UInt64
  private var visits: UInt64 = 0

  /// An empty index; a fixed key is for searches that have to be repeatable.
  init(key: UInt64 = .random(in: .min ... .max)) {
    self.key = key | 1
    // From size to size each grows at a time of its own.
    shards = (0..<Self.shardCount).map { Shard(capacity: 64 + $0) }
  }

  /// Notes an event id; `false` if it was there already.
  mutating func insert(_ eventID: String) -> Bool { insert(EventDigest(eventID)) }

  /// Notes the digest of an event id; `false` if it was there already.
  mutating func insert(_ digest: EventDigest) -> Bool {
    guard digest != Self.nothing else {
      defer { hasNothing = true }
      return !hasNothing
    }
    let hash = Self.hash(digest, key)
    return shards[Self.shard(hash)].insert(digest, hash, key)
  }

  /// Touches the places of many ids before any is needed, so that memory fetches them at the same time.
  mutating func approach(_ digests: some Sequence<EventDigest>) {
    var sum: UInt64 = 0
    for digest in digests {
      let hash = Self.hash(digest, key)
      sum &+= shards[Self.shard(hash)].glance(hash)
    }
    visits &+= sum
  }

  @inline(__always)
  private static func shard(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 58) }

  @inline(__always)
  private static func hash(_ digest: EventDigest, _ key: UInt64) -> UInt64 {
    let product = (digest.high ^ key).multipliedFullWidth(by: digest.low ^ 0x9E37_79B9_7F4A_7C15)
    return (product.high ^ product.low) &* key
  }

  /// An open-addressed table, at most four fifths full; all zeros mark a free place.
  private struct Shard {
    private var slots: [EventDigest]
    private var count = 0

    init(capacity: Int) { slots = [EventDigest](repeating: EventIndex.nothing, count: capacity) }

    @inline(__always)
    func glance(_ hash: UInt64) -> UInt64 { slots[start(hash)].low }

    mutating func insert(_ digest: EventDigest, _ hash: UInt64, _ key: UInt64) -> Bool {
      let place = place(of: digest, hash)
      guard slots[place] == EventIndex.nothing else { return false }
      slots[place] = digest
      count += 1
      if count * 5 > slots.count * 4 { grow(key) }
      return true
    }

    /// Where a hash's slot would stand; the shard's bits are spent already.
    @inline(__always)
    private func start(_ hash: UInt64) -> Int {
      Int(truncatingIfNeeded: (hash << 6).multipliedFullWidth(by: UInt64(slots.count)).high)
    }

    @inline(__always)
    private func place(of digest: EventDigest, _ hash: UInt64) -> Int {
      var place = start(hash)
      while slots[place] != EventIndex.nothing, slots[place] != digest {
        place += 1
        if place == slots.count { place = 0 }
      }
      return place
    }

    private mutating func grow(_ key: UInt64) {
      let old = slots
      slots = [EventDigest](repeating: EventIndex.nothing, count: old.count * 3 / 2)
      for digest in old where digest != EventIndex.nothing {
        slots[place(of: digest, EventIndex.hash(digest, key))] = digest
      }
    }
  }
}
