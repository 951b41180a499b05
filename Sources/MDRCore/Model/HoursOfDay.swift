/// Hours of the day, from 0 to 23, in order.
package struct HoursOfDay: Hashable, BitwiseCopyable, Sendable {
  private var bits: UInt32 = 0

  /// Takes hours in any order; numbers that are no hour of the day are left out.
  package init(_ hours: some Sequence<Int>) {
    for hour in hours { insert(hour) }
  }

  @inline(__always)
  mutating func insert(_ hour: Int) {
    if hour >= 0, hour < 24 { bits |= 1 << UInt32(hour) }
  }
}

extension HoursOfDay: Sequence {
  package struct Iterator: IteratorProtocol {
    fileprivate var rest: UInt32

    @inline(__always)
    package mutating func next() -> Int? {
      guard rest != 0 else { return nil }
      defer { rest &= rest - 1 }
      return rest.trailingZeroBitCount
    }
  }

  package func makeIterator() -> Iterator { Iterator(rest: bits) }
}
