/// An event id in sixteen bytes: CloudTrail's own UUID as it is, any other text by its digest.
struct EventDigest: Hashable, Sendable {
  var high: UInt64
  var low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  init(_ eventID: String) { self = Self.uuid(eventID) ?? Self.digest(eventID) }

  /// CloudTrail's ids are UUIDs in lower case: the id itself fits.
  private static func uuid(_ text: String) -> EventDigest? {
    guard text.utf8.count == 36 else { return nil }
    var halves: (UInt64, UInt64) = (0, 0)
    var digits = 0
    for (index, byte) in text.utf8.enumerated() {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard !(0x41...0x46).contains(byte), let value = JSONText.hexValue(byte) else { return nil }
      if digits < 16 {
        halves.0 = halves.0 << 4 | UInt64(value)
      } else {
        halves.1 = halves.1 << 4 | UInt64(value)
      }
      digits += 1
    }
    return EventDigest(high: halves.0, low: halves.1)
  }

  /// Any other id by the first half of its SHA-256, which nobody can make collide.
  private static func digest(_ text: String) -> EventDigest {
    var text = text
    let bytes = text.withUTF8 { SHA256Digest.bytes(UnsafeRawBufferPointer($0)) }
    func half(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
    return EventDigest(high: half(0..<8), low: half(8..<16))
  }
}
