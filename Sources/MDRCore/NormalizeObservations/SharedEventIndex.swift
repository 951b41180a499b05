import Synchronization

/// The event ids of all threads, so that an event counts once however often it was delivered.
///
/// Of two deliveries the first in the files' order counts. Threads meet them in any order, so an event keeps the file
/// of its first delivery and a digest of what it said: while all deliveries say the same, it doesn't matter which was
/// counted. Where they differ, `hasConflict` asks for a second reading that follows the files. An id that stands for
/// several calls is that of several events.
final class SharedEventIndex: Sendable {
  /// An event's id and where it stands.
  struct Entry: BitwiseCopyable {
    /// Stands for the id, under a key of this run, so that no log can choose ids that collide; by chance two of ten
    /// million ids do in one run of 360,000.
    fileprivate var hash: UInt64
    fileprivate var delivery: Delivery

    fileprivate var shard: Int { Int(truncatingIfNeeded: hash >> 58) }

    var identity: Identity { Identity(hash: hash, call: delivery.call) }
  }

  /// What two deliveries of one event share.
  struct Identity: Hashable {
    fileprivate var hash: UInt64
    fileprivate var call: UInt64
  }

  /// A delivery's file, plus one, in 28 bits; the lower half of its call's mark in 16; and in 20 a digest of what it adds to a baseline.
  fileprivate struct Delivery: BitwiseCopyable {
    /// 0 is no delivery.
    private(set) var bits: UInt64 = 0

    static let none = Delivery()

    private init() {}

    init(file: Int, call: CallMark, content: UInt64) {
      bits = UInt64(truncatingIfNeeded: file + 1) << 36 | UInt64(call.value & 0xFFFF) << 20 | content >> 44
    }

    var isNone: Bool { bits == 0 }
    var file: UInt64 { bits >> 36 }
    var call: UInt64 { bits >> 20 & 0xFFFF }

    func isSameCall(as other: Delivery) -> Bool { call == other.call }
    func isSameContent(as other: Delivery) -> Bool { (bits ^ other.bits) & 0xF_FFFF == 0 }
  }

  private static let shardCount = 64

  private let shards: [Shard]
  private let hash: KeyedHash
  private let conflict = Atomic<Bool>(false)
  private let shared = Atomic<Int>(0)

  /// An index with room for a number of events, which is made on `jobs` threads; it grows beyond.
  init(expecting count: Int, hash: KeyedHash = KeyedHash(), jobs: Int = 1) {
    self.hash = hash
    shards = Table.Room.rooms(Self.shardCount, for: count / Self.shardCount, jobs: jobs).map(Shard.init)
  }

  /// Whether deliveries of one event said different things.
  var hasConflict: Bool { conflict.load(ordering: .relaxed) }

  /// Events whose id another call has too, the first of them not counted.
  var sharedIDs: Int { shared.load(ordering: .relaxed) }

  /// What stands for an event, by the bytes of its id, in the index.
  @inline(__always)
  func entry(_ id: UnsafeBufferPointer<UInt8>, of call: CallMark, file: Int, content: UInt64) -> Entry {
    Entry(hash: hash.digest(id).high, delivery: Delivery(file: file, call: call, content: content))
  }

  /// Notes events; says of each whether it is new.
  ///
  /// Inserting many at once costs less than one by one.
  func insert(_ entries: [Entry]) -> [Bool] {
    var ends = [Int](repeating: 0, count: Self.shardCount + 1)
    for entry in entries { ends[entry.shard + 1] += 1 }
    for shard in 0..<Self.shardCount { ends[shard + 1] += ends[shard] }
    var next = ends
    var order = [Int](repeating: 0, count: entries.count)
    for (position, entry) in entries.enumerated() {
      order[next[entry.shard]] = position
      next[entry.shard] += 1
    }
    var areNew = [Bool](repeating: false, count: entries.count)
    var findings = Findings()
    for shard in 0..<Self.shardCount where ends[shard] < ends[shard + 1] {
      let own = order[ends[shard]..<ends[shard + 1]]
      shards[shard].table.withLock { table in
        table.approach(own, of: entries)
        for position in own {
          areNew[position] = table.insert(entries[position], &findings)
        }
      }
    }
    if findings.hasConflict { conflict.store(true, ordering: .relaxed) }
    if findings.sharedIDs > 0 { shared.add(findings.sharedIDs, ordering: .relaxed) }
    return areNew
  }

  /// What inserting some events found out.
  private struct Findings {
    var hasConflict = false
    var sharedIDs = 0
  }

