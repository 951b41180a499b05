/// A CIDR block, judged by its prefix length rather than by its spelling.
package struct CIDRBlock: Equatable, Sendable {
  /// The address's upper 64 bits; IPv4 in the upper 32 of them.
  let high: UInt64
  package let prefix: Int
  package let isIPv6: Bool

  /// Reads `198.51.100.0/24`, `2001:db8::/32`, or a single address.
  package init?(_ text: String) {
    var text = text
    guard let block = text.withUTF8({ CIDRBlock($0) }) else { return nil }
    self = block
  }

  /// The same from a text's bytes.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard let (address, prefix) = IPAddress.block(text) else { return nil }
    (self.prefix, isIPv6) = (prefix, address.isVersion6)
    high = isIPv6 ? address.high : address.low << 32
  }

  /// Wider than any one organisation's network: shorter than /8, or /19 for IPv6.
  package var isBroad: Bool { isIPv6 ? prefix < 19 : prefix < 8 }

  /// Whether one of the blocks is broad, or all of them together hold as many IPv4 addresses as one that is.
  package static func areBroad(_ blocks: [CIDRBlock]) -> Bool {
    if blocks.contains(where: \.isBroad) || coverWorld(blocks) { return true }
    var (held, next): (UInt64, UInt64) = (0, 0)
    for block in blocks.filter({ !$0.isIPv6 }).map(\.range).sorted(by: { $0 < $1 }) {
      let (first, last) = (max(block.0 >> 32, next), block.1 >> 32)
      guard first <= last else { continue }
      (held, next) = (held + last - first + 1, last + 1)
    }
    return held >= broadCount
  }

  /// As many addresses as a /7 holds: all private networks together are fewer.
  private static let broadCount: UInt64 = 1 << 25

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
}
