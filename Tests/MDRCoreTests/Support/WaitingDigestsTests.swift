import Testing

@testable import MDRCore

@Suite struct WaitingDigestsTests {
  /// What the digests of some messages are, by the messages' positions.
  private func digests(of messages: [[UInt8]], inPairs: Bool) -> [[UInt8]] {
    var waiting = WaitingDigests(inPairs: inPairs)
    var found = [[UInt8]](repeating: [], count: messages.count)
    let bytes = messages.map { message in
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: message.count)
      _ = copy.initialize(from: message)
      return copy
    }
    defer { for copy in bytes { copy.deallocate() } }
    for (place, copy) in bytes.enumerated() {
      waiting.add(UnsafeBufferPointer(copy), for: place)
      if waiting.isFull { waiting.finish { found[$0] = Array($1) } }
    }
    waiting.finish { found[$0] = Array($1) }
    return found
  }

  @Test func `digests are those of the standard`() {
    // The examples of FIPS 180-4: one block, and a padding that takes two.
    let texts = ["abc", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", ""]
    let messages = texts.map { Array($0.utf8) }
    let expected = [
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ]
    for inPairs in [true, false] {
      let found = digests(of: messages, inPairs: inPairs).map { digest in
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      }
      #expect(found == expected, "in pairs: \(inPairs)")
    }
  }

  @Test(arguments: [1, 2, 3, 15, 16, 17, 200])
  func `digests don't depend on which messages wait together`(count: Int) {
    var random = SplitMix(state: UInt64(count))
    // Lengths around the ends of blocks, and far apart from each other.
    let messages = (0..<count).map { _ in
      let limit = Bool.random(using: &random) ? 130 : 9_000
      return (0..<Int.random(in: 0...limit, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
    }
    let expected = messages.map { message in
      message.withUnsafeBytes { SHA256Digest.bytes($0) }
    }
    #expect(digests(of: messages, inPairs: true) == expected)
    #expect(digests(of: messages, inPairs: false) == expected)
  }

  @Test func `digests are right for each length up to three blocks, beside a longer message`() {
    for length in 0...192 {
      let messages = [[UInt8](repeating: 0x61, count: length), [UInt8](repeating: 0x62, count: 1_000)]
      let expected = messages.map { message in message.withUnsafeBytes { SHA256Digest.bytes($0) } }
      #expect(digests(of: messages, inPairs: true) == expected, "\(length) bytes")
    }
  }
}
