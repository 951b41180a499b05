import Testing

@testable import MDRCore

@Suite struct PlainListTests {
  @Test(arguments: [0, 10, 300_000]) func `a list holds what was appended, however much was expected`(
    expected: Int
  ) {
    var list = PlainList<Int>(expecting: expected)
    for value in 0..<200_000 { list.append(value * 3) }
    let values = Array(list.elements)
    #expect(values.count == 200_000)
    #expect(values.enumerated().allSatisfy { $0 * 3 == $1 })
    list[7] = -1
    list.truncate(to: 8)
    let first = Array(list.elements)
    #expect(first == [0, 3, 6, 9, 12, 15, 18, -1])
  }

  @Test func `a list of zeros holds as many as were asked for`() {
    let list = PlainList<UInt32>(zeros: 1_000_000)
    let values = Array(list.elements)
    #expect(values.count == 1_000_000 && values.allSatisfy { $0 == 0 })
  }
}
