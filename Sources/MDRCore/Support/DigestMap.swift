import CVector

/// Plain values for digests: an open-addressed table for one thread.
struct DigestMap<Value: BitwiseCopyable>: ~Copyable {
  /// Ninety-five bits of a digest are as good as all, and the value lies beside them: one visit to memory finds both.
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
  private var mask: Int
  private(set) var count = 0
  /// Beyond this many the table starts anew; `nil` where all have to stay.
  private let limit: Int?

  init(capacity: Int = 1 << 10, limit: Int? = nil) {
    slots = TableMemory.allocate(capacity)
    mask = capacity - 1
    self.limit = limit
  }

  deinit { TableMemory.free(slots, mask + 1) }

  /// The value of a digest, where it has one.
  subscript(digest: KeyedDigest) -> Value? {
    @inline(__always) get {
      let mark = Slot.mark(digest)
      var place = Int(truncatingIfNeeded: digest.low) & mask
      while slots[place].high != 0 {
        if slots[place].low == digest.low, slots[place].high == mark { return slots[place].value }
        place = (place + 1) & mask
      }
      return nil
    }
  }

  /// Tells the processor that the place of a digest will be asked for.
  @inline(__always)
  func approach(_ digest: KeyedDigest) {
    prefetch(slots + Int(truncatingIfNeeded: digest.low) & mask)
  }

  /// Gives a digest that has none a value, and gives it back.
  @discardableResult
  mutating func insert(_ digest: KeyedDigest, _ value: Value) -> Value {
    if let limit, count >= limit { removeAll() }
    if count * 3 > mask * 2 { grow() }
    place(Slot(digest, value))
    count += 1
    return value
  }

  /// Forgets everything and keeps the room.
  mutating func removeAll() {
    for place in 0...mask { slots[place].high = 0 }
    count = 0
  }

  private func place(_ slot: Slot) {
    var place = Int(truncatingIfNeeded: slot.low) & mask
    while slots[place].high != 0 { place = (place + 1) & mask }
    slots[place] = slot
  }

  private mutating func grow() {
    let old = slots
    let oldCount = mask + 1
    // A table that still fits a core's cache grows faster: all that it holds moves at each step.
    let newCount = oldCount < 1 << 15 ? oldCount * 4 : oldCount * 2
    slots = TableMemory.allocate(newCount, isFilledAtRandom: true)
    mask = newCount - 1
    for index in 0..<oldCount where old[index].high != 0 { place(old[index]) }
    TableMemory.free(old, oldCount)
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
