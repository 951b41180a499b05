import CVector

/// Passing any value, and keeping what stands under a named member.
extension RecordScanner {
  /// Passes the value at a place, and keeps what stands under a named member; gives the place behind, or `nil`.
  ///
  /// Keys below are guessed from `parent`, and learnt there unless it is 0.
  @inline(__always)
  mutating func skip(_ start: Int, depth: Int, in parent: KeyTree.Place, collects: Bool) -> Int? {
    switch bytes[start] {
    case UInt8(ascii: "\""):
      guard let end = stringEnd(start &+ 1) else { return nil }
      if collects, currentName != 0, end > start &+ 1 {
        let slice = Slice(start: start &+ 1, count: end &- start &- 1, hasEscapes: lastHasEscapes)
        guard foundValues.append(FoundValue(name: currentName, depth: depth, slice: slice)) else {
          return nil
        }
      }
      return end &+ 1
    case UInt8(ascii: "{"): return object(start, depth: depth, in: parent, collects: collects)
    case UInt8(ascii: "["): return array(start, depth: depth, in: parent, collects: collects)
    default: return literal(start, depth: depth, collects: collects)
    }
  }

  @inline(never)
  private mutating func object(_ start: Int, depth: Int, in parent: KeyTree.Place, collects: Bool) -> Int? {
    guard depth < Self.depthLimit, start < count else { return nil }
    var position = start &+ 1
    if bytes[position] != UInt8(ascii: "\"") {
      position = space(position)
      if position < count, bytes[position] == UInt8(ascii: "}") { return position + 1 }
    }
    var cursor = tree.start(of: parent)
    while true {
      guard let key = key(at: position, &cursor, collects ? .document : .other) else { return nil }
      let meaning = tree.meaning(of: key.place)
      if collects { currentName = Int(meaning.name) }
      var end = key.value
      if meaning.literal != .none {
        guard end <= count else { return nil }
      } else {
        guard
          let other = skip(end, depth: depth &+ 1, in: key.place, collects: collects && !meaning.hides)
        else { return nil }
        end = other
      }
      guard let next = next(after: end, until: UInt8(ascii: "}")) else { return nil }
      position = next.position
      if next.isEnd { return position }
    }
  }

  @inline(never)
  private mutating func array(_ start: Int, depth: Int, in parent: KeyTree.Place, collects: Bool) -> Int? {
    guard depth < Self.depthLimit, start < count else { return nil }
    var position = space(start &+ 1)
    if position < count, bytes[position] == UInt8(ascii: "]") { return position + 1 }
    while true {
      guard let end = skip(space(position), depth: depth &+ 1, in: parent, collects: collects),
        let next = next(after: end, until: UInt8(ascii: "]"))
      else { return nil }
      position = next.position
      if next.isEnd { return position }
    }
  }

  /// Passes a number, `true`, `false` or `null`.
  @inline(never)
  private mutating func literal(_ start: Int, depth: Int, collects: Bool) -> Int? {
    guard start < count else { return nil }
    let word = word(at: start)
    var end = start &+ word.count
    if word == .null { return end }
    if word == .none {
      guard case .end(_, let other) = JSONText.scanLiteral(bytes, start, count) else { return nil }
      end = other
    }
    if collects, currentName != 0 {
      let slice = Slice(start: start, count: end - start)
      guard foundValues.append(FoundValue(name: currentName, depth: depth, slice: slice)) else { return nil }
    }
    return end
  }

  /// Which of `true`, `false` and `null` stands at a place, if any.
  @inline(__always)
  func word(at start: Int) -> KeyTree.Literal {
    let found: KeyTree.Literal =
      switch UnsafeRawPointer(bytes + start).loadUnaligned(as: UInt32.self).littleEndian {
      case Self.nullWord: .null
      case Self.trueWord: .yes
      case Self.falseWord where bytes[start &+ 4] == UInt8(ascii: "e"): .no
      default: .none
      }
    return start &+ found.count <= count ? found : .none
  }

  private static var nullWord: UInt32 { 0x6C6C_756E }
  private static var trueWord: UInt32 { 0x6575_7274 }
  private static var falseWord: UInt32 { 0x736C_6166 }

  /// Passes `null`; gives the place behind it, or `nil`.
  @inline(__always)
  func null(at start: Int) -> Int? {
    word(at: start) == .null ? start + 4 : nil
  }

  /// Passes the comma behind a value, or else the bracket that ends the list; `nil` where neither stands there.
  @inline(__always)
  func next(after end: Int, until bracket: UInt8) -> (position: Int, isEnd: Bool)? {
    if bytes[end] == UInt8(ascii: ",") { return (end &+ 1, false) }
    if bytes[end] == bracket, end < count { return (end &+ 1, true) }
    return Self.next(bytes, end, count, bracket)
  }

  /// The same behind space.
  @inline(never)
  private static func next(
    _ bytes: UnsafePointer<UInt8>, _ end: Int, _ count: Int, _ bracket: UInt8
  ) -> (position: Int, isEnd: Bool)? {
    let position = JSONText.skipSpace(bytes, end, count)
    guard position < count, position > end else { return nil }
    if bytes[position] == UInt8(ascii: ",") { return (position + 1, false) }
    return bytes[position] == bracket ? (position + 1, true) : nil
  }

  @inline(__always)
  func space(_ start: Int) -> Int {
    bytes[start] > 0x20 ? start : Self.spaceEnd(bytes, start, count)
  }

  @inline(never)
  private static func spaceEnd(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    JSONText.skipSpace(bytes, start, count)
  }

  /// The offset of the quote that ends the string whose first byte is at `start`, or `nil`.
  @inline(__always)
  mutating func stringEnd(_ start: Int) -> Int? {
    var position = start
    while true {
      let length = plain_string_length(bytes + position)
      position &+= length
      guard length < 32 else {
        guard position < count else { return nil }
        continue
      }
      guard bytes[position] == 0x22 else { return unusualStringEnd(start) }
      lastHasEscapes = false
      return position < count ? position : nil
    }
  }

  /// The same for a string with escapes or letters beyond ASCII.
  @inline(never)
  private mutating func unusualStringEnd(_ start: Int) -> Int? {
    guard start < count, case .end(let end, let hasEscapes) = JSONText.scanString(bytes, start, count) else {
      return nil
    }
    lastHasEscapes = hasEscapes
    return end
  }
}
