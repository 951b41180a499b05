/// A growing list of plain values in memory of its own, which the system fills page by page as the list grows.
///
/// Room for all that is expected is asked for at the start: what isn't reached costs nothing, and what is reached is
/// never copied.
struct PlainList<Element: BitwiseCopyable>: ~Copyable {
  private var start: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init(expecting count: Int = 0) {
    capacity = max(64, count)
    start = TableMemory.allocate(capacity)
  }

  /// A list of so many values, all bits zero.
  init(zeros count: Int) {
    self.init(expecting: count)
    self.count = count
  }

  deinit { TableMemory.free(start, capacity) }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (start + count).initialize(to: element)
    count += 1
  }

  subscript(index: Int) -> Element {
    @inline(__always) get { start[index] }
    @inline(__always) set { start[index] = newValue }
  }

  /// The values, valid until the list grows or ends.
  @inline(__always)
  var elements: UnsafeMutableBufferPointer<Element> { UnsafeMutableBufferPointer(start: start, count: count) }

  /// Forgets all values from an index on.
  mutating func truncate(to count: Int) { self.count = min(self.count, count) }

  private mutating func grow() {
    let larger = TableMemory.allocate(capacity * 2, of: Element.self)
    larger.update(from: start, count: count)
    TableMemory.free(start, capacity)
    start = larger
    capacity *= 2
  }
}
