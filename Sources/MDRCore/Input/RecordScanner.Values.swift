/// Passing any value, and keeping what stands under a named member.
extension RecordScanner {
  /// Passes the value at a place, and keeps what stands under a named member; gives the place behind, or -1.
  ///
  /// Keys below are guessed from `parent`, and learnt there unless it is 0.
  @inline(__always)
  mutating func skip(_ start: Int, depth: Int, in parent: KeyTree.Place, collects: Bool) -> Int {
    switch bytes[start] {
    case UInt8(ascii: "\""):
      let end = stringEnd(start &+ 1)
      guard end >= 0 else { return -1 }
      if collects, currentName != 0, end > start &+ 1 {
        let slice = Slice(start: start &+ 1, count: end &- start &- 1, hasEscapes: lastHasEscapes)
        guard foundValues.append(FoundValue(name: currentName, depth: depth, slice: slice)) else { return -1 }
      }
      return end &+ 1
    case UInt8(ascii: "{"): return object(start, depth: depth, in: parent, collects: collects)
    case UInt8(ascii: "["): return array(start, depth: depth, in: parent, collects: collects)
    default: return literal(start, depth: depth, collects: collects)
    }
  }

  @inline(never)
  private mutating func object(_ start: Int, depth: Int, in parent: KeyTree.Place, collects: Bool) -> Int {
    guard depth < Self.depthLimit, start < count else { return -1 }
    var position = start &+ 1
    if bytes[position] != UInt8(ascii: "\"") {
      position = space(position)
      if position < count, bytes[position] == UInt8(ascii: "}") { return position + 1 }
    }
    var cursor = tree.start(of: parent)
    repeat {
      let key = key(at: position, &cursor, collects ? .document : .other)
      guard key.value >= 0 else { return -1 }
      var collects = collects
      if collects {
        let meaning = tree.meaning(of: key.place)
        currentName = Int(meaning.name)
        collects = !meaning.hides
      }
      position = skip(key.value, depth: depth &+ 1, in: key.place, collects: collects)
      guard position >= 0 else { return -1 }
    } while goesOn(&position, until: UInt8(ascii: "}"))
    return position
  }

  @inline(never)
  private mutating func array(_ start: Int, depth: Int, in parent: KeyTree.Place, collects: Bool) -> Int {
    guard depth < Self.depthLimit, start < count else { return -1 }
    var position = space(start &+ 1)
    if position < count, bytes[position] == UInt8(ascii: "]") { return position + 1 }
    repeat {
      position = skip(space(position), depth: depth &+ 1, in: parent, collects: collects)
      guard position >= 0 else { return -1 }
    } while goesOn(&position, until: UInt8(ascii: "]"))
    return position
  }

  /// Passes a number, `true`, `false` or `null`.
  @inline(never)
  private mutating func literal(_ start: Int, depth: Int, collects: Bool) -> Int {
    guard start < count else { return -1 }
    let word = UnsafeRawPointer(bytes + start).loadUnaligned(as: UInt32.self).littleEndian
    var end = start &+ 4
    if word == Self.nullWord, end <= count { return end }
    if word != Self.trueWord || end > count {
      guard case .end(_, let other) = JSONText.scanLiteral(bytes, start, count) else { return -1 }
      end = other
    }
    if collects, currentName != 0 {
      let slice = Slice(start: start, count: end - start)
      guard foundValues.append(FoundValue(name: currentName, depth: depth, slice: slice)) else { return -1 }
    }
    return end
  }

  private static var nullWord: UInt32 { 0x6C6C_756E }
  private static var trueWord: UInt32 { 0x6575_7274 }

  /// Passes `null`; gives the place behind it, or -1.
  @inline(__always)
  func null(at start: Int) -> Int {
    let word = UnsafeRawPointer(bytes + start).loadUnaligned(as: UInt32.self).littleEndian
    return word == Self.nullWord && start + 4 <= count ? start + 4 : -1
  }

  /// Passes the comma behind a value, or else the bracket that ends the list, and says whether the list goes on.
  ///
  /// The position is -1 where neither stands there.
  @inline(__always)
  func goesOn(_ position: inout Int, until bracket: UInt8) -> Bool {
    if bytes[position] == UInt8(ascii: ",") {
      position &+= 1
      return true
    }
    if bytes[position] == bracket, position < count {
      position &+= 1
      return false
    }
    let next = Self.nextToken(bytes, position, count, bracket)
    position = next.position
    return next.goesOn
  }

  /// The same behind space.
  @inline(never)
  private static func nextToken(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ bracket: UInt8
  ) -> (position: Int, goesOn: Bool) {
    let position = JSONText.skipSpace(bytes, start, count)
    guard position < count, position > start else { return (-1, false) }
    if bytes[position] == UInt8(ascii: ",") { return (position + 1, true) }
    return (bytes[position] == bracket ? position + 1 : -1, false)
  }

  @inline(__always)
  func space(_ start: Int) -> Int {
    bytes[start] > 0x20 ? start : Self.spaceEnd(bytes, start, count)
  }

  @inline(never)
  private static func spaceEnd(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    JSONText.skipSpace(bytes, start, count)
  }

  /// The offset of the quote that ends the string whose first byte is at `start`, or -1.
  @inline(__always)
  mutating func stringEnd(_ start: Int) -> Int {
    var position = start
    while true {
      let stops = JSONText.wideStringStops(bytes + position)
      guard stops.low | stops.high != 0 else {
        position &+= 16
        guard position < count else { return -1 }
        continue
      }
      position &+=
        stops.low != 0 ? stops.low.trailingZeroBitCount >> 3 : 8 &+ stops.high.trailingZeroBitCount >> 3
      guard bytes[position] == 0x22 else { return unusualStringEnd(start) }
      lastHasEscapes = false
      return position < count ? position : -1
    }
  }

  /// The same for a string with escapes or letters beyond ASCII.
  @inline(never)
  private mutating func unusualStringEnd(_ start: Int) -> Int {
    guard start < count, case .end(let end, let hasEscapes) = JSONText.scanString(bytes, start, count) else {
      return -1
    }
    lastHasEscapes = hasEscapes
    return end
  }
}
