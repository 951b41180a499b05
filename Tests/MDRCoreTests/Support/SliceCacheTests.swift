import Testing

@testable import MDRCore

@Suite struct SliceCacheTests {
  private static func value(_ text: [UInt8], in cache: SliceCache<Int>, else compute: () -> Int) -> Int {
    text.withUnsafeBufferPointer { cache.value(for: $0, else: compute) }
  }

  @Test func `a slice is computed on first sight, and again once the memo has started anew`() {
    let cache = SliceCache<Int>(limit: 3_000)
    var computed = 0
    for _ in 0..<2 {
      for number in 0..<3_000 {
        let value = Self.value(Array("text \(number)".utf8), in: cache) {
          computed += 1
          return number
        }
        #expect(value == number)
      }
    }
    #expect(computed == 3_000)
    for number in [3_000, 0] {
      #expect(Self.value(Array("text \(number)".utf8), in: cache) { number + 1 } == number + 1)
    }
  }

  /// Texts that had one hash when every memo hashed alike: the second word of each makes nothing of the first.
  @Test func `texts can't be chosen to meet in one place`() {
    let texts = (0..<500 as Range<UInt64>).map { number -> [UInt8] in
      let start = UInt64(16) &* 0x9E37_79B9_7F4A_7C15
      let product = (start ^ number).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      return [number, product.high ^ product.low].flatMap { word in
        withUnsafeBytes(of: word) { Array($0) }
      }
    }
    let cache = SliceCache<Int>()
    let hashes = texts.map { text in text.withUnsafeBufferPointer { cache.hash($0) } }
    #expect(Set(texts).count == 500)
    #expect(Set(hashes).count > 490)
  }
}
