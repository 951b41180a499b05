/// What was made of the digests that were asked for last: a small table in which a new digest takes an old one's place.
struct RecentDigests: ~Copyable {
  private struct Slot: BitwiseCopyable {
    var key = KeyedDigest.none
    var value = KeyedDigest.none
  }

  /// So few that a core's own cache holds them.
  private static let capacity = 512

  private let slots = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)

  init() { slots.initialize(repeating: Slot(), count: Self.capacity) }

  deinit { slots.deallocate() }

  /// What was kept for a digest other than `none`, while nothing has taken its place.
  subscript(key: KeyedDigest) -> KeyedDigest? {
    @inline(__always) get {
      let slot = place(of: key)
      return slot.pointee.key == key ? slot.pointee.value : nil
    }
  }

  /// Keeps a value for a digest.
  @inline(__always)
  mutating func keep(_ value: KeyedDigest, for key: KeyedDigest) {
    place(of: key).pointee = Slot(key: key, value: value)
  }

  @inline(__always)
  private func place(of key: KeyedDigest) -> UnsafeMutablePointer<Slot> {
    slots + Int(truncatingIfNeeded: key.low & UInt64(Self.capacity - 1))
  }
}
