import CVector

/// The keys of records in the order in which they came, learnt from the records before: what most likely comes next.
///
/// Records repeat the order of their members at every level, so that one comparison usually reads a key with its
/// quotes and its colon, and says what the key means. All that is learnt is a guess: a key that isn't where it was
/// last time is read and learnt anew. Each place has one meaning for good: whoever passes a value under it looks for
/// the same things there. One for each thread.
struct KeyTree: ~Copyable {
  /// What a key stands for.
  struct Meaning: BitwiseCopyable {
    /// What the scanner of its object makes of it, 0 for nothing.
    var role: UInt8 = 0
    /// The number of its name among those that are looked for, 0 for none.
    var name: UInt16 = 0
    /// Nothing below is looked at.
    var hides = false
    /// The value, where it was learnt with the key.
    var literal = Literal.none
  }

  /// A value that is learnt with its key: what follows a key is mostly one of these or never.
  enum Literal: UInt8 {
    case none, null, no, yes

    /// Bytes of the value.
    @inline(__always)
    var count: Int {
      switch self {
      case .none: 0
      case .null, .yes: 4
      case .no: 5
      }
    }
  }

  /// A key in its place, by the bytes before its node; 0 stands for keys that aren't learnt, below which nothing is.
  typealias Place = UInt32

  /// The bytes of the longest key that is learnt, with quotes and colon.
  private typealias Key = (UInt64, UInt64, UInt64, UInt64)

  private struct Node: BitwiseCopyable {
    /// The key with quotes and colon, and the value that is learnt with it; zeros behind them.
    var key: Key = (0, 0, 0, 0)
    /// A bit for each byte of the key.
    var mask: UInt32 = 0
    /// The key that followed it in its object, the first one in its value, and another one in its own stead.
    var next: Place = 0
    var child: Place = 0
    var other: Place = 0
    /// Bytes from the quote to the colon, or the value's end.
    var length: UInt8 = 0
    var meaning = Meaning()
    /// A node fills a line of the cache.
    private var rest: UInt64 = 0
  }

  /// How many keys may stand in each other's stead.
  static let alternatives = 8
  /// Bytes of the longest key that is learnt, with quotes and colon.
  static let lengthLimit = 32

  /// The nodes, as far as `count` in use.
  private let nodes: UnsafeMutableRawPointer
  private let capacity: Int
  private let rootCount: Int
  private var count: Int

  /// A tree with so many roots, from 0 on; beyond `capacity` keys everything is learnt anew.
  init(roots: Int, capacity: Int) {
    rootCount = roots + 1
    count = rootCount
    self.capacity = rootCount + capacity
    let stride = MemoryLayout<Node>.stride
    nodes = .allocate(byteCount: self.capacity * stride, alignment: stride)
    nodes.bindMemory(to: Node.self, capacity: self.capacity).initialize(repeating: Node(), count: rootCount)
  }

  deinit { nodes.deallocate() }

  /// A place that has no key.
  @inline(__always)
  static func root(_ number: Int) -> Place { place(number + 1) }

  @inline(__always)
  private static func place(_ number: Int) -> Place {
    Place(truncatingIfNeeded: number * MemoryLayout<Node>.stride)
  }

  /// How far the keys of an object have been passed.
  struct Cursor: BitwiseCopyable {
    /// Where the first of the keys that may come next is named, in bytes: in the last key that is learnt, or else as
    /// the first in the object.
    fileprivate var link: UInt32 = 0
  }

  /// The start of the object that a place stands for.
  @inline(__always)
  func start(of place: Place) -> Cursor { Cursor(link: place &+ Self.childOffset) }

  @inline(__always)
  func meaning(of place: Place) -> Meaning { node(place).pointee.meaning }

  @inline(__always)
  private func node(_ place: Place) -> UnsafeMutablePointer<Node> {
    (nodes + Int(place)).assumingMemoryBound(to: Node.self)
  }

  /// The place that a cursor expects, or where it is to be kept.
  @inline(__always)
  private func guess(_ cursor: Cursor) -> UnsafeMutablePointer<Place> {
    (nodes + Int(cursor.link)).assumingMemoryBound(to: Place.self)
  }

  /// Where a node's fields stand, in bytes.
  @inline(__always)
  private static var nextOffset: UInt32 { UInt32(MemoryLayout<Key>.size + MemoryLayout<UInt32>.size) }
  @inline(__always)
  private static var childOffset: UInt32 { nextOffset + UInt32(MemoryLayout<Place>.size) }

  /// Which key stands at `bytes`, and its length with quotes, colon and a value that was learnt with it; place 0 for one
  /// that wasn't expected.
  ///
  /// 32 bytes have to be readable.
  @inline(__always)
  func match(_ cursor: inout Cursor, _ bytes: UnsafePointer<UInt8>) -> (place: Place, length: Int) {
    var place = guess(cursor).pointee
    while place != 0 {
      let node = node(place)
      let length = Int(node.pointee.length)
      // The key is the first of a node's fields.
      let key = UnsafeRawPointer(node).assumingMemoryBound(to: UInt8.self)
      if has_prefix(bytes, key, node.pointee.mask, length) {
        cursor.link = place &+ Self.nextOffset
        return (place, length)
      }
      place = node.pointee.other
    }
    return (0, 0)
  }

  /// Keeps what a key means that isn't learnt, until the next such key comes; its place is 0.
  mutating func pass(_ meaning: Meaning) -> Place {
    node(0).pointee.meaning = meaning
    return 0
  }

  /// Learns the key of some length at `bytes`, which wasn't expected where the cursor is.
  ///
  /// What is learnt may stand in the stead of what was known.
  mutating func learn(
    _ bytes: UnsafePointer<UInt8>, length: Int, at cursor: inout Cursor, _ meaning: Meaning
  ) -> Place {
    guard cursor.link >= MemoryLayout<Node>.stride, length <= Self.lengthLimit else { return pass(meaning) }
    var last: Place = 0
    var stead = guess(cursor).pointee
    var rank = 0
    while stead != 0 {
      last = stead
      stead = node(stead).pointee.other
      rank += 1
    }
    var place = last
    if rank < Self.alternatives {
      guard count < capacity else { return pass(meaning) }
      place = Self.place(count)
      count += 1
      if last != 0 {
        node(last).pointee.other = place
      } else {
        guess(cursor).pointee = place
      }
    }
    node(place).initialize(to: Self.node(bytes, length: length, meaning))
    cursor.link = place &+ Self.nextOffset
    return place
  }

  /// Between two records: forgets everything once there is no room for more.
  @inline(__always)
  mutating func makeRoom() {
    if count == capacity { forget() }
  }

  private mutating func forget() {
    node(0).update(repeating: Node(), count: rootCount)
    count = rootCount
  }

  private static func node(_ bytes: UnsafePointer<UInt8>, length: Int, _ meaning: Meaning) -> Node {
    var node = Node()
    withUnsafeMutableBytes(of: &node.key) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: length))
    }
    node.mask = UInt32(truncatingIfNeeded: 1 << UInt64(length) - 1)
    node.length = UInt8(length)
    node.meaning = meaning
    return node
  }
}
