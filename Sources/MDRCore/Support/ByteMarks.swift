/// Reviewed marks that are looked for in text, letters in either case: all of them in one pass.
struct ByteMarks: Sendable {
  /// Lower-case bytes of the marks, one after the other.
  private let bytes: [UInt8]
  /// Where each mark lies in `bytes`, those with the same first byte side by side.
  private let marks: [(range: Range<Int>, number: Int)]
  /// By a first byte in lower case, the positions of its marks.
  private let starts: [Range<Int>]
  /// By a hash of a window of bytes, a bit that is set where a mark has such in one of its first `stride` places.
  private let windows: [UInt64]
  /// How far apart the places are at which a text is looked at: marks that are long enough have a window at one of them.
  private let stride: Int
  /// Bytes of a window that count: four, or as many as the shortest mark has.
  private let windowMask: UInt32

  /// Marks of at least two bytes; shorter ones are never found.
  init(_ texts: some Sequence<String>) {
    let lowered = texts.map { $0.utf8.map(Self.lowered) }
    let order = lowered.indices.filter { lowered[$0].count > 1 }.sorted {
      (lowered[$0][0], $0) < (lowered[$1][0], $1)
    }
    var bytes: [UInt8] = []
    var marks: [(range: Range<Int>, number: Int)] = []
    var starts = [Range<Int>](repeating: 0..<0, count: 256)
    var windows = [UInt64](repeating: 0, count: 1 << 9)
    let shortest = order.map { lowered[$0].count }.min() ?? 4
    let width = min(4, shortest)
    stride = max(1, min(4, shortest - 3))
    windowMask = UInt32(truncatingIfNeeded: (1 as UInt64) << (8 * UInt64(width)) - 1)
    for number in order {
      let mark = lowered[number]
      let first = Int(mark[0])
      starts[first] = (starts[first].isEmpty ? marks.count : starts[first].lowerBound)..<marks.count + 1
      marks.append((bytes.count..<bytes.count + mark.count, number))
      bytes += mark
      for offset in 0..<stride {
        let window = mark[offset...].prefix(4).reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        let number = Self.number(of: window, windowMask)
        windows[number >> 6] |= 1 << UInt64(number & 63)
      }
    }
    (self.bytes, self.marks, self.starts, self.windows) = (bytes, marks, starts, windows)
  }

  /// Whether a byte, in lower case, is in any of the marks.
  func hold(_ byte: UInt8) -> Bool { bytes.contains(byte) }

  /// Whether a text holds any of the marks.
  func areIn(_ text: String) -> Bool { first(in: text, isAny: true) != nil }

  /// Whether a text's bytes hold any of the marks.
  func areIn(_ text: UnsafeBufferPointer<UInt8>) -> Bool { first(in: text, isAny: true) != nil }

  /// The number of the first mark, in the order in which they were given, that a text holds.
  func first(in text: String) -> Int? { first(in: text, isAny: false) }

  private func first(in text: String, isAny: Bool) -> Int? {
    var text = text
    return text.withUTF8 { first(in: $0, isAny: isAny) }
  }

  private func first(in text: UnsafeBufferPointer<UInt8>, isAny: Bool) -> Int? {
    guard text.count > 1, let base = text.baseAddress else { return nil }
    let raw = UnsafeRawPointer(base)
    return windows.withUnsafeBufferPointer { windows in
      @inline(__always)
      func mayBegin(_ place: Int) -> UInt64 {
        let window = raw.loadUnaligned(fromByteOffset: place, as: UInt32.self).littleEndian
        let number = Self.number(of: window, windowMask)
        return windows[number &>> 6] &>> UInt64(truncatingIfNeeded: number) & 1
      }
      var found = Int.max
      var place = 0
      let (one, two, three) = (stride, stride &* 2, stride &* 3)
      while place &+ 4 <= text.count {
        // Four places at once, as long as there are so many; most of the time none is worth a look.
        if place &+ three &+ 4 <= text.count,
          mayBegin(place) | mayBegin(place &+ one) | mayBegin(place &+ two) | mayBegin(place &+ three) == 0
        {
          place &+= three &+ one
          continue
        }
        if mayBegin(place) != 0 {
          for start in max(0, place &- one &+ 1)...place {
            found = first(in: text, at: start, before: found, isAny: isAny)
            if isAny, found != .max { return found }
          }
        }
        place &+= one
      }
      // Behind the last whole window only marks of two or three bytes have room.
      while one == 1, place &+ 1 < text.count {
        found = first(in: text, at: place, before: found, isAny: isAny)
        place &+= 1
      }
      return found == .max ? nil : found
    }
  }

  /// The place of a window; letters of either case have the same, and so have some other signs.
  @inline(__always)
  private static func number(of window: UInt32, _ mask: UInt32) -> Int {
    Int((((window | 0x2020_2020) & mask) &* 0x9E37_79B1) >> 17)
  }

  /// The number of the first mark that begins at a place, or `limit` where none before it does.
  @inline(never)
  private func first(
    in text: UnsafeBufferPointer<UInt8>, at place: Int, before limit: Int, isAny: Bool
  ) -> Int {
    var found = limit
    for position in starts[Int(Self.lowered(text[place]))] where marks[position].number < found {
      if isMark(marks[position].range, in: text, at: place) {
        found = marks[position].number
        if isAny { break }
      }
    }
    return found
  }

  private func isMark(_ mark: Range<Int>, in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    guard place + mark.count <= text.count else { return false }
    for offset in 0..<mark.count
    where bytes[mark.lowerBound + offset] != Self.lowered(text[place + offset]) {
      return false
    }
    return true
  }

  @inline(__always)
  private static func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
