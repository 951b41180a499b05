#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Zeroed room for the tables of millions of entries.
///
/// From two megabytes on it is asked for in large pages, where the system has them: a table is met in random places,
/// and with small pages every second visit would also miss the processor's table of pages.
enum TableMemory {
  /// Bytes from which on room comes straight from the system.
  private static let largeSize = 2 << 20

  /// Bytes that one thread asks for at once, a multiple of the largest pages.
  private static let stretch = 4 << 20

  /// Room for `count` plain values, all bits zero.
  ///
  /// Room of which `isFilledAtRandom` is asked for at once: a page that is read before it is written costs two faults
  /// and, the second time, a call to every other processor.
  static func allocate<Value: BitwiseCopyable>(
    _ count: Int, of type: Value.Type = Value.self, isFilledAtRandom: Bool = false
  ) -> UnsafeMutablePointer<Value> {
    let size = max(1, count * MemoryLayout<Value>.stride)
    guard size >= largeSize else {
      guard let room = calloc(1, size) else { fatalError("no memory for a table of \(size) bytes") }
      return room.bindMemory(to: type, capacity: count)
    }
    return mapped(size, isFilledAtRandom: isFilledAtRandom).bindMemory(to: type, capacity: count)
  }

  /// Room for tables of at least `count` plain values each, filled at random: side by side, so that even small tables
  /// lie in large pages.
  ///
  /// `jobs` threads ask the system for the pages, which takes longer than all else about them.
  ///
  /// - Returns: the rooms, each to be given back separately by `free(part:_:)`, and how many values each holds.
  static func allocate<Value: BitwiseCopyable>(
    parts: Int, of count: Int, as type: Value.Type = Value.self, jobs: Int = 1
  ) -> (rooms: [UnsafeMutablePointer<Value>], capacity: Int) {
    // As many values as a page has bytes fill whole pages, whatever their size.
    let page = Int(getpagesize())
    let capacity = max(1, (count + page - 1) / page) * page
    let stride = capacity * MemoryLayout<Value>.stride
    let room = mapped(parts * stride, isFilledAtRandom: true, jobs: jobs)
    return ((0..<parts).map { (room + $0 * stride).bindMemory(to: type, capacity: capacity) }, capacity)
  }

  /// Gives back one of several rooms that were asked for together.
  static func free<Value: BitwiseCopyable>(part: UnsafeMutablePointer<Value>, _ count: Int) {
    munmap(part, count * MemoryLayout<Value>.stride)
  }

  private static func mapped(
    _ size: Int, isFilledAtRandom: Bool, jobs: Int = 1
  ) -> UnsafeMutableRawPointer {
    let room = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let room, room != MAP_FAILED else { fatalError("no memory for a table of \(size) bytes") }
    #if os(Linux)
      // A refusal costs time only.
      _ = madvise(room, size, MADV_HUGEPAGE)
    #endif
    if isFilledAtRandom { touch(room, size, jobs: jobs) }
    return room
  }

  /// Asks for the pages of a room by writing to each: unlike a call for many, that stops no other thread that asks for
  /// memory.
  private static func touch(_ room: UnsafeMutableRawPointer, _ size: Int, jobs: Int) {
    let start = UInt(bitPattern: room)
    let page = Int(getpagesize())
    _ = ConcurrentMap(jobs: jobs).map((size + stretch - 1) / stretch) { number in
      for offset in stride(from: number * stretch, to: min((number + 1) * stretch, size), by: page) {
        UnsafeMutablePointer<UInt8>(bitPattern: start + UInt(offset))?.pointee = 0
      }
    }
  }

  /// Gives back the room of `count` values.
  static func free<Value: BitwiseCopyable>(_ room: UnsafeMutablePointer<Value>, _ count: Int) {
    let size = max(1, count * MemoryLayout<Value>.stride)
    if size >= largeSize {
      munmap(room, size)
    } else {
      #if canImport(Darwin)
        Darwin.free(room)
      #else
        Glibc.free(room)
      #endif
    }
  }
}
