/// An IPv4 or IPv6 address, and the network that stands for it in a lane.
package struct IPAddress: Hashable, Sendable {
  /// The address as 128 bits, most significant first; those of an IPv4 address are the last 32.
  let high: UInt64
  let low: UInt64
  package let isVersion6: Bool

  /// Reads an address; leading zeros in IPv4 parts are decimal, as exporters pad them.
  package init?(_ text: String) {
    var text = text
    guard let address = text.withUTF8({ IPAddress($0) }) else { return nil }
    self = address
  }

  /// The same from a text's bytes.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    if text.contains(UInt8(ascii: ":")) {
      // ARNs and names of services have colons too, and other letters.
      let end = text.firstIndex(of: UInt8(ascii: "%")) ?? text.count
      guard text[..<end].allSatisfy(Self.isOfVersion6) else { return nil }
      guard let groups = Self.version6(String(decoding: text, as: UTF8.self)) else { return nil }
      let high = groups[..<4].reduce(0) { $0 << 16 | UInt64($1) }
      let low = groups[4...].reduce(0) { $0 << 16 | UInt64($1) }
      // An IPv4 address in IPv6's clothes is that IPv4 address.
      let isMapped = high == 0 && low >> 32 == 0xFFFF
      (self.high, self.low, isVersion6) = (high, isMapped ? low & 0xFFFF_FFFF : low, !isMapped)
      return
    }
    guard text.count <= 15, let bits = Self.version4(text) else { return nil }
    (high, low, isVersion6) = (0, UInt64(bits), false)
  }

  /// Reads `198.51.100.0/24`, `2001:db8::/32` or a single address, which is its own block: the address, and how many of its
  /// leading bits count.
  static func block(_ text: UnsafeBufferPointer<UInt8>) -> (address: IPAddress, prefix: Int)? {
    let slash = text.firstIndex(of: UInt8(ascii: "/")) ?? text.count
    guard let address = IPAddress(UnsafeBufferPointer(rebasing: text[..<slash])) else { return nil }
    let width = address.isVersion6 ? 128 : 32
    guard slash < text.count else { return (address, width) }
    // Digits alone: `Int` would also take a sign.
    let digits = text[(slash + 1)...]
    guard digits.allSatisfy({ $0 &- 0x30 < 10 }), let prefix = Int(String(decoding: digits, as: UTF8.self)),
      prefix <= width
    else { return nil }
    return (address, prefix)
  }

  private static func version4(_ text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    var bits: UInt32 = 0
    var (value, digits, parts) = (0 as UInt32, 0, 1)
    for byte in text {
      switch byte {
      case 0x30...0x39 where digits < 3:
        value = value * 10 + UInt32(byte - 0x30)
        digits += 1
      case UInt8(ascii: ".") where digits > 0 && value < 256 && parts < 4:
        bits = bits << 8 | value
        (value, digits, parts) = (0, 0, parts + 1)
      default: return nil
      }
    }
    guard digits > 0, value < 256, parts == 4 else { return nil }
    return bits << 8 | value
  }

  /// RFC 1918, shared (RFC 6598), loopback, link-local and unique local addresses.
  package var isPrivate: Bool {
    if isVersion6 { return high >> 57 == 0xFC >> 1 || high >> 54 == 0xFE80 >> 6 || high == 0 && low == 1 }
    switch (low >> 24, low >> 16 & 0xFF) {
    case (10, _), (127, _), (192, 168), (169, 254): return true
    case (172, 16...31), (100, 64...127): return true
    default: return false
    }
  }

  /// The /24 or, for IPv6, the /48 around the address: what one site keeps while single addresses change.
  package var network: String {
    if isVersion6 {
      let groups = [48, 32, 16].map { String(high >> $0 & 0xFFFF, radix: 16) }
      return groups.joined(separator: ":") + "::/48"
    }
    return "\(low >> 24).\(low >> 16 & 0xFF).\(low >> 8 & 0xFF).0/24"
  }

  /// Whether a byte may stand in an IPv6 address before its zone.
  private static func isOfVersion6(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6 || byte == UInt8(ascii: ":")
      || byte == UInt8(ascii: ".")
  }

  private static func version6(_ text: String) -> [UInt16]? {
    let halves = String(text.prefix { $0 != "%" }).parts(around: "::")
    guard halves.count <= 2 else { return nil }
    func groups(_ half: String) -> [UInt16]? {
      guard !half.isEmpty else { return [] }
      var output: [UInt16] = []
      for part in half.split(separator: ":", omittingEmptySubsequences: false) {
        if part.contains(".") {
          guard let mapped = IPAddress(String(part)), !mapped.isVersion6 else { return nil }
          output.append(UInt16(mapped.low >> 16))
          output.append(UInt16(mapped.low & 0xFFFF))
        } else {
          guard (1...4).contains(part.count), let group = UInt16(part, radix: 16) else { return nil }
          output.append(group)
        }
      }
      return output
    }
    guard let head = groups(halves[0]), let tail = halves.count == 2 ? groups(halves[1]) : [] else {
      return nil
    }
    let missing = 8 - head.count - tail.count
    guard halves.count == 2 ? missing >= 1 : missing == 0 else { return nil }
    return head + [UInt16](repeating: 0, count: max(0, missing)) + tail
  }
}

extension String {
  /// The parts between occurrences of a separator, empty ones included.
  func parts(around separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
