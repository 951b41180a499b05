/// The places in a record's `userIdentity` that change from session to session.
struct IdentityMarks: BitwiseCopyable {
  typealias Slice = RecordScanner.Slice

  /// The identity's own ARN, where it is a text.
  var arn = Slice()
  /// Whether the identity has an ARN of its own, text or not.
  var hasARN = false
  var principalID = Slice()
  var accessKeyID = Slice()
  /// `creationDate` of the session's attributes.
  var sessionStart = Slice()

  /// The keys that came, one bit each.
  fileprivate var seen: UInt8 = 0
}

/// Keys of an identity under which something changes with the session, or leads there.
enum IdentityKey: UInt8 {
  case other, arn, principalID, accessKeyID, sessionContext, attributes, creationDate

  /// What a key means in an object of the identity, if anything.
  init?(_ key: UnsafeBufferPointer<UInt8>, _ context: KeyContext) {
    switch context {
    case .identity where key.isText("arn"): self = .arn
    case .identity where key.isText("principalId"): self = .principalID
    case .identity where key.isText("accessKeyId"): self = .accessKeyID
    case .identity where key.isText("sessionContext"): self = .sessionContext
    case .sessionContext where key.isText("attributes"): self = .attributes
    case .attributes where key.isText("creationDate"): self = .creationDate
    default: return nil
    }
  }
}

extension RecordScanner {
  /// Passes the identity that starts at a place and marks what changes with the session; gives the place behind,
  /// or `nil`.
  mutating func identity(at start: Int) -> Int? {
    marks = IdentityMarks()
    return identity(start, depth: 1, KeyContext.identityRoot, .identity)
  }

  private mutating func identity(
    _ start: Int, depth: Int, _ parent: KeyTree.Place, _ context: KeyContext
  ) -> Int? {
    guard start < count else { return nil }
    var position = space(start + 1)
    if position < count, bytes[position] == UInt8(ascii: "}") { return position + 1 }
    var cursor = tree.start(of: parent)
    while true {
      guard let key = key(at: position, &cursor, context),
        let end = value(of: key.place, at: key.value, depth: depth),
        let next = next(after: end, until: UInt8(ascii: "}"))
      else { return nil }
      position = next.position
      if next.isEnd { return position }
    }
  }

  /// Passes a key's value; a key that counts and comes twice is left to the general reader.
  @inline(__always)
  private mutating func value(of place: KeyTree.Place, at start: Int, depth: Int) -> Int? {
    let role = tree.meaning(of: place).role
    guard role != IdentityKey.other.rawValue, let key = IdentityKey(rawValue: role) else {
      return skip(start, depth: depth + 1, in: place, collects: false)
    }
    let bit: UInt8 = 1 << role
    guard marks.seen & bit == 0 else { return nil }
    marks.seen |= bit
    if key == .arn { marks.hasARN = true }
    let first = bytes[start]
    if key == .sessionContext || key == .attributes {
      if first == UInt8(ascii: "{") {
        return identity(start, depth: depth + 1, place, key == .attributes ? .attributes : .sessionContext)
      }
    } else if first == UInt8(ascii: "\"") {
      guard let end = stringEnd(start + 1), !lastHasEscapes else { return nil }
      let slice = Slice(start: start + 1, count: end - start - 1)
      switch key {
      case .arn: marks.arn = slice
      case .principalID: marks.principalID = slice
      case .accessKeyID: marks.accessKeyID = slice
      default: marks.sessionStart = slice
      }
      return end + 1
    }
    guard key != .creationDate || first == UInt8(ascii: "n") else { return nil }
    // Nothing is learnt of what is no object here: the keys of one would mean something.
    return skip(start, depth: depth + 1, in: 0, collects: false)
  }
}
