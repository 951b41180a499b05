/// A small reproducible random source; each stream is named, so adding one never shifts another.
struct SeededGenerator: Sendable {
  private var state: UInt64

  /// Opens the stream that a seed and a path of names lead to.
  init(seed: UInt64, _ path: String...) {
    var hash = StableHash()
    hash.combine(seed)
    for name in path { hash.combine(name) }
    state = hash.value
  }

  /// The next 64 bits, by SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from zero to one less than `bound`; our own, so that no toolchain changes the sequence.
  mutating func below(_ bound: Int) -> Int {
    bound <= 1 ? 0 : Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number within a range.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// True in `percent` of a hundred cases.
  mutating func chance(percent: Int) -> Bool { below(100) < percent }

  /// Characters drawn from an alphabet.
  mutating func characters(_ count: Int, from alphabet: StaticString) -> [UInt8] {
    var characters: [UInt8] = []
    characters.reserveCapacity(count)
    alphabet.withUTF8Buffer { letters in
      for _ in 0..<count { characters.append(letters[below(letters.count)]) }
    }
    return characters
  }

  /// Lower-case hexadecimal digits.
  mutating func hex(_ count: Int) -> [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(count)
    var bits: UInt64 = 0
    for index in 0..<count {
      if index % 16 == 0 { bits = next() }
      let digit = UInt8(truncatingIfNeeded: bits & 15)
      digits.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      bits >>= 4
    }
    return digits
  }

  /// A version 4 UUID.
  mutating func uuid() -> [UInt8] {
    var digits = hex(32)
    digits[12] = 0x34
    digits[16] = 0x38 + digits[16] % 2
    for position in [20, 16, 12, 8] { digits.insert(0x2D, at: position) }
    return digits
  }
}

/// FNV-1a over bytes, the same on every machine and in every run.
struct StableHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0xFF)
  }

  mutating func combine(_ number: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
  }

  private mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
}
