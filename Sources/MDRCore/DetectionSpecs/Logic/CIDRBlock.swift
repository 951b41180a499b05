/// A CIDR block, judged by its prefix length rather than by its spelling.
package struct CIDRBlock: Equatable, Sendable {
  /// The address as 128 bits; IPv4 in the upper 32.
  let high: UInt64
  let low: UInt64
  package let prefix: Int
  package let isIPv6: Bool

  /// Reads `198.51.100.0/24`, `2001:db8::/32`, or a single address.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = parts.first else { return nil }
    isIPv6 = address.contains(":")
    let width = isIPv6 ? 128 : 32
    guard let bits = isIPv6 ? Self.sixBits(address) : Self.fourBits(address) else { return nil }
    if parts.count == 2 {
      guard let length = Int(parts[1]), (0...width).contains(length), parts[1].allSatisfy(\.isNumber) else {
        return nil
      }
      prefix = length
    } else {
      prefix = width
    }
    (high, low) = bits
  }

  /// Wider than any one organisation's network: shorter than /8, or /19 for IPv6.
  package var isBroad: Bool { isIPv6 ? prefix < 19 : prefix < 8 }

  /// Whether the blocks together hold every IPv4 address, or every global IPv6 address.
  package static func coverWorld(_ blocks: [CIDRBlock]) -> Bool {
    covers(blocks.filter { !$0.isIPv6 }, from: 0, through: .max)
      // All assigned global unicast addresses lie in 2000::/3.
      || covers(blocks.filter(\.isIPv6), from: 0x2000_0000_0000_0000, through: 0x3FFF_FFFF_FFFF_FFFF)
  }

  /// Whether the blocks' upper halves leave no gap in a range.
  private static func covers(_ blocks: [CIDRBlock], from start: UInt64, through end: UInt64) -> Bool {
    var next = start
    for (first, last) in blocks.map(\.range).sorted(by: { $0 < $1 }) {
      guard first <= next else { return false }
      guard last < end else { return true }
      if last >= next { next = last + 1 }
    }
    return false
  }

  /// First and last value of the upper 64 bits; blocks longer than /64 never matter for the world.
  private var range: (UInt64, UInt64) {
    let length = min(prefix, 64)
    let mask = UInt64.max >> UInt64(length)
    return (high & ~mask, high | mask)
  }

  private static func fourBits(_ text: Substring) -> (UInt64, UInt64)? {
    let octets = text.split(separator: ".", omittingEmptySubsequences: false)
    guard octets.count == 4 else { return nil }
    var bits: UInt64 = 0
    for octet in octets {
      guard let value = UInt8(octet) else { return nil }
      bits = bits << 8 | UInt64(value)
    }
    return (bits << 32, 0)
  }

  private static func sixBits(_ text: Substring) -> (UInt64, UInt64)? {
    var groups: [UInt64] = []
    var gap: Int?
    var parts = text.split(separator: ":", omittingEmptySubsequences: false)[...]
    // A leading or trailing `::` splits into two empty parts; one of them is spelling.
    if text.hasPrefix("::") { parts = parts.dropFirst() }
    if text.hasSuffix("::") { parts = parts.dropLast() }
    for part in parts {
      if part.isEmpty {
        guard gap == nil else { return nil }
        gap = groups.count
      } else if part.contains("."), let four = fourBits(part) {
        groups += [four.0 >> 48, four.0 >> 32 & 0xFFFF]
      } else {
        guard part.count <= 4, let group = UInt16(part, radix: 16) else { return nil }
        groups.append(UInt64(group))
      }
    }
    if let gap {
      guard groups.count < 8 else { return nil }
      groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
    }
    guard groups.count == 8 else { return nil }
    return (groups[0..<4].reduce(0) { $0 << 16 | $1 }, groups[4...].reduce(0) { $0 << 16 | $1 })
  }
}
