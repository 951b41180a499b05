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
      guard let key = key(at: position, &cursor, context) else { return nil }
      let end: Int
      if bytes[key.value] == UInt8(ascii: "\"") {
        let start = key.value &+ 1
        guard let quote = stringEnd(start) else { return nil }
        let role = tree.meaning(of: key.place).role
        if role != 0, !mark(Slice(start: start, count: quote &- start), as: role) { return nil }
        end = quote &+ 1
      } else {
        guard let other = value(of: key.place, at: key.value, depth: depth) else { return nil }
        end = other
      }
      guard let next = next(after: end, until: UInt8(ascii: "}")) else { return nil }
      position = next.position
      if next.isEnd { return position }
    }
  }

  /// Notes that a key came; `false` for one that comes twice, which is left to the general reader.
  @inline(__always)
  private mutating func isFirst(_ role: UInt8) -> Bool {
    let bit: UInt8 = 1 &<< role
    defer { marks.seen |= bit }
    return marks.seen & bit == 0
  }

  /// Keeps the text under a key that means something; `false` for one that is left to the general reader.
  @inline(__always)
  private mutating func mark(_ text: Slice, as role: UInt8) -> Bool {
    guard !lastHasEscapes, isFirst(role) else { return false }
    switch role {
    case IdentityKey.arn.rawValue:
      marks.arn = text
      marks.hasARN = true
    case IdentityKey.principalID.rawValue: marks.principalID = text
    case IdentityKey.accessKeyID.rawValue: marks.accessKeyID = text
    case IdentityKey.creationDate.rawValue: marks.sessionStart = text
    default: break
    }
    return true
  }

  /// Passes a value that is no text.
  private mutating func value(of place: KeyTree.Place, at start: Int, depth: Int) -> Int? {
    let first = bytes[start]
    guard let key = IdentityKey(rawValue: tree.meaning(of: place).role), key != .other else {
      return skip(start, depth: depth + 1, in: place, collects: false)
    }
    guard isFirst(key.rawValue) else { return nil }
    switch key {
    case .sessionContext where first == UInt8(ascii: "{"):
      return identity(start, depth: depth + 1, place, .sessionContext)
    case .attributes where first == UInt8(ascii: "{"):
      return identity(start, depth: depth + 1, place, .attributes)
    case .arn: marks.hasARN = true
    case .creationDate where first != UInt8(ascii: "n"): return nil
    default: break
    }
    // Nothing is learnt of what is no object here: the keys of one would mean something.
    return skip(start, depth: depth + 1, in: 0, collects: false)
  }
}
