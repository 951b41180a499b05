/// A range of IPv4 or IPv6 addresses.
package struct AddressBlock: Hashable, Sendable {
  /// The first address as 128 bits; IPv4 lies in `::ffff:0:0/96`.
  let high: UInt64
  let low: UInt64
  /// Leading bits that count, of 128.
  let length: Int

  /// Reads `203.0.113.0/26`, `2001:db8::/48` or a single address.
  package init?(_ text: String) {
    var text = text
    guard let block = text.withUTF8({ AddressBlock($0) }) else { return nil }
    self = block
  }

  /// The same from a text's bytes.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard let (address, prefix) = IPAddress.block(text) else { return nil }
    let isVersion6 = address.isVersion6
    self.init(
      high: address.high, low: isVersion6 ? address.low : 0xFFFF << 32 | address.low,
      length: isVersion6 ? prefix : prefix + 96)
  }

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
