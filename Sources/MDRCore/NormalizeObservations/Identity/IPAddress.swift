/// An IPv4 or IPv6 address, and the network that stands for it in a lane.
package struct IPAddress: Hashable, Sendable {
  /// Four or sixteen bytes, most significant first.
  package let bytes: [UInt8]

  /// Reads an address; leading zeros in IPv4 parts are decimal, as exporters pad them.
  package init?(_ text: String) {
    if text.utf8.contains(UInt8(ascii: ":")) {
      guard let bytes = Self.version6(text) else { return nil }
      // An IPv4 address in IPv6's clothes is that IPv4 address.
      let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
      self.bytes = isMapped ? Array(bytes[12...]) : bytes
      return
    }
    guard text.utf8.count <= 15, let bytes = Self.version4(text.utf8) else { return nil }
    self.bytes = bytes
  }

  private static func version4(_ text: String.UTF8View) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (value, digits) = (0, 0)
    for byte in text {
      switch byte {
      case 0x30...0x39 where digits < 3:
        value = value * 10 + Int(byte - 0x30)
        digits += 1
      case UInt8(ascii: ".") where digits > 0 && value < 256 && bytes.count < 3:
        bytes.append(UInt8(value))
        (value, digits) = (0, 0)
      default: return nil
      }
    }
    guard digits > 0, value < 256, bytes.count == 3 else { return nil }
    return bytes + [UInt8(value)]
  }

  package var isVersion6: Bool { bytes.count == 16 }

  /// RFC 1918, shared (RFC 6598), loopback, link-local and unique local addresses.
  package var isPrivate: Bool {
    if isVersion6 {
      return bytes[0] & 0xFE == 0xFC || bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
        || bytes[0..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
    }
    switch (bytes[0], bytes[1]) {
    case (10, _), (127, _), (192, 168), (169, 254): return true
    case (172, 16...31), (100, 64...127): return true
    default: return false
    }
  }

  /// The /24 or, for IPv6, the /48 around the address: what one site keeps while single addresses change.
  package var network: String {
    if isVersion6 {
      let groups = (0..<3).map { String(Int(bytes[$0 * 2]) << 8 | Int(bytes[$0 * 2 + 1]), radix: 16) }
      return groups.joined(separator: ":") + "::/48"
    }
    return "\(bytes[0]).\(bytes[1]).\(bytes[2]).0/24"
  }

  private static func version6(_ text: String) -> [UInt8]? {
    let halves = String(text.prefix { $0 != "%" }).parts(around: "::")
    guard halves.count <= 2 else { return nil }
    func groups(_ half: String) -> [UInt16]? {
      guard !half.isEmpty else { return [] }
      var output: [UInt16] = []
      for part in half.split(separator: ":", omittingEmptySubsequences: false) {
        if part.contains(".") {
          guard let mapped = IPAddress(String(part)), !mapped.isVersion6 else { return nil }
          output.append(UInt16(mapped.bytes[0]) << 8 | UInt16(mapped.bytes[1]))
          output.append(UInt16(mapped.bytes[2]) << 8 | UInt16(mapped.bytes[3]))
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
    return (head + [UInt16](repeating: 0, count: max(0, missing)) + tail).flatMap {
      [UInt8($0 >> 8), UInt8($0 & 0xFF)]
    }
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
