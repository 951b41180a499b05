/// Classes of critical outcomes, a bit for each in the taxonomy's order.
struct OverrideClasses: BitwiseCopyable, Equatable, Sendable {
  private static let all = OverrideClass.allCases

  private(set) var bits: UInt16

  init(_ classes: some Sequence<OverrideClass>) {
    self.init(bits: 0)
    for member in classes { insert(member) }
  }

  init(bits: UInt16) { self.bits = bits }

  mutating func insert(_ member: OverrideClass) {
    if let position = Self.all.firstIndex(of: member) { bits |= 1 << UInt16(position) }
  }

  /// Whether both have a class.
  func meets(_ other: OverrideClasses) -> Bool { bits & other.bits != 0 }

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
