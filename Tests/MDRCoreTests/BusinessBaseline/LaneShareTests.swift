import Testing

@testable import MDRCore

@Suite struct LaneShareTests {
  @Test(arguments: [1, 40, 513, 6_000])
  func `shares are sorted by the names of their lanes, and those of one lane stay in order`(count: Int) {
    var random = FixedGenerator(state: UInt64(count))
    var table = StringTable()
    // So many names that ranks have two digits.
    for number in 0..<5_000 { _ = table.intern("name \(number)") }
    let some = (0..<3).map { _ in NameNumber.random(in: 0..<5_000, using: &random) }
    let keys = (0..<count).map { _ in
      LaneNumbers(
        account: 0, actor: .random(in: 0..<5_000, using: &random),
        event: some.randomElement(using: &random) ?? 0, source: .random(in: 0..<2, using: &random) * 2_500,
        region: some.randomElement(using: &random) ?? 0)
    }
    let repeated = keys + keys.shuffled(using: &random)
    OrderedNames(table).withView { names in
      var shares = repeated.enumerated().map { position, key in
        LaneShare(key, names, piece: 0, position: UInt32(position))
      }
      shares.sortByLane()
      let sorted = repeated.enumerated().sorted { one, other in
        (one.element.unpacked(table), one.offset) < (other.element.unpacked(table), other.offset)
      }
      #expect(shares.map { Int($0.position) } == sorted.map(\.offset))
      let stretches = shares.stretches(of: 100)
      #expect(stretches.first?.range.lowerBound == 0 && stretches.last?.range.upperBound == shares.count)
      #expect(stretches.reduce(0) { $0 + $1.lanes } == Set(keys).count)
      for (one, other) in zip(stretches, stretches.dropFirst()) {
        let border = other.range.lowerBound
        #expect(one.range.upperBound == border && one.range.count >= 100)
        #expect(!shares[border].isOfLane(of: shares[border - 1]))
      }
    }
  }
}
