/// The events seen so far, in twenty bytes each, to count an event once however often it was delivered.
struct EventIndex {
  /// What a record is to those before it.
  enum Delivery {
    /// The first of its event.
    case first
    /// The first of its event, whose id another call has too.
    case firstOfSharedID
    case again
  }

  private static let nothing = EventDigest(high: 0, low: 0)
  private static let shardCount = 64

  /// Each grows at its own time, so that only few tables are in memory twice at once.
  private var shards: [Shard]
  /// Known to this run only, so that no log can choose ids that collide.
  private let key: UInt64
  private var visits: UInt64 = 0

  /// An empty index; a fixed key is for searches that have to be repeatable.
  init(key: UInt64 = .random(in: .min ... .max)) {
    self.key = key | 1
    // From size to size each grows at a time of its own.
    shards = (0..<Self.shardCount).map { Shard(capacity: 64 + $0) }
  }

  /// Notes a record's event.
  mutating func insert(_ event: EventKey) -> Delivery {
    var event = event
    // All zeros mark a free place: that id goes by another that nobody can know.
    if event.id == Self.nothing { event.id = EventDigest(high: key, low: ~key) }
    let hash = Self.hash(event.id, key)
    return shards[Self.shard(hash)].insert(event, hash, key)
  }

  /// Notes an id of which it doesn't matter whose it is; `false` if it was there already.
  mutating func insert(_ id: EventDigest) -> Bool {
    insert(EventKey(id: id, call: CallMark(eventSource: "", eventName: ""))) == .first
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
    /// What call each slot's event is; by itself, since most looks end at the id.
    private var calls: [UInt32]
    private var count = 0

    init(capacity: Int) {
      slots = [EventDigest](repeating: EventIndex.nothing, count: capacity)
      calls = [UInt32](repeating: 0, count: capacity)
    }

    @inline(__always)
    func glance(_ hash: UInt64) -> UInt64 { slots[start(hash)].low }

    mutating func insert(_ event: EventKey, _ hash: UInt64, _ key: UInt64) -> Delivery {
      var place = start(hash)
      var delivery = Delivery.first
      while slots[place] != EventIndex.nothing {
        if slots[place] == event.id {
          if calls[place] == event.call.value { return .again }
          delivery = .firstOfSharedID
        }
        place = next(place)
      }
      slots[place] = event.id
      calls[place] = event.call.value
      count += 1
      if count * 5 > slots.count * 4 { grow(key) }
      return delivery
    }

    /// Where a hash's slot would stand; the shard's bits are spent already.
    @inline(__always)
    private func start(_ hash: UInt64) -> Int {
      Int(truncatingIfNeeded: (hash << 6).multipliedFullWidth(by: UInt64(slots.count)).high)
    }

    @inline(__always)
    private func next(_ place: Int) -> Int { place + 1 == slots.count ? 0 : place + 1 }

    private mutating func grow(_ key: UInt64) {
      let old = self
      self = Shard(capacity: old.slots.count * 3 / 2)
      count = old.count
      for (digest, call) in zip(old.slots, old.calls) where digest != EventIndex.nothing {
        var place = start(EventIndex.hash(digest, key))
        while slots[place] != EventIndex.nothing { place = next(place) }
        slots[place] = digest
        calls[place] = call
      }
    }
  }
}
