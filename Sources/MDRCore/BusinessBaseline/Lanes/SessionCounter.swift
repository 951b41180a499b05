/// Distinct sessions with the first day of each, in bounded room.
///
/// Past the bound only the smallest digests are kept and the rest estimated from how densely they lie, which
/// gives the same number for any order of the same sessions.
struct SessionCounter: Sendable {
  static let bound = 512

  private var firstDays: [UInt64: Int32] = [:]
  private var isEstimate = false
  private var largest: UInt64 = 0

  /// Adds a session by what identifies it.
  mutating func insert(_ digest: UInt64, day: Int) {
    let day = Int32(clamping: day)
    if let known = firstDays[digest] {
      if day < known { firstDays[digest] = day }
      return
    }
    if isEstimate, digest > largest { return }
    firstDays[digest] = day
    if firstDays.count > Self.bound {
      firstDays[firstDays.keys.max() ?? 0] = nil
      isEstimate = true
      largest = firstDays.keys.max() ?? 0
    }
  }

  /// Adds the sessions of a list.
  mutating func insert(_ list: SessionList) {
    for session in list.sessions { insert(session.digest, day: Int(session.day)) }
    if list.isEstimate, !isEstimate {
      isEstimate = true
      largest = firstDays.keys.max() ?? 0
    }
  }

  mutating func formUnion(_ other: SessionCounter) {
    let isEitherEstimate = isEstimate || other.isEstimate
    for (digest, day) in other.firstDays { insert(digest, day: Int(day)) }
    isEstimate = isEitherEstimate || isEstimate
    largest = firstDays.keys.max() ?? 0
  }

  /// The number of distinct sessions, exact up to the bound.
  var count: Int {
    guard isEstimate else { return firstDays.count }
    return Int(Double(Self.bound - 1) / (Double(largest) / Double(UInt64.max)))
  }

  /// The first day of each session that is kept.
  var days: some Sequence<Int> { firstDays.values.lazy.map { Int($0) } }

  /// FNV-1a with a final mix: the same on every machine, unlike the standard library's hashes.
  static func digest(_ parts: String...) -> UInt64 {
    digest(parts.lazy.map(\.utf8))
  }

  /// The same for the parts' bytes.
  @inline(__always)
  static func digest(_ parts: some Sequence<some Sequence<UInt8>>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in parts { mix(part, into: &hash) }
    return finished(hash)
  }

  /// The same for a text and bytes.
  static func digest(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    mix(text.utf8, into: &hash)
    mix(bytes, into: &hash)
    return finished(hash)
  }

  @inline(__always)
  private static func mix(_ part: some Sequence<UInt8>, into hash: inout UInt64) {
    for byte in part { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ 0xFF) &* 0x100_0000_01b3
  }

  @inline(__always)
  private static func finished(_ start: UInt64) -> UInt64 {
    var hash = start
    hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
    hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
    return hash ^ (hash >> 33)
  }
}
