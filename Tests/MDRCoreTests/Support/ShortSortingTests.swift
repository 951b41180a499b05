import Testing

@testable import MDRCore

@Suite struct ShortSortingTests {
  @Test func `short and long lists are sorted as the standard library sorts them`() {
    var random = FixedGenerator(state: 19)
    for count in 0..<50 {
      for range in [2, 10, 1_000] {
        var values = (0..<count).map { (value: Int.random(in: 0..<range, using: &random), number: $0) }
        let sorted = values.sorted { ($0.value, $0.number) < ($1.value, $1.number) }
        values.sortShort { ($0.value, $0.number) < ($1.value, $1.number) }
        #expect(values.map(\.number) == sorted.map(\.number))
        values.sortShort { ($0.value, $0.number) < ($1.value, $1.number) }
        #expect(values.map(\.number) == sorted.map(\.number))
        values.sortShort { ($1.value, $1.number) < ($0.value, $0.number) }
        #expect(values.map(\.number) == sorted.map(\.number).reversed())
      }
    }
  }

  @Test func `a set of days holds what a set holds, in any order and merged`() {
    var random = FixedGenerator(state: 23)
    for _ in 0..<100 {
      var (one, other, set) = (DaySet(), DaySet(), Set<Int>())
      for _ in 0..<Int.random(in: 0..<200, using: &random) {
        let day =
          Int.random(in: 0..<20, using: &random) == 0
          ? Int.random(in: -3_000_000..<3_000_000, using: &random)
          : Int.random(in: 19_000..<20_500, using: &random)
        if Bool.random(using: &random) { one.insert(day) } else { other.insert(day) }
        set.insert(day)
      }
      one.formUnion(other)
      #expect(one.count == set.count)
    }
  }
}
