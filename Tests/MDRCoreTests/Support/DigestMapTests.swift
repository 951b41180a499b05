import Testing

@testable import MDRCore

@Suite struct DigestMapTests {
  @Test func `a table that grows answers as a dictionary does`() {
    var random = FixedGenerator(state: 9)
    var map = DigestMap<UInt64>(capacity: 4)
    var known: [KeyedDigest: UInt64] = [:]
    for value in 0..<200_000 as Range<UInt64> {
      // The first digests lie at the two ends, where a table begins anew.
      let edge: UInt64 = value % 2 == 0 ? 0 : .max
      let digest = KeyedDigest(
        high: .random(in: 0 ... .max, using: &random),
        low: value < 64 ? edge : .random(in: 0 ... .max, using: &random))
      guard map[digest] == nil else { continue }
      map.insert(digest, value)
      known[digest] = value
    }
    let (count, stranger) = (map.count, map[KeyedDigest(high: 1, low: 2)])
    #expect(count == known.count)
    #expect(stranger == nil)
    for (digest, value) in known {
      let found = map[digest]
      #expect(found == value)
    }
  }

  @Test func `a table with a limit starts anew and holds what came last`() {
    var map = DigestMap<UInt32>(limit: 10)
    for value in 0..<25 as Range<UInt32> {
      map.insert(KeyedDigest(high: UInt64(value) << 8, low: UInt64(value) << 56), value)
      let (count, found) = (map.count, map[KeyedDigest(high: UInt64(value) << 8, low: UInt64(value) << 56)])
      #expect(count <= 10)
      #expect(found == value)
    }
    let (count, first) = (map.count, map[KeyedDigest(high: 0, low: 0)])
    #expect(count == 5)
    #expect(first == nil)
  }
}

@Suite struct RecentMapTests {
  @Test func `a small table gives what was kept, or nothing, never another's`() {
    var random = FixedGenerator(state: 11)
    var map = RecentMap<UInt64>(capacity: 64)
    var (found, missed) = (0, 0)
    for _ in 0..<20_000 {
      let value = UInt64.random(in: 1...200, using: &random)
      let digest = KeyedDigest(high: value, low: value &* 0x9E37_79B9_7F4A_7C15)
      if let known = map[digest] {
        #expect(known == value)
        found += 1
      } else {
        let kept = map.keep(value, for: digest)
        let known = map[digest]
        #expect(kept == value && known == value)
        missed += 1
      }
    }
    #expect(found > 1_000 && missed > 1_000)
  }
}

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
