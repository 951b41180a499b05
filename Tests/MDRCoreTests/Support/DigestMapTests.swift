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
