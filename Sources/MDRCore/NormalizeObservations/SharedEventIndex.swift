import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The event ids of all threads, so that an event counts once however often it was delivered.
///
/// Of two deliveries the first in the files' order counts. Threads meet them in any order, so an id keeps the place
/// of its first delivery and a digest of what it said: while all deliveries of an id say the same, it doesn't matter
/// which was counted. Where they differ, `hasConflict` asks for a second reading that follows the places.
final class SharedEventIndex: Sendable {
  /// An event's id and where it stands.
  struct Entry {
    var id: EventDigest
    /// The file's number and the record's in it.
    var rank: UInt64
    /// What the event adds to a baseline.
    var content: UInt64

    fileprivate var stored: Entry { Entry(id: id, rank: rank + 1, content: content) }
  }

  private static let shardCount = 64

  private let shards: [Shard]
  private let hash: IDHash
  private let conflict = Atomic<Bool>(false)

  /// An index with room for a number of events; it grows beyond.
  init(expecting count: Int) {
    var capacity = 1 << 8
    while capacity * Self.shardCount * 3 < count * 4 { capacity *= 2 }
    let hash = IDHash()
    shards = (0..<Self.shardCount).map { _ in Shard(capacity: capacity, hash: hash) }
    self.hash = hash
  }

  /// Whether deliveries of one event said different things.
  var hasConflict: Bool { conflict.load(ordering: .relaxed) }

  /// Notes an event; `false` if its id was there already.
  func insert(_ entry: Entry) -> Bool {
    let hash = hash(entry.id)
    let (isNew, conflicts) = shards[Int(hash >> 58)].table.withLock { $0.insert(entry, at: hash) }
    if conflicts { conflict.store(true, ordering: .relaxed) }
    return isNew
  }

  /// Whether an event is the first delivery of its id.
  func isFirst(_ entry: Entry) -> Bool {
    let hash = hash(entry.id)
    return shards[Int(hash >> 58)].table.withLock { $0.firstRank(of: entry.id, at: hash) } == entry.rank
  }

  /// A hash under a key of this run, so that no log can choose ids that fall together.
  private struct IDHash: Sendable {
    private let key = UInt64.random(in: .min ... .max) | 1

    @inline(__always)
    func callAsFunction(_ id: EventDigest) -> UInt64 {
      let product = (id.high ^ key).multipliedFullWidth(by: id.low ^ 0x9E37_79B9_7F4A_7C15)
      return (product.high ^ product.low) &* key
    }
  }

  private final class Shard: Sendable {
    let table: Mutex<Table>

    init(capacity: Int, hash: IDHash) { table = Mutex(Table(capacity: capacity, hash: hash)) }
  }

  /// An open-addressed table of zeroed memory, which costs nothing until it is used; ranks in it are one higher, so
  /// that 0 marks a free place.
  private struct Table: ~Copyable, @unchecked Sendable {
    private var slots: UnsafeMutablePointer<Entry>
    private var mask: Int
    private var count = 0
    private let hash: IDHash

    init(capacity: Int, hash: IDHash) {
      slots = Self.room(capacity)
      mask = capacity - 1
      self.hash = hash
    }

    deinit { free(slots) }

    private static func room(_ capacity: Int) -> UnsafeMutablePointer<Entry> {
      guard let room = calloc(capacity, MemoryLayout<Entry>.stride) else {
        fatalError("no memory for event ids")
      }
      return room.bindMemory(to: Entry.self, capacity: capacity)
    }

    @inline(__always)
    private func place(of id: EventDigest, at hash: UInt64) -> Int {
      var place = Int(truncatingIfNeeded: hash) & mask
      while slots[place].rank != 0, slots[place].id != id { place = (place + 1) & mask }
      return place
    }

    mutating func insert(_ entry: Entry, at hash: UInt64) -> (isNew: Bool, conflicts: Bool) {
      let place = place(of: entry.id, at: hash)
      guard slots[place].rank == 0 else {
        let conflicts = slots[place].content != entry.content
        if entry.rank + 1 < slots[place].rank { slots[place] = entry.stored }
        return (false, conflicts)
      }
      slots[place] = entry.stored
      count += 1
      if count * 4 > (mask + 1) * 3 { grow() }
      return (true, false)
    }

    func firstRank(of id: EventDigest, at hash: UInt64) -> UInt64 { slots[place(of: id, at: hash)].rank &- 1 }

    private mutating func grow() {
      let old = slots
      let oldCount = mask + 1
      slots = Self.room(oldCount * 2)
      mask = oldCount * 2 - 1
      for index in 0..<oldCount where old[index].rank != 0 {
        slots[place(of: old[index].id, at: hash(old[index].id))] = old[index]
      }
      free(old)
    }
  }
}
