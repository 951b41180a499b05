/// Pieces of encoded JSON that belong to a digest, one of each kind to each, numbered; one for each thread.
///
/// What the log names fills it, so it starts anew when it is full.
struct FragmentStore<Piece: RawRepresentable<Int> & CaseIterable, Facts>: ~Copyable {
  /// Bytes of pieces that are kept at most.
  private static var byteLimit: Int { 32 << 20 }

  private let pieceCount: Int
  /// Digests that are kept at most.
  private let entryLimit: Int
  private var numbers = DigestTable()
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 12
  private var used = 0
  /// Where each piece ends, entry after entry.
  private var ends: [UInt32] = [0]
  private var facts: [Facts] = []

  /// A store of at most `limit` entries.
  init(limit: Int = 1 << 16) {
    pieceCount = Piece.allCases.count
    entryLimit = limit
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
  func piece(_ piece: Piece, of number: Int) -> UnsafeBufferPointer<UInt8> {
    let place = number * pieceCount + piece.rawValue
    let start = Int(ends[place])
    return UnsafeBufferPointer(start: bytes + start, count: Int(ends[place + 1]) - start)
  }

  /// Bytes of all pieces of an entry.
  @inline(__always)
  func size(of number: Int) -> Int { Int(ends[(number + 1) * pieceCount] - ends[number * pieceCount]) }

  /// Numbers an entry whose digest has no number; from 0 on again when the store was full.
  ///
  /// `ends` says where each piece ends among the bytes; pieces that are not there are empty.
  mutating func insert(_ digest: KeyedDigest, _ own: Facts, _ pieces: [UInt8] = [], ends: [Int] = []) -> Int {
    if facts.count >= entryLimit || used + pieces.count > Self.byteLimit { removeAll() }
    reserve(used + pieces.count)
    pieces.withUnsafeBufferPointer {
      if let start = $0.baseAddress { (bytes + used).update(from: start, count: $0.count) }
    }
    for index in 0..<pieceCount {
      self.ends.append(UInt32(used + (index < ends.count ? ends[index] : pieces.count)))
    }
    used += pieces.count
    numbers.insert(digest, facts.count)
    facts.append(own)
    return facts.count - 1
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
