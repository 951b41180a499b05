import Testing

@testable import MDRCore

@Suite struct CountListTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `counts are those of a dictionary, in order and after a union`(seed: UInt64) {
    var random = FixedGenerator(state: seed)
    var list = CountList()
    var other = CountList()
    var counts: [UInt32: Int] = [:]
    for _ in 0..<1_000 {
      let value = UInt32.random(in: 0..<90, using: &random)
      let count = Int.random(in: 1..<5, using: &random)
      counts[value, default: 0] += count
      if Bool.random(using: &random) { list.add(value, count) } else { other.add(value + 100, count) }
    }
    list.formUnion(other) { $0 - 100 }
    let distinct = list.withDistinct { $0 }
    #expect(distinct.map(\.value) == counts.keys.sorted())
    #expect(distinct.allSatisfy { counts[$0.value] == $0.count })
  }

  @Test func `names are sorted, repeats summed and found`() {
    let counts = NamedCounts([("b", 2), ("a", 1), ("b", 3)].map { (key: $0.0, value: $0.1) })
    #expect(counts == ["a": 1, "b": 5])
    #expect(counts["b"] == 5 && counts["c"] == nil && counts[""] == nil)
    #expect(Array(counts.keys) == ["a", "b"])
  }
}
