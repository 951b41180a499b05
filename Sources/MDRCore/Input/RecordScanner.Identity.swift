/// The places in a record's `userIdentity` that change from session to session.
struct IdentityMarks {
  typealias Slice = RecordScanner.Slice

  /// The identity's own ARN, where it is a text.
  var arn = Slice()
  /// Whether the identity has an ARN of its own, text or not.
  var hasARN = false
  var principalID = Slice()
  var accessKeyID = Slice()
  /// `creationDate` of the session's attributes.
  var sessionStart = Slice()

  fileprivate var seen: UInt8 = 0
}

extension RecordScanner {
  /// Where in the identity an object stands.
  private enum IdentityPart {
    case identity, sessionContext, attributes, other
  }

  /// Passes the identity that starts at a place and marks what changes with the session; gives the place behind, or -1.
  mutating func identity(at start: Int) -> Int {
    marks = IdentityMarks()
    return identity(start, depth: 1, part: .identity)
  }

  private mutating func identity(_ start: Int, depth: Int, part: IdentityPart) -> Int {
    guard depth < Self.depthLimit else { return -1 }
    var position = space(start + 1)
    guard position < count else { return -1 }
    if bytes[position] == UInt8(ascii: "}") { return position + 1 }
    while true {
      guard bytes[position] == UInt8(ascii: "\"") else { return -1 }
      let key = position + 1
      let end = stringEnd(key)
      guard end >= 0, !lastHasEscapes else { return -1 }
      position = space(end + 1)
      guard position < count, bytes[position] == UInt8(ascii: ":") else { return -1 }
      position = space(position + 1)
      guard position < count else { return -1 }
      position = member(
        UnsafeBufferPointer(start: bytes + key, count: end - key), at: position, depth: depth, part: part)
      guard position >= 0 else { return -1 }
      position = space(position)
      guard position < count else { return -1 }
      if bytes[position] == UInt8(ascii: "}") { return position + 1 }
      guard bytes[position] == UInt8(ascii: ",") else { return -1 }
      position = space(position + 1)
      guard position < count else { return -1 }
    }
  }

  /// Passes a member's value; a member that counts and comes twice is left to the general reader.
  @inline(__always)
  private mutating func member(
    _ key: UnsafeBufferPointer<UInt8>, at start: Int, depth: Int, part: IdentityPart
  ) -> Int {
    switch (part, key.count) {
    case (.identity, 3) where key.isText("arn"):
      marks.hasARN = true
      return text(at: start, depth: depth, bit: 1, into: \.arn)
    case (.identity, 11) where key.isText("principalId"):
      return text(at: start, depth: depth, bit: 2, into: \.principalID)
    case (.identity, 11) where key.isText("accessKeyId"):
      return text(at: start, depth: depth, bit: 4, into: \.accessKeyID)
    case (.identity, 14) where key.isText("sessionContext"):
      return object(at: start, depth: depth, bit: 8, part: .sessionContext)
    case (.sessionContext, 10) where key.isText("attributes"):
      return object(at: start, depth: depth, bit: 16, part: .attributes)
    case (.attributes, 12) where key.isText("creationDate"):
      guard bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "n") else { return -1 }
      return text(at: start, depth: depth, bit: 32, into: \.sessionStart)
    default:
      return skip(start, depth: depth + 1, collects: false)
    }
  }

  private mutating func isFirst(_ bit: UInt8) -> Bool {
    defer { marks.seen |= bit }
    return marks.seen & bit == 0
  }

  @inline(__always)
  private mutating func text(
    at start: Int, depth: Int, bit: UInt8, into mark: WritableKeyPath<IdentityMarks, Slice>
  ) -> Int {
    guard isFirst(bit) else { return -1 }
    guard bytes[start] == UInt8(ascii: "\"") else { return skip(start, depth: depth + 1, collects: false) }
    let end = stringEnd(start + 1)
    guard end >= 0, !lastHasEscapes else { return -1 }
    marks[keyPath: mark] = Slice(start: start + 1, count: end - start - 1)
    return end + 1
  }

  private mutating func object(at start: Int, depth: Int, bit: UInt8, part: IdentityPart) -> Int {
    guard isFirst(bit) else { return -1 }
    guard bytes[start] == UInt8(ascii: "{") else { return skip(start, depth: depth + 1, collects: false) }
    return identity(start, depth: depth + 1, part: part)
  }
}
