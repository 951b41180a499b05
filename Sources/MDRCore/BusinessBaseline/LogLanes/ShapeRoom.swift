/// Room in which shapes of values are written one after the other, with some before each for what a name begins with.
///
/// What it gives is valid until the next shape is written.
struct ShapeRoom: ~Copyable {
  private var room: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 10
  /// Where the shape starts.
  private var start = 0

  init() { room = .allocate(capacity: capacity) }

  deinit { room.deallocate() }

  /// Writes a shape to a place with room for so many bytes, as many as `beginning` before it kept free.
  @inline(__always)
  mutating func withPlace<Result>(
    _ count: Int, behind beginning: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Result
  ) -> Result {
    if beginning + count > capacity {
      room.deallocate()
      capacity = (beginning + count) * 2
      room = .allocate(capacity: capacity)
    }
    start = beginning
    return write(room + start)
  }

  /// The first bytes of the shape.
  @inline(__always)
  func bytes(_ count: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: room + start, count: count)
  }

  /// The same behind a text and a sign, no longer than what was kept free for them.
  func bytes(_ count: Int, behind text: String, _ sign: Unicode.Scalar) -> UnsafeBufferPointer<UInt8> {
    var text = text
    let first = text.withUTF8 { text in
      let first = start - text.count - 1
      precondition(first >= 0, "more was written before a shape than was kept free")
      if let bytes = text.baseAddress { (room + first).update(from: bytes, count: text.count) }
      return first
    }
    room[start - 1] = UInt8(ascii: sign)
    return UnsafeBufferPointer(start: room + first, count: start - first + count)
  }
}
