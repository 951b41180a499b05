/// Classes of critical outcomes, a bit for each in the taxonomy's order.
struct OverrideClasses: BitwiseCopyable, Sendable {
  private static let all = OverrideClass.allCases

  let bits: UInt16

  init(_ classes: some Sequence<OverrideClass>) {
    bits = classes.reduce(0) { bits, member in
      bits | (Self.all.firstIndex(of: member).map { 1 << UInt16($0) } ?? 0)
    }
  }

  init(bits: UInt16) { self.bits = bits }

  @inline(__always)
  var isEmpty: Bool { bits == 0 }
}

extension OverrideClasses: Sequence {
  struct Iterator: IteratorProtocol {
    fileprivate var rest: UInt16

    mutating func next() -> OverrideClass? {
      guard rest != 0 else { return nil }
      defer { rest &= rest - 1 }
      return OverrideClasses.all[rest.trailingZeroBitCount]
    }
  }

  func makeIterator() -> Iterator { Iterator(rest: bits) }
}
