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
    guard parts.count <= 2, let address = IPAddress(String(parts[0])) else { return nil }
    let offset = address.isVersion6 ? 0 : 96
    var length = 128
    if parts.count == 2 {
      guard let bits = Int(parts[1]), bits >= 0, bits + offset <= 128 else { return nil }
      length = bits + offset
    }
    self.length = length
    let bytes = address.isVersion6 ? address.bytes : Self.mappedPrefix + address.bytes
    high = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) } & Self.mask(length)
    low = bytes[8...].reduce(0) { $0 << 8 | UInt64($1) } & Self.mask(length - 64)
  }

  /// What stands before an IPv4 address in sixteen bytes.
  private static let mappedPrefix: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]

  /// The block of a given length that an address lies in.
  private init(high: UInt64, low: UInt64, length: Int) {
    self.length = length
    self.high = high & Self.mask(length)
    self.low = low & Self.mask(length - 64)
  }

  /// The enclosing block of a shorter length.
  func widened(to length: Int) -> AddressBlock {
    AddressBlock(high: high, low: low, length: min(length, self.length))
  }

  /// A single address and no range.
  var isSingle: Bool { length == 128 }

  private static func mask(_ bits: Int) -> UInt64 {
    bits <= 0 ? 0 : bits >= 64 ? .max : ~(.max >> UInt64(bits))
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
