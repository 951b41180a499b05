import Testing

@testable import MDRCore

@Suite struct KeyedHashTests {
  private static func digest(_ hash: KeyedHash, _ parts: [[UInt8]]) -> KeyedDigest {
    parts.reduce(.none) { digest, part in
      part.withUnsafeBufferPointer { hash.digest($0, after: digest) }
    }
  }

  @Test
  func `texts that differ in one bit, one letter or their length have different digests in both halves`() {
    let hash = KeyedHash(fixedKey: 3)
    var texts: Set<[UInt8]> = []
    for count in 0...70 {
      for text in [(0..<count).map { UInt8($0) }, [UInt8](repeating: 0, count: count)] {
        texts.insert(text)
        for position in 0..<count {
          for bit in 0..<8 {
            var other = text
            other[position] ^= 1 << bit
            texts.insert(other)
          }
        }
      }
    }
    let digests = texts.map { Self.digest(hash, [$0]) }
    #expect(texts.count > 20_000)
    #expect(Set(digests).count == texts.count)
    #expect(Set(digests.map(\.high)).count == texts.count)
    #expect(Set(digests.map(\.low)).count == texts.count)
  }

  @Test func `parts count in their order, and empty ones too`() {
    let hash = KeyedHash(fixedKey: 4)
    var digests: Set<KeyedDigest> = []
    // All ways to fill six parts with nothing, `a`, or `ab`.
    for number in 0..<729 {
      let parts = (0..<6).map { place in
        [[], [0x61], [0x61, 0x62]][(0..<place).reduce(number) { rest, _ in rest / 3 } % 3] as [UInt8]
      }
      digests.insert(Self.digest(hash, parts))
    }
    #expect(digests.count == 729)
  }

  @Test func `the digest of bytes depends on them alone, not on what follows`() {
    let hash = KeyedHash()
    for count in 0...40 {
      let text = (0..<count).map { UInt8($0) }
      let expected = Self.digest(hash, [text])
      (text + [0xFF, 0xFF, 0xFF]).withUnsafeBufferPointer { buffer in
        #expect(hash.digest(UnsafeBufferPointer(rebasing: buffer.prefix(count))) == expected)
      }
    }
  }

  @Test func `another key gives other digests`() {
    #expect(Self.digest(KeyedHash(), [[1, 2, 3]]) != Self.digest(KeyedHash(), [[1, 2, 3]]))
  }
}
