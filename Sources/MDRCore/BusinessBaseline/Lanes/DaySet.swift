/// Distinct days: a bit for each near the first one added, the few that lie far away by themselves.
struct DaySet: Sendable {
  private static let width = 1_024

  /// The day of the first bit.
  private var start = 0
  private var bits: [UInt64] = []
  private var others: Set<Int> = []

  mutating func insert(_ day: Int) {
    if bits.isEmpty {
      start = day - Self.width / 2
      bits = [UInt64](repeating: 0, count: Self.width / 64)
    }
    let place = day - start
    if place >= 0, place < Self.width {
      bits[place / 64] |= 1 << UInt64(place % 64)
    } else {
      others.insert(day)
    }
  }

  mutating func formUnion(_ other: DaySet) {
    for day in other.days { insert(day) }
  }

  var count: Int { bits.reduce(others.count) { $0 + $1.nonzeroBitCount } }

  /// The days, in no order.
  private var days: [Int] {
    bits.indices.flatMap { word in
      (0..<64).filter { bits[word] & 1 << UInt64($0) != 0 }.map { start + word * 64 + $0 }
    } + others
  }
}
