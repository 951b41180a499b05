import Synchronization

/// Room for some lines of `observations.jsonl`; one owner at a time writes or reads it.
final class LineBytes: @unchecked Sendable {
  /// Readable bytes behind the written ones, as scanning in words needs.
  static let slack = 64

  private(set) var start: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    start = .allocate(capacity: capacity + Self.slack)
  }

  deinit { start.deallocate() }

  /// Makes room for so many bytes in all, and keeps the first ones.
  func reserve(_ total: Int, keeping kept: Int) {
    guard total > capacity else { return }
    capacity = max(total, capacity * 2)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Self.slack)
    larger.update(from: start, count: kept)
    start.deallocate()
    start = larger
  }

  /// Writes these bytes in place of all others.
  func fill(_ bytes: UnsafeBufferPointer<UInt8>) {
    reserve(bytes.count, keeping: 0)
    if let base = bytes.baseAddress { start.update(from: base, count: bytes.count) }
    count = bytes.count
  }

  /// The written bytes, valid until others are written.
  var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// Some of the written bytes.
  func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
  }
}

/// Rooms that are used again, since fresh memory costs more than what is written into it.
final class LineBytesPool: Sendable {
  private let idle = Mutex<[LineBytes]>([])

  func take() -> LineBytes {
    idle.withLock { $0.popLast() } ?? LineBytes(capacity: ObservationLines.batchSize * 5 / 4)
  }

  func give(_ bytes: LineBytes) {
    bytes.count = 0
    idle.withLock { $0.append(bytes) }
  }
}

/// A place to write bytes one after the other.
struct LineCursor: ~Copyable {
  let bytes: LineBytes
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count: Int

  init(_ bytes: LineBytes) {
    self.bytes = bytes
    start = bytes.start
    capacity = bytes.capacity
    count = bytes.count
  }

  /// Makes room for so many bytes more.
  @inline(__always)
  mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    grow(more)
  }

  private mutating func grow(_ more: Int) {
    bytes.reserve(count + more, keeping: count)
    start = bytes.start
    capacity = bytes.capacity
  }

  /// Drops what was written after a place.
  mutating func truncate(to place: Int) { count = place }

  /// Keeps what was written.
  func commit() { bytes.count = count }

  /// Appends a byte; there has to be room.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    start[count] = byte
    count += 1
  }

  /// Appends bytes as they are; there has to be room.
  @inline(__always)
  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {
    guard let base = piece.baseAddress else { return }
    if piece.count <= 32 {
      Self.copyShort(base, piece.count, to: start + count)
    } else {
      (start + count).update(from: base, count: piece.count)
    }
    count += piece.count
  }

  /// Copies at most 32 bytes, as two words that may overlap: most pieces are short, and calling the C library takes longer
  /// than this.
  @inline(__always)
  private static func copyShort(
    _ source: UnsafePointer<UInt8>, _ count: Int, to target: UnsafeMutablePointer<UInt8>
  ) {
    switch count {
    case 16...: copyEnds(source, count, to: target, of: SIMD16<UInt8>.self)
    case 8...: copyEnds(source, count, to: target, of: UInt64.self)
    case 4...: copyEnds(source, count, to: target, of: UInt32.self)
    default: for place in 0..<count { target[place] = source[place] }
    }
  }

  /// Copies the first and the last word of some bytes, which are no longer than both.
  @inline(__always)
  private static func copyEnds<Word: BitwiseCopyable>(
    _ source: UnsafePointer<UInt8>, _ count: Int, to target: UnsafeMutablePointer<UInt8>, of _: Word.Type
  ) {
    let last = count - MemoryLayout<Word>.size
    let (raw, place) = (UnsafeRawPointer(source), UnsafeMutableRawPointer(target))
    let words = (raw.loadUnaligned(as: Word.self), raw.loadUnaligned(fromByteOffset: last, as: Word.self))
    place.storeBytes(of: words.0, as: Word.self)
    place.storeBytes(of: words.1, toByteOffset: last, as: Word.self)
  }

  /// Appends bytes as they are; there has to be room.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a number that isn't negative; there has to be room for twenty digits.
  @inline(__always)
  mutating func append(number: Int) {
    var width = 1
    var rest = number / 10
    while rest > 0 {
      width += 1
      rest /= 10
    }
    rest = number
    var place = count + width
    count = place
    repeat {
      place -= 1
      start[place] = 0x30 + UInt8(rest % 10)
      rest /= 10
    } while rest > 0
  }

  /// Leaves a place of some bytes to be written later; there has to be room.
  @inline(__always)
  mutating func leave(_ length: Int) -> Int {
    defer { count += length }
    return count
  }

  /// Writes bytes, a multiple of four, at a place that was left, as pairs of lower-case hexadecimal digits.
  func write(hex digest: UnsafeBufferPointer<UInt8>, at place: Int) {
    let raw = UnsafeRawBufferPointer(digest)
    let target = UnsafeMutableRawPointer(start + place)
    let ones: UInt64 = 0x0101_0101_0101_0101
    for offset in stride(from: 0, to: raw.count & ~3, by: 4) {
      // Four bytes are spread to eight, each byte's high digit before its low one.
      var word = UInt64(raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian)
      word = (word | word << 16) & 0x0000_FFFF_0000_FFFF
      word = (word | word << 8) & 0x00FF_00FF_00FF_00FF
      let digits = (word >> 4 | word << 8) & (ones &* 15)
      let letters = ((digits &+ ones &* 6) >> 4) & ones
      let text = digits &+ ones &* 0x30 &+ letters &* 0x27
      target.storeBytes(of: text.littleEndian, toByteOffset: offset * 2, as: UInt64.self)
    }
  }
}
