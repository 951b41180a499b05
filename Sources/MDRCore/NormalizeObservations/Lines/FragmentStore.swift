/// Pieces of encoded JSON that belong to a digest, a fixed number of pieces to each, numbered; one for each thread.
///
/// What the log names fills it, so it starts anew when it is full.
struct FragmentStore<Facts>: ~Copyable {
  /// Digests, and bytes of pieces, that are kept at most.
  private static var entryLimit: Int { 1 << 16 }
  private static var byteLimit: Int { 32 << 20 }

  private let pieceCount: Int
  private var numbers = DigestTable()
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 12
  private var used = 0
  /// Where each piece ends, entry after entry.
  private var ends: [UInt32] = [0]
  private var facts: [Facts] = []

  init(pieces: Int) {
    pieceCount = pieces
    bytes = .allocate(capacity: capacity)
  }

  deinit { bytes.deallocate() }

  /// The number for a digest, where it has one.
  @inline(__always)
  func number(for digest: KeyedDigest) -> Int? { numbers.value(digest) }

  /// What is known of an entry besides its pieces.
  subscript(number: Int) -> Facts {
    @inline(__always) get { facts[number] }
  }

  /// A piece of an entry, valid until the next insertion.
  @inline(__always)
  func piece(_ index: Int, of number: Int) -> UnsafeBufferPointer<UInt8> {
    let place = number * pieceCount + index
    let start = Int(ends[place])
    return UnsafeBufferPointer(start: bytes + start, count: Int(ends[place + 1]) - start)
  }

  /// Bytes of all pieces of an entry.
  @inline(__always)
  func size(of number: Int) -> Int { Int(ends[(number + 1) * pieceCount] - ends[number * pieceCount]) }

  /// Numbers an entry whose digest has no number; from 0 on again when the store was full.
  mutating func insert(
    _ digest: KeyedDigest, _ own: Facts, pieces: [UnsafeBufferPointer<UInt8>]
  ) -> Int {
    let size = pieces.reduce(0) { $0 + $1.count }
    if facts.count >= Self.entryLimit || used + size > Self.byteLimit { removeAll() }
    reserve(used + size)
    for index in 0..<pieceCount {
      if index < pieces.count, let start = pieces[index].baseAddress {
        (bytes + used).update(from: start, count: pieces[index].count)
        used += pieces[index].count
      }
      ends.append(UInt32(used))
    }
    numbers.insert(digest, facts.count)
    facts.append(own)
    return facts.count - 1
  }

  /// The same for pieces in arrays.
  mutating func insert(_ digest: KeyedDigest, _ own: Facts, copying pieces: [[UInt8]]) -> Int {
    let joined = pieces.flatMap(\.self)
    return joined.withUnsafeBufferPointer { bytes in
      var start = 0
      let slices = pieces.map { piece in
        defer { start += piece.count }
        return UnsafeBufferPointer(rebasing: bytes[start..<start + piece.count])
      }
      return insert(digest, own, pieces: slices)
    }
  }

  private mutating func removeAll() {
    numbers.removeAll()
    facts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    ends.append(0)
    used = 0
  }

  private mutating func reserve(_ count: Int) {
    guard count > capacity else { return }
    while capacity < count { capacity *= 2 }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: bytes, count: used)
    bytes.deallocate()
    bytes = larger
  }
}
