import Testing

@testable import MDRCore

@Suite struct OrderedSelectionTests {
  @Test func `the first in an order are those that sorting shows first`() {
    var random = FixedGenerator(state: 3)
    for count in 0..<60 {
      let values = (0..<count).map { (value: Int.random(in: 0..<9, using: &random), number: $0) }
      let sorted = values.sorted { ($0.value, $0.number) < ($1.value, $1.number) }
      for limit in [0, 1, 2, 10, 100] {
        #expect(
          values.first(limit) { $0.value < $1.value }.map(\.number) == sorted.prefix(limit).map(\.number))
      }
    }
  }
}
