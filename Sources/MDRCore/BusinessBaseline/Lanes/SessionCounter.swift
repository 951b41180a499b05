/// Distinct sessions with the first day of each, in bounded room.
///
/// Past the bound only the smallest digests are kept and the rest estimated from how densely they lie, which
/// gives the same number for any order of the same sessions.
struct SessionCounter: Sendable {
  static let bound = 512

  private struct Session: BitwiseCopyable {
    var digest: UInt64
    var day: Int32
  }

  private var sessions: [Session] = []
  /// Some of the largest digests were dropped.
  private var isEstimate = false

  /// Adds a session by what identifies it.
  @inline(__always)
  mutating func insert(_ digest: UInt64, day: Int) {
    if let last = sessions.last, last.digest == digest, Int(last.day) <= day { return }
    sessions.append(Session(digest: digest, day: Int32(clamping: day)))
    if sessions.count > 4 * Self.bound { compact() }
  }

  mutating func formUnion(_ other: SessionCounter) {
    isEstimate = isEstimate || other.isEstimate
    for session in other.sessions { insert(session.digest, day: Int(session.day)) }
  }

  /// Forgets all sessions and keeps the room.
  mutating func removeAll() {
    if !sessions.isEmpty { sessions.removeAll(keepingCapacity: true) }
    isEstimate = false
  }

  /// The number of distinct sessions, exact up to the bound, and how many of those that are kept began before a day.
  mutating func tally(before day: Int) -> (count: Int, settled: Int) {
    compact()
    let settled = sessions.count { $0.day < day }
    guard isEstimate, let largest = sessions.last?.digest else { return (sessions.count, settled) }
    return (Int(Double(Self.bound - 1) / (Double(largest) / Double(UInt64.max))), settled)
  }

  /// Keeps each digest's first day and, past the bound, the smallest digests.
  private mutating func compact() {
    guard sessions.count > 1 else { return }
    sessions.sortShort { $0.digest != $1.digest ? $0.digest < $1.digest : $0.day < $1.day }
    var end = 0
    for index in 1..<sessions.count where sessions[index].digest != sessions[end].digest {
      end += 1
      sessions[end] = sessions[index]
    }
    if end >= Self.bound {
      isEstimate = true
      end = Self.bound - 1
    }
    sessions.removeLast(sessions.count - end - 1)
  }

  /// FNV-1a with a final mix: the same on every machine, unlike the standard library's hashes.
  static func digest(_ parts: String...) -> UInt64 {
    digest(parts.lazy.map(\.utf8))
  }

  /// The same for the parts' bytes.
  @inline(__always)
  static func digest(_ parts: some Sequence<some Sequence<UInt8>>) -> UInt64 {
    var hash = seed
    for part in parts { mix(part, into: &hash) }
    return finished(hash)
  }

  /// The first part of sessions' identities, taken in once for all of them.
  struct Start {
    private let hash: UInt64

    init(_ text: String) {
      var hash = SessionCounter.seed
      SessionCounter.mix(text.utf8, into: &hash)
      self.hash = hash
    }

    /// The digest of the first part and a second one.
    @inline(__always)
    func digest(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
      var hash = hash
      SessionCounter.mix(bytes, into: &hash)
      return SessionCounter.finished(hash)
    }
  }

  fileprivate static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always)
  fileprivate static func mix(_ part: some Sequence<UInt8>, into hash: inout UInt64) {
    for byte in part { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ 0xFF) &* 0x100_0000_01b3
  }

  @inline(__always)
  fileprivate static func finished(_ start: UInt64) -> UInt64 {
    var hash = start
    hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
    hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
    return hash ^ (hash >> 33)
  }
}