  /// Whether an event's file is the first that delivers it.
  func isInFirstFile(_ entry: Entry) -> Bool {
    shards[entry.shard].table.withLock { $0.firstFile(of: entry) } == entry.delivery.file
  }

  private final class Shard: Sendable {
    let table: Mutex<Table>

    init(_ room: Table.Room) { table = Mutex(Table(room)) }
  }

  /// An open-addressed table of sixteen bytes an event; its memory is its own, and its shard's lock guards it.
  private struct Table: ~Copyable, @unchecked Sendable {
    fileprivate struct Slot: BitwiseCopyable {
      var hash: UInt64
      /// None marks a free place.
      var delivery: Delivery

      var isFree: Bool { delivery.isNone }

      @inline(__always)
      init(_ entry: Entry) {
        hash = entry.hash
        delivery = entry.delivery
      }
    }

    /// Memory for the first slots of a table; it belongs to one table from its making on.
    struct Room: @unchecked Sendable {
      fileprivate var slots: UnsafeMutablePointer<Slot>
      fileprivate var capacity: Int
      /// Whether it was asked for together with other tables' rooms.
      fileprivate var isPart: Bool

      /// Expected events from which on all tables share one room.
      private static let leastShared = 1 << 10

      /// Rooms for `count` tables of an expected number of events each.
      static func rooms(_ count: Int, for events: Int, jobs: Int) -> [Room] {
        let capacity = max(256, events * 9 / 8)
        guard events >= leastShared else {
          return (0..<count).map { _ in
            Room(
              slots: TableMemory.allocate(capacity, isFilledAtRandom: true), capacity: capacity, isPart: false
            )
          }
        }
        let (rooms, size) = TableMemory.allocate(parts: count, of: capacity, as: Slot.self, jobs: jobs)
        return rooms.map { Room(slots: $0, capacity: size, isPart: true) }
      }

      fileprivate func free() {
        isPart ? TableMemory.free(part: slots, capacity) : TableMemory.free(slots, capacity)
      }
    }

    private var slots: UnsafeMutablePointer<Slot>
    private var capacity: Int
    private var isPart: Bool
    private var count = 0
    private var visits: UInt64 = 0

    init(_ room: Room) {
      slots = room.slots
      capacity = room.capacity
      isPart = room.isPart
    }

    deinit { Room(slots: slots, capacity: capacity, isPart: isPart).free() }

    /// Where a hash's slot would stand; the shard's bits are spent already.
    @inline(__always)
    private func start(_ hash: UInt64) -> Int {
      Int(truncatingIfNeeded: (hash << 6).multipliedFullWidth(by: UInt64(capacity)).high)
    }

    @inline(__always)
    private func next(_ place: Int) -> Int { place + 1 == capacity ? 0 : place + 1 }

    /// Looks at the places of many entries before any is needed: memory answers them side by side then.
    mutating func approach(_ positions: ArraySlice<Int>, of entries: [Entry]) {
      var sum: UInt64 = 0
      for position in positions { sum &+= slots[start(entries[position].hash)].hash }
      visits &+= sum
    }

    @inline(__always)
    mutating func insert(_ entry: Entry, _ findings: inout Findings) -> Bool {
      let slot = Slot(entry)
      var place = start(entry.hash)
      var isShared = false
      while !slots[place].isFree {
        if slots[place].hash == slot.hash {
          let known = slots[place].delivery
          if known.isSameCall(as: slot.delivery) {
            if !known.isSameContent(as: slot.delivery) { findings.hasConflict = true }
            if slot.delivery.file < known.file { slots[place] = slot }
            return false
          }
          isShared = true
        }
        place = next(place)
      }
      slots[place] = slot
      if isShared { findings.sharedIDs += 1 }
      count += 1
      if count * 5 > capacity * 4 { grow() }
      return true
    }

    /// The first file that delivers a known event.
    func firstFile(of entry: Entry) -> UInt64 {
      var place = start(entry.hash)
      while !slots[place].isFree,
        slots[place].hash != entry.hash || !slots[place].delivery.isSameCall(as: entry.delivery)
      {
        place = next(place)
      }
      return slots[place].delivery.file
    }

    private mutating func grow() {
      let old = Room(slots: slots, capacity: capacity, isPart: isPart)
      capacity = old.capacity * 3 / 2
      slots = TableMemory.allocate(capacity, isFilledAtRandom: true)
      isPart = false
      for index in 0..<old.capacity where !old.slots[index].isFree {
        var place = start(old.slots[index].hash)
        while !slots[place].isFree { place = next(place) }
        slots[place] = old.slots[index]
      }
      old.free()
    }
  }
}
