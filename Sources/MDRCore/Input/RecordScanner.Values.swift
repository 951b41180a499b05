/// Passing any value, and keeping what stands under a named member.
extension RecordScanner {
  /// Passes the value at a place, and keeps what stands under a named member; gives the place behind, or -1.
  mutating func skip(_ start: Int, depth: Int, collects: Bool) -> Int {
    switch bytes[start] {
    case UInt8(ascii: "\""):
      let end = stringEnd(start + 1)
      guard end >= 0 else { return -1 }
      if collects, currentName != 0, end > start + 1 {
        found.append(
          FoundValue(
            name: currentName, depth: depth,
            slice: Slice(start: start + 1, count: end - start - 1, hasEscapes: lastHasEscapes)))
      }
      return end + 1
    case UInt8(ascii: "{"): return object(start, depth: depth, collects: collects)
    case UInt8(ascii: "["): return array(start, depth: depth, collects: collects)
    default:
      guard case .end(let kind, let end) = JSONText.scanLiteral(bytes, start, count) else { return -1 }
      if collects, currentName != 0, kind != .null {
        found.append(
          FoundValue(name: currentName, depth: depth, slice: Slice(start: start, count: end - start)))
      }
      return end
    }
  }

  mutating func object(_ start: Int, depth: Int, collects: Bool) -> Int {
    guard depth < Self.depthLimit else { return -1 }
    var position = space(start + 1)
    guard position < count else { return -1 }
    if bytes[position] == UInt8(ascii: "}") { return position + 1 }
    while true {
      guard bytes[position] == UInt8(ascii: "\"") else { return -1 }
      let key = position + 1
      let end = stringEnd(key)
      guard end >= 0 else { return -1 }
      var isHidden = false
      if collects {
        guard !lastHasEscapes else { return -1 }
        // An empty key says nothing, and leaves the name as an array's element would.
        if end > key {
          currentName = names.number(bytes + key, count: end - key)
          isHidden = names.hides(currentName)
        }
      }
      position = space(end + 1)
      guard position < count, bytes[position] == UInt8(ascii: ":") else { return -1 }
      position = space(position + 1)
      guard position < count else { return -1 }
      position = skip(position, depth: depth + 1, collects: collects && !isHidden)
      guard position >= 0 else { return -1 }
      position = space(position)
      guard position < count else { return -1 }
      if bytes[position] == UInt8(ascii: "}") { return position + 1 }
      guard bytes[position] == UInt8(ascii: ",") else { return -1 }
      position = space(position + 1)
      guard position < count else { return -1 }
    }
  }

  mutating func array(_ start: Int, depth: Int, collects: Bool) -> Int {
    guard depth < Self.depthLimit else { return -1 }
    var position = space(start + 1)
    guard position < count else { return -1 }
    if bytes[position] == UInt8(ascii: "]") { return position + 1 }
    while true {
      position = skip(position, depth: depth + 1, collects: collects)
      guard position >= 0 else { return -1 }
      position = space(position)
      guard position < count else { return -1 }
      if bytes[position] == UInt8(ascii: "]") { return position + 1 }
      guard bytes[position] == UInt8(ascii: ",") else { return -1 }
      position = space(position + 1)
      guard position < count else { return -1 }
    }
  }

  @inline(__always)
  func space(_ start: Int) -> Int {
    bytes[start] > 0x20 ? start : JSONText.skipSpace(bytes, start, count)
  }

  /// The offset of the quote that ends the string whose first byte is at `start`, or -1.
  @inline(__always)
  mutating func stringEnd(_ start: Int) -> Int {
    var position = start
    while position < count {
      let stops = JSONText.stringStops(bytes + position)
      if stops != 0 {
        let stop = position + stops.trailingZeroBitCount >> 3
        guard bytes[stop] == 0x22 else { return unusualStringEnd(start) }
        lastHasEscapes = false
        return stop < count ? stop : -1
      }
      position += 8
    }
    return -1
  }

  /// The same for a string with escapes or letters beyond ASCII.
  @inline(never)
  mutating func unusualStringEnd(_ start: Int) -> Int {
    guard case .end(let end, let hasEscapes) = JSONText.scanString(bytes, start, count) else { return -1 }
    lastHasEscapes = hasEscapes
    return end
  }
}
