/// A range of IPv4 or IPv6 addresses.
package struct AddressBlock: Hashable, Sendable {
  /// The first address as 128 bits; IPv4 lies in `::ffff:0:0/96`.
  let high: UInt64
  let low: UInt64
  /// Leading bits that count, of 128.
  let length: Int

  /// Reads `203.0.113.0/26`, `2001:db8::/48` or a single address.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let address = Self.address(parts[0]) else { return nil }
    let offset = parts[0].contains(":") ? 0 : 96
    var length = 128
    if parts.count == 2 {
      guard let bits = Int(parts[1]), bits >= 0, bits + offset <= 128 else { return nil }
      length = bits + offset
    }
    self.length = length
    high = address.high & Self.mask(length)
    low = address.low & Self.mask(length - 64)
  }

  /// The block of a given length that an address lies in.
  private init(high: UInt64, low: UInt64, length: Int) {
    self.length = length
    self.high = high & Self.mask(length)
    self.low = low & Self.mask(length - 64)
  }

  /// The enclosing block of a shorter length.
  func widened(to length: Int) -> AddressBlock { AddressBlock(high: high, low: low, length: min(length, self.length)) }

  /// A single address and no range.
  var isSingle: Bool { length == 128 }

  private static func mask(_ bits: Int) -> UInt64 { bits <= 0 ? 0 : bits >= 64 ? .max : ~(.max >> UInt64(bits)) }

  private static func address(_ text: Substring) -> (high: UInt64, low: UInt64)? {
    guard text.contains(":") else {
      return ipv4(text).map { (0, 0xFFFF_0000_0000 | UInt64($0)) }
    }
    // A zone such as %eth0 says nothing about the owner.
    let text = text.prefix { $0 != "%" }
    let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
    guard let head = groups(halves[0]) else { return nil }
    var words = head
    if halves.count == 2 {
      guard let tail = groups(halves[1]), head.count + tail.count < 8 else { return nil }
      words += Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }
    guard words.count == 8 else { return nil }
    return (
      words[..<4].reduce(0) { $0 << 16 | UInt64($1) }, words[4...].reduce(0) { $0 << 16 | UInt64($1) }
    )
  }

  private static func groups(_ text: Substring) -> [UInt16]? {
    guard !text.isEmpty else { return [] }
    var words: [UInt16] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if part.contains("."), index == parts.count - 1, let address = ipv4(part) {
        words += [UInt16(address >> 16), UInt16(address & 0xFFFF)]
      } else if (1...4).contains(part.utf8.count), let word = UInt16(part, radix: 16), part.first != "+" {
        words.append(word)
      } else {
        return nil
      }
    }
    return words
  }

  private static func ipv4(_ text: Substring) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var address: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.allSatisfy({ $0.isASCII && $0.isNumber }),
        let byte = UInt8(part)
      else { return nil }
      address = address << 8 | UInt32(byte)
    }
    return address
  }
}

/// Values by address block; the smallest block that holds an address answers.
struct AddressBlocks<Value: Sendable>: Sendable {
  private var values: [AddressBlock: Value] = [:]
  /// The lengths in use, the longest first.
  private var lengths: [Int] = []

  subscript(block: AddressBlock) -> Value? {
    get { values[block] }
    set {
      values[block] = newValue
      if !lengths.contains(block.length) { lengths = (lengths + [block.length]).sorted(by: >) }
    }
  }

  /// The value of the smallest block that holds an address.
  func value(for address: AddressBlock) -> Value? {
    for length in lengths where length <= address.length {
      if let value = values[address.widened(to: length)] { return value }
    }
    return nil
  }

  var count: Int { values.count }
}
