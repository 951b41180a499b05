import CVector

/// Values for the digests that were asked for most recently: a small table in which a new digest replaces an old one.
struct RecentMap<Value: BitwiseCopyable>: ~Copyable {
  private struct Slot: BitwiseCopyable {
    var key: KeyedDigest
    var value: Value
  }

  private let slots: UnsafeMutablePointer<Slot>
  private let capacity: Int

  /// A table of so many places, a power of two; few enough that a core's own cache holds them.
  init(capacity: Int = 512) {
    self.capacity = capacity
    slots = TableMemory.allocate(capacity)
  }

  deinit { TableMemory.free(slots, capacity) }

  /// What was kept for a digest other than `none`, while nothing has taken its place.
  subscript(key: KeyedDigest) -> Value? {
    @inline(__always) get {
      let slot = place(of: key)
      return slot.pointee.key == key ? slot.pointee.value : nil
    }
  }

  /// Tells the processor that the place of a digest will be asked for.
  @inline(__always)
  func approach(_ key: KeyedDigest) { prefetch(place(of: key)) }

  /// Keeps a value for a digest, and gives it back.
  @inline(__always)
  @discardableResult
  mutating func keep(_ value: Value, for key: KeyedDigest) -> Value {
    place(of: key).pointee = Slot(key: key, value: value)
    return value
  }

  @inline(__always)
  private func place(of key: KeyedDigest) -> UnsafeMutablePointer<Slot> {
    slots + Int(truncatingIfNeeded: key.low) & (capacity - 1)
  }
}
