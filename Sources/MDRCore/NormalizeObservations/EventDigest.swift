/// An event id in sixteen bytes: CloudTrail's own UUID as it is, any other text by its digest.
struct EventDigest: Hashable, Sendable {
  var high: UInt64
  var low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  init(_ eventID: String) {
    var eventID = eventID
    self = eventID.withUTF8 { EventDigest($0) }
  }

  /// The digest of an id's bytes.
  init(_ eventID: UnsafeBufferPointer<UInt8>) { self = Self.uuid(eventID) ?? Self.digest(eventID) }

  /// CloudTrail's ids are UUIDs in lower case: the id itself fits.
  private static func uuid(_ text: UnsafeBufferPointer<UInt8>) -> EventDigest? {
    guard text.count == 36 else { return nil }
    var halves: (UInt64, UInt64) = (0, 0)
    for index in 0..<36 {
      let byte = text[index]
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      let value: UInt8
      switch byte {
      case 0x30...0x39: value = byte & 15
      case 0x61...0x66: value = byte - 0x57
      default: return nil
      }
      if index < 19 {
        halves.0 = halves.0 << 4 | UInt64(value)
      } else {
        halves.1 = halves.1 << 4 | UInt64(value)
      }
    }
    return EventDigest(high: halves.0, low: halves.1)
  }

  /// Any other id by the first half of its SHA-256, which nobody can make collide.
  private static func digest(_ text: UnsafeBufferPointer<UInt8>) -> EventDigest {
    let bytes = SHA256Digest.bytes(UnsafeRawBufferPointer(text))
    func half(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
    return EventDigest(high: half(0..<8), low: half(8..<16))
  }
}
