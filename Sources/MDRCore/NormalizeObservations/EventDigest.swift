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
  static func uuid(_ text: UnsafeBufferPointer<UInt8>) -> EventDigest? {
    guard text.count == 36, text[8] == 0x2D, text[13] == 0x2D, text[18] == 0x2D, text[23] == 0x2D else {
      return nil
    }
    let raw = UnsafeRawBufferPointer(text)
    func eight(_ place: Int) -> UInt64 { raw.loadUnaligned(fromByteOffset: place, as: UInt64.self).bigEndian }
    func four(_ place: Int) -> UInt64 {
      UInt64(raw.loadUnaligned(fromByteOffset: place, as: UInt32.self).bigEndian)
    }
    guard let first = hexadecimal(eight(0)), let second = hexadecimal(four(9) << 32 | four(14)),
      let third = hexadecimal(four(19) << 32 | four(24)), let fourth = hexadecimal(eight(28))
    else { return nil }
    return EventDigest(high: first << 32 | second, low: third << 32 | fourth)
  }

  /// The value of eight hexadecimal digits in lower case, the first in the highest byte; all are read at once.
  private static func hexadecimal(_ digits: UInt64) -> UInt64? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let letters = (digits >> 6) & ones
    let values = (digits & (ones &* 15)) &+ letters &* 9
    let tens = ((values &+ ones &* 0x76) >> 7) & ones
    guard values & (ones &* 0xF0) == 0, tens == letters,
      values &+ ones &* 0x30 &+ letters &* 0x27 == digits
    else { return nil }
    var packed = (values | values >> 4) & 0x00FF_00FF_00FF_00FF
    packed = (packed | packed >> 8) & 0x0000_FFFF_0000_FFFF
    return (packed | packed >> 16) & 0xFFFF_FFFF
  }

  /// Any other id by the first half of its SHA-256, which nobody can make collide.
  private static func digest(_ text: UnsafeBufferPointer<UInt8>) -> EventDigest {
    let bytes = SHA256Digest.bytes(UnsafeRawBufferPointer(text))
    func half(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
    return EventDigest(high: half(0..<8), low: half(8..<16))
  }
}
