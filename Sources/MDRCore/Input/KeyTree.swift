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
  }

  /// A key in its place; 0 stands for keys that aren't learnt, below which nothing is.
  typealias Place = UInt32

  /// The bytes of the longest key that is learnt.
  private typealias Key = (UInt64, UInt64, UInt64, UInt64)

  private struct Node: BitwiseCopyable {
    /// The key with quotes and colon, zeros behind it.
    var key: Key = (0, 0, 0, 0)
    /// A bit for each byte of the key.
    var mask: UInt32 = 0
    /// The key that followed it in its object, the first one in its value, and another one in its own stead.
    var next: Place = 0
    var child: Place = 0
    var other: Place = 0
    /// Bytes from the quote to the colon.
    var length: UInt8 = 0
    var meaning = Meaning()
  }

  /// How many keys may stand in each other's stead.
  static let alternatives = 8
  /// Bytes of the longest key that is learnt, with quotes and colon.
  static let lengthLimit = 32

  /// As far as `count` they are in use.
  private let nodes: UnsafeMutablePointer<Node>
  private let capacity: Int
  private let rootCount: Int
  private var count: Int

  /// A tree with places from 1 to `roots` that have no key; beyond `capacity` keys everything is learnt anew.
  init(roots: Int, capacity: Int) {
    rootCount = roots + 1
    count = rootCount
    self.capacity = rootCount + capacity
    nodes = .allocate(capacity: self.capacity)
    nodes.initialize(repeating: Node(), count: rootCount)
  }

  deinit { nodes.deallocate() }

  /// How far the keys of an object have been passed.
  struct Cursor: BitwiseCopyable {
    /// What the object stands for.
    fileprivate var parent: Place = 0
    /// The last key that is learnt; 0 before the first.
    fileprivate var previous: Place = 0
    /// The first of the keys that may come next.
    fileprivate var guess: Place = 0
  }

  /// The start of the object that a place stands for.
  @inline(__always)
  func start(of place: Place) -> Cursor { Cursor(parent: place, guess: nodes[Int(place)].child) }

  @inline(__always)
  func meaning(of place: Place) -> Meaning { nodes[Int(place)].meaning }

  /// Which key stands at `bytes`, and its length with quotes and colon; place 0 for one that wasn't expected.
  ///
  /// 32 bytes have to be readable.
  @inline(__always)
  func match(_ cursor: inout Cursor, _ bytes: UnsafePointer<UInt8>) -> (place: Place, length: Int) {
    var place = cursor.guess
    while place != 0 {
      let node = nodes + Int(place)
      let length = Int(node.pointee.length)
      // The key is the first of a node's fields.
      let key = UnsafeRawPointer(node).assumingMemoryBound(to: UInt8.self)
      if has_prefix(bytes, key, node.pointee.mask, length) {
        cursor.previous = place
        cursor.guess = node.pointee.next
        return (place, length)
      }
      place = node.pointee.other
    }
    return (0, 0)
  }

  /// Keeps what a key means that isn't learnt, until the next such key comes; its place is 0.
  mutating func pass(_ meaning: Meaning) -> Place {
    nodes[0].meaning = meaning
    return 0
  }

  /// Learns the key of some length at `bytes`, which wasn't expected where the cursor is.
  ///
  /// What is learnt may stand in the stead of what was known.
  mutating func learn(
    _ bytes: UnsafePointer<UInt8>, length: Int, at cursor: inout Cursor, _ meaning: Meaning
  ) -> Place {
    guard cursor.parent != 0, length <= Self.lengthLimit else { return pass(meaning) }
    var last: Place = 0
    var stead = cursor.guess
    var rank = 0
    while stead != 0 {
      last = stead
      stead = nodes[Int(stead)].other
      rank += 1
    }
    var place = last
    if rank < Self.alternatives {
      guard count < capacity else { return pass(meaning) }
      place = Place(count)
      count += 1
      if last != 0 {
        nodes[Int(last)].other = place
      } else if cursor.previous != 0 {
        nodes[Int(cursor.previous)].next = place
      } else {
        nodes[Int(cursor.parent)].child = place
      }
    }
    (nodes + Int(place)).initialize(to: Self.node(bytes, length: length, meaning))
    cursor.previous = place
    cursor.guess = 0
    return place
  }

  /// Between two records: forgets everything once there is no room for more.
  @inline(__always)
  mutating func makeRoom() {
    if count == capacity { forget() }
  }

  private mutating func forget() {
    nodes.update(repeating: Node(), count: rootCount)
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
