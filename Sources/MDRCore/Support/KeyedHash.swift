/// A digest of 128 bits under a key that nobody outside the process knows.
///
/// It stands for the bytes themselves where comparing them would cost too much: without the key nobody can choose
/// two texts with the same digest, and by chance 2⁶⁴ texts would be needed.
struct KeyedDigest: Hashable, BitwiseCopyable {
  var high: UInt64
  var low: UInt64

  static let none = KeyedDigest(high: 0, low: 0)
}

/// A hash of bytes in the manner of wyhash, two products of secret-keyed words for each sixteen bytes.
struct KeyedHash: Sendable {
  private let keys: (UInt64, UInt64, UInt64, UInt64)

  /// A hash with a fresh key; results of two hashes don't compare.
  init() {
    var generator = SystemRandomNumberGenerator()
    keys = (generator.next() | 1, generator.next() | 1, generator.next() | 1, generator.next() | 1)
  }

  /// A hash that is the same in every process, for a search that has to be repeatable; no hash for logs of others.
  init(fixedKey: UInt64) {
    keys = (
      fixedKey &* 0x9E37_79B9_7F4A_7C15 | 1, fixedKey &* 0xBF58_476D_1CE4_E5B9 | 1,
      fixedKey &* 0x94D0_49BB_1331_11EB | 1, fixedKey &* 0xD6E8_FEB8_6659_FD93 | 1
    )
  }

  @inline(__always)
  private static func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }

  /// The digest of bytes, after `start`, which chains what was hashed before.
  @inline(__always)
  func digest(_ slice: UnsafeBufferPointer<UInt8>, after start: KeyedDigest = .none) -> KeyedDigest {
    let count = UInt64(truncatingIfNeeded: slice.count)
    // The length times a key: no bits of a text can stand for those of its length.
    let length = count << 1 | 1
    var digest = KeyedDigest(high: start.high ^ keys.0 &* length, low: start.low ^ keys.1 &* length)
    guard count > 0, let base = slice.baseAddress else {
      // Many parts are empty: two odd factors, so that several of them don't cancel each other out.
      return KeyedDigest(high: digest.high &* keys.2, low: digest.low &* keys.3)
    }
    let raw = UnsafeRawPointer(base)
    guard count > 16 else {
      let words = Self.words(raw, slice.count)
      return chain(words.0, words.1, after: digest)
    }
    var position = 0
    while position &+ 16 < slice.count {
      digest = chain(Self.word(raw, position), Self.word(raw, position &+ 8), after: digest)
      position &+= 16
    }
    // The last words overlap those before: with the count they say the same as the rest alone.
    return chain(Self.word(raw, slice.count &- 16), Self.word(raw, slice.count &- 8), after: digest)
  }

  @inline(__always)
  private func chain(_ one: UInt64, _ other: UInt64, after start: KeyedDigest) -> KeyedDigest {
    KeyedDigest(
      high: Self.fold(one ^ keys.2 ^ start.high, other ^ keys.3),
      low: Self.fold(one ^ keys.3, other ^ keys.2 ^ start.low))
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  /// One to sixteen bytes as two words, different ones for any two texts of one length.
  @inline(__always)
  private static func words(_ bytes: UnsafeRawPointer, _ count: Int) -> (UInt64, UInt64) {
    if count >= 8 { return (word(bytes, 0), word(bytes, count &- 8)) }
    if count >= 4 {
      return (
        UInt64(bytes.loadUnaligned(as: UInt32.self)),
        UInt64(bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
      )
    }
    func byte(_ offset: Int) -> UInt64 { UInt64(bytes.load(fromByteOffset: offset, as: UInt8.self)) }
    return (byte(0) | byte(count / 2) << 8 | byte(count &- 1) << 16, 0)
  }

  /// The digest of numbers, after `start`.
  @inline(__always)
  func digest(_ one: UInt64, _ other: UInt64, after start: KeyedDigest = .none) -> KeyedDigest {
    chain(one, other, after: KeyedDigest(high: start.high ^ keys.0, low: start.low ^ keys.1))
  }
}
