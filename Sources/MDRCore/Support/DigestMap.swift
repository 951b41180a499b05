import CVector

/// Plain values for digests: an open-addressed table for one thread.
struct DigestMap<Value: BitwiseCopyable>: ~Copyable {
  /// Keeps 95 bits of the digest, which tell digests apart as well as all 128, with the value beside them, so that
  /// one access to memory finds both.
  private struct Slot: BitwiseCopyable {
    var low: UInt64
    /// The digest's high half with its lowest bit set; 0 marks a free place.
    var high: UInt32
    var value: Value

    @inline(__always)
    init(_ digest: KeyedDigest, _ value: Value) {
      low = digest.low
      high = Self.mark(digest)
      self.value = value
    }

    @inline(__always)
    static func mark(_ digest: KeyedDigest) -> UInt32 { UInt32(truncatingIfNeeded: digest.high) | 1 }
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var capacity: Int
  private(set) var count = 0
  /// Beyond this many the table starts anew; `nil` where all have to stay.
  private let limit: Int?

  init(capacity: Int = 1 << 10, limit: Int? = nil) {
    slots = TableMemory.allocate(capacity)
    self.capacity = capacity
    self.limit = limit
  }

  deinit { TableMemory.free(slots, capacity) }

  /// The value of a digest, where it has one.
  subscript(digest: KeyedDigest) -> Value? {
    @inline(__always) get {
      let mark = Slot.mark(digest)
      var place = start(of: digest.low)
      while slots[place].high != 0 {
        if slots[place].low == digest.low, slots[place].high == mark { return slots[place].value }
        place += 1
        if place == capacity { place = 0 }
      }
      return nil
    }
  }

  /// Where the slot of a digest would stand.
  @inline(__always)
  private func start(of low: UInt64) -> Int {
    Int(truncatingIfNeeded: low.multipliedFullWidth(by: UInt64(capacity)).high)
  }

  /// Tells the processor that the place of a digest will be asked for.
  @inline(__always)
  func approach(_ digest: KeyedDigest) {
    prefetch(slots + start(of: digest.low))
  }

  /// Gives a digest that has none a value, and gives it back.
  @discardableResult
  mutating func insert(_ digest: KeyedDigest, _ value: Value) -> Value {
    if let limit, count >= limit { removeAll() }
    if (count + 1) * 4 > capacity * 3 { grow() }
    place(Slot(digest, value))
    count += 1
    return value
  }

  /// Forgets everything and keeps the room.
  mutating func removeAll() {
    for place in 0..<capacity { slots[place].high = 0 }
    count = 0
  }

  private func place(_ slot: Slot) {
    var place = start(of: slot.low)
    while slots[place].high != 0 {
      place += 1
      if place == capacity { place = 0 }
    }
    slots[place] = slot
  }

  private mutating func grow() {
    let old = slots
    let oldCapacity = capacity
    capacity = Self.next(capacity)
    slots = TableMemory.allocate(capacity, isFilledAtRandom: true)
    for index in 0..<oldCapacity where old[index].high != 0 { place(old[index]) }
    TableMemory.free(old, oldCapacity)
  }

  /// Everything moves each time the table grows: one that fits a core's cache grows in larger steps, one of many
  /// megabytes in smaller ones.
  private static func next(_ capacity: Int) -> Int {
    switch capacity {
    case ..<(1 << 15): capacity * 4
    case ..<(1 << 17): capacity * 2
    default: capacity * 3 / 2
    }
  }
}

/// Numbers for digests.
struct DigestTable: ~Copyable {
  private var numbers: DigestMap<UInt32>

  init(capacity: Int = 1 << 10) { numbers = DigestMap(capacity: capacity) }

  var count: Int { numbers.count }

  /// The number of a digest, where it has one.
  @inline(__always)
  func value(_ digest: KeyedDigest) -> Int? { numbers[digest].map { Int($0) } }

  /// Tells the processor that the place of a digest will be asked for.
  @inline(__always)
  func approach(_ digest: KeyedDigest) { numbers.approach(digest) }

  /// Gives a digest that has none a number.
  mutating func insert(_ digest: KeyedDigest, _ number: Int) {
    numbers.insert(digest, UInt32(truncatingIfNeeded: number))
  }

  /// Forgets everything and keeps the room.
  mutating func removeAll() { numbers.removeAll() }
}
