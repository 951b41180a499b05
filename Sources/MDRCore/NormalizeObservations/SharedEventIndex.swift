import Synchronization

/// The event ids of all threads, so that an event counts once however often it was delivered.
///
/// Of two deliveries the first in the files' order counts. Threads meet them in any order, so an id keeps the file of
/// its first delivery and a digest of what it said: while all deliveries of an id say the same, it doesn't matter
/// which was counted. Where they differ, `hasConflict` asks for a second reading that follows the files.
final class SharedEventIndex: Sendable {
  /// An event's id and where it stands.
  struct Entry: BitwiseCopyable {
    /// Stands for the id, under a key of this run, so that no log can choose ids that collide; by chance two of ten
    /// million ids do in one run of 360,000.
    fileprivate var hash: UInt64
    /// The file's number, plus one.
    fileprivate var file: UInt32
    /// What the event adds to a baseline.
    fileprivate var content: UInt32

    fileprivate var shard: Int { Int(truncatingIfNeeded: hash >> 58) }

    var identity: Identity { Identity(hash: hash) }
  }

  /// What two deliveries of one event share.
  struct Identity: Hashable {
    fileprivate var hash: UInt64
  }

  private static let shardCount = 64

  private let shards: [Shard]
  private let hash: KeyedHash
  private let conflict = Atomic<Bool>(false)

  /// An index with room for a number of events, which is made on `jobs` threads; it grows beyond.
  init(expecting count: Int, hash: KeyedHash = KeyedHash(), jobs: Int = 1) {
    self.hash = hash
    shards = Table.Room.rooms(Self.shardCount, for: count / Self.shardCount, jobs: jobs).map(Shard.init)
  }

  /// Whether deliveries of one event said different things.
  var hasConflict: Bool { conflict.load(ordering: .relaxed) }

  /// What stands for an event, by the bytes of its id, in the index.
  @inline(__always)
  func entry(_ id: UnsafeBufferPointer<UInt8>, file: Int, content: UInt64) -> Entry {
    Entry(
      hash: hash.digest(id).high, file: UInt32(truncatingIfNeeded: file + 1),
      content: UInt32(truncatingIfNeeded: content))
  }

  /// Notes events; says of each whether its id is new.
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
    var conflicts = false
    for shard in 0..<Self.shardCount where ends[shard] < ends[shard + 1] {
      let own = order[ends[shard]..<ends[shard + 1]]
      shards[shard].table.withLock { table in
        table.approach(own, of: entries)
        for position in own {
          areNew[position] = table.insert(entries[position], conflicts: &conflicts)
        }
      }
    }
    if conflicts { conflict.store(true, ordering: .relaxed) }
    return areNew
  }

  /// Whether an event's file is the first that delivers its id.
  func isInFirstFile(_ entry: Entry) -> Bool {
    shards[entry.shard].table.withLock { $0.firstFile(of: entry) } == entry.file
  }

  private final class Shard: Sendable {
    let table: Mutex<Table>

    init(_ room: Table.Room) { table = Mutex(Table(room)) }
  }

  /// An open-addressed table of sixteen bytes an event; its memory is its own, and its shard's lock guards it.
  private struct Table: ~Copyable, @unchecked Sendable {
    fileprivate struct Slot: BitwiseCopyable {
      var hash: UInt64
      /// 0 marks a free place.
      var file: UInt32
      var content: UInt32

      @inline(__always)
      init(_ entry: Entry) {
        hash = entry.hash
        file = entry.file
        content = entry.content
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
    private var visits: UInt32 = 0

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
    private func place(of slot: Slot, at hash: UInt64) -> Int {
      var place = start(hash)
      while slots[place].file != 0, slots[place].hash != slot.hash {
        place += 1
        if place == capacity { place = 0 }
      }
      return place
    }

    /// Looks at the places of many entries before any is needed: memory answers them side by side then.
    mutating func approach(_ positions: ArraySlice<Int>, of entries: [Entry]) {
      var sum: UInt32 = 0
      for position in positions { sum &+= slots[start(entries[position].hash)].file }
      visits &+= sum
    }

    @inline(__always)
    mutating func insert(_ entry: Entry, conflicts: inout Bool) -> Bool {
      let slot = Slot(entry)
      let place = place(of: slot, at: entry.hash)
      guard slots[place].file == 0 else {
        if slots[place].content != slot.content { conflicts = true }
        if slot.file < slots[place].file { slots[place] = slot }
        return false
      }
      slots[place] = slot
      count += 1
      if count * 5 > capacity * 4 { grow() }
      return true
    }

    func firstFile(of entry: Entry) -> UInt32 { slots[place(of: Slot(entry), at: entry.hash)].file }

    private mutating func grow() {
      let old = Room(slots: slots, capacity: capacity, isPart: isPart)
      capacity = old.capacity * 3 / 2
      slots = TableMemory.allocate(capacity, isFilledAtRandom: true)
      isPart = false
      for index in 0..<old.capacity where old.slots[index].file != 0 {
        slots[place(of: old.slots[index], at: old.slots[index].hash)] = old.slots[index]
      }
      old.free()
    }
  }
}
