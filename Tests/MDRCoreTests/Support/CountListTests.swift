import Testing

@testable import MDRCore

@Suite struct CountListTests {
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `counts are those of a dictionary, also after a union and when the room serves again`(seed: UInt64) {
    var random = FixedGenerator(state: seed)
    var list = CountList()
    for round in 0..<6 {
      var other = CountList()
      var counts: [UInt32: Int] = [:]
      var order: [UInt32] = []
      // Now a handful of values, now hundreds.
      let values = [3, 90, 8, 9, 700, 5][(round + Int(seed)) % 6]
      for number in 0..<1_000 {
        let value = UInt32.random(in: 0..<UInt32(values), using: &random) &* 0x1000_0001
        let count = Int.random(in: 0..<5, using: &random)
        if count > 0, counts[value] == nil { order.append(value) }
        if count > 0 { counts[value, default: 0] += count }
        if number < 500 { list.add(value, count) } else { other.add(value &+ 100, count) }
      }
      list.formUnion(other) { $0 &- 100 }
      #expect(list.entries.map(\.value) == order)
      list.withDistinct { $0.reverse() }
      list.add(7 &* 0x1000_0001, 1)
      counts[7 &* 0x1000_0001, default: 0] += 1
      #expect(list.entries.count == counts.count)
      #expect(list.entries.allSatisfy { counts[$0.value] == $0.count })
      list.removeAll()
      #expect(list.isEmpty)
    }
  }

  @Test func `names are sorted, repeats summed and found`() {
    let counts = NamedCounts([("b", 2), ("a", 1), ("b", 3)].map { (key: $0.0, value: $0.1) })
    #expect(counts == ["a": 1, "b": 5])
    #expect(counts["b"] == 5 && counts["c"] == nil && counts[""] == nil)
    #expect(Array(counts.keys) == ["a", "b"])
  }
}
