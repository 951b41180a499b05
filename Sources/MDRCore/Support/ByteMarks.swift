/// Reviewed marks that are looked for in text, letters in either case: all of them in one pass.
struct ByteMarks: Sendable {
  /// Lower-case bytes of the marks, one after the other.
  private let bytes: [UInt8]
  /// Where each mark lies in `bytes`, those with the same first byte side by side.
  private let marks: [(range: Range<Int>, number: Int)]
  /// By a first byte in lower case, the positions of its marks.
  private let starts: [Range<Int>]
  /// By two bytes in lower case, whether a mark starts with them: one bit each.
  private let pairs: [UInt64]

  /// Marks of at least two bytes; shorter ones are never found.
  init(_ texts: some Sequence<String>) {
    let lowered = texts.map { $0.utf8.map(Self.lowered) }
    let order = lowered.indices.filter { lowered[$0].count > 1 }.sorted {
      (lowered[$0][0], $0) < (lowered[$1][0], $1)
    }
    var bytes: [UInt8] = []
    var marks: [(range: Range<Int>, number: Int)] = []
    var starts = [Range<Int>](repeating: 0..<0, count: 256)
    var pairs = [UInt64](repeating: 0, count: 1 << 10)
    for number in order {
      let mark = lowered[number]
      let first = Int(mark[0])
      starts[first] = (starts[first].isEmpty ? marks.count : starts[first].lowerBound)..<marks.count + 1
      marks.append((bytes.count..<bytes.count + mark.count, number))
      bytes += mark
      let pair = first << 8 | Int(mark[1])
      pairs[pair >> 6] |= 1 << UInt64(pair & 63)
    }
    (self.bytes, self.marks, self.starts, self.pairs) = (bytes, marks, starts, pairs)
  }

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
    guard text.count > 1 else { return nil }
    return pairs.withUnsafeBufferPointer { pairs in
      Self.small.withUnsafeBufferPointer { small in
        var found = Int.max
        var pair = Int(small[Int(text[0])])
        var place = 1
        while place < text.count {
          pair = (pair << 8 | Int(small[Int(text[place])])) & 0xFFFF
          if pairs[pair >> 6] >> UInt64(pair & 63) & 1 != 0 {
            found = first(in: text, at: place - 1, before: found, isAny: isAny)
            if isAny, found != .max { return found }
          }
          place += 1
        }
        return found == .max ? nil : found
      }
    }
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

  /// Each byte in lower case.
  private static let small: [UInt8] = (0...UInt8.max).map(lowered)

  @inline(__always)
  private static func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
