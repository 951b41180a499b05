import Testing

@testable import MDRCore

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
