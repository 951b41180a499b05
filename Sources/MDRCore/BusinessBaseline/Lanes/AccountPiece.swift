/// The groups that one thread has of an account.
struct AccountPiece: Sendable {
  /// What the thread collected, of which `positions` are the account's groups.
  var part: LanePart
  var positions: [UInt32] = []
  /// Its observations, and when the first and the last were.
  var span = SeenSpan()
}

/// How many observations there were, and when the first and the last were.
struct SeenSpan: BitwiseCopyable, Sendable {
  private(set) var count = 0
  private(set) var first = Timestamp(seconds: .max)
  private(set) var last = Timestamp(seconds: .min)

  @inline(__always)
  mutating func add(_ time: Timestamp, _ count: Int) {
    add(count, from: time, to: time)
  }

  @inline(__always)
  mutating func add(_ count: Int, from first: Timestamp, to last: Timestamp) {
    self.count += count
    if first < self.first { self.first = first }
    if last > self.last { self.last = last }
  }

  mutating func formUnion(_ other: SeenSpan) { add(other.count, from: other.first, to: other.last) }
}
