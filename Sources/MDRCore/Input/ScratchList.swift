/// A short list of plain values that is filled and emptied many times, in room that is never enlarged.
struct ScratchList<Element: BitwiseCopyable>: ~Copyable {
  private let room: UnsafeMutablePointer<Element>
  private let capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    room = .allocate(capacity: capacity)
  }

  deinit { room.deallocate() }

  /// The values, valid until the list changes.
  @inline(__always)
  var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: room, count: count) }

  /// Appends a value; `false` where there is no room for it.
  @inline(__always)
  mutating func append(_ element: Element) -> Bool {
    guard count < capacity else { return false }
    (room + count).initialize(to: element)
    count += 1
    return true
  }

  @inline(__always)
  mutating func removeAll() { count = 0 }
}
