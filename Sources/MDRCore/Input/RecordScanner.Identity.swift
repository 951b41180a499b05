#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

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
  /// The name of a role's session, and whether the role is one by which people sign in.
  var sessionName = Slice()
  var namesPerson = false

  /// The keys that came, one bit each.
  fileprivate var seen: UInt8 = 0

  /// The texts that are marked, some of them empty.
  var texts: [Slice] { [arn, principalID, accessKeyID, sessionStart] }
}

/// What of an identity belongs to one session of its principal.
struct SessionParts {
  typealias Slice = RecordScanner.Slice

  /// None of them empty, in the order of the bytes.
  var parts: [Slice]
  /// The session's name, if it has one.
  var name = Slice()
  /// Whether the role is one by which people sign in, whom its sessions name.
  var namesPerson = false

  /// The parts of an identity in which some texts are marked.
  init(_ marks: IdentityMarks, in bytes: UnsafePointer<UInt8>) {
    // Its first letters tell a long-lived key from a session's.
    parts = [marks.accessKeyID.dropping(4), marks.sessionStart]
    let arn = UnsafeBufferPointer(start: bytes + marks.arn.start, count: marks.arn.count)
    if let slash = arn.lastIndex(of: UInt8(ascii: "/")) {
      let role = UnsafeBufferPointer(rebasing: arn[..<slash])
      if slash + 1 < arn.count, role.holds(":assumed-role/") {
        name = marks.arn.dropping(slash + 1)
        namesPerson = role.holds("AWSReservedSSO_")
        parts.append(name)
        let id = UnsafeBufferPointer(start: bytes + marks.principalID.start, count: marks.principalID.count)
        if let colon = id.firstIndex(of: UInt8(ascii: ":")) {
          parts.append(marks.principalID.dropping(colon + 1))
        }
      }
    }
    parts = parts.filter { !$0.isEmpty }.sorted { $0.start < $1.start }
  }
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
    if let end = knownIdentity(at: start) { return end }
    marks = IdentityMarks()
    identityNumber = nil
    guard let end = identity(start, depth: 1, KeyContext.identityRoot, .identity) else { return nil }
    let session = SessionParts(marks, in: bytes)
    marks.sessionName = session.name
    marks.namesPerson = session.namesPerson
    identityNumber = identities.learn(Slice(start: start, count: end - start), in: bytes, marks, session)
    return end
  }

  /// The same for one that differs from another only in what changes with the session.
  private mutating func knownIdentity(at start: Int) -> Int? {
    var number = identities.first(for: bytes + start) ?? -1
    while number >= 0 {
      if let end = identity(number, at: start) {
        identityNumber = number
        return end
      }
      number = identities[number].next
    }
    return nil
  }

  /// The same for one that is like a known one, if it is.
  private mutating func identity(_ number: Int, at start: Int) -> Int? {
    let known = identities.template(number)
    var piece = identities.pieces(number)
    var place = start
    var index = 0
    while true {
      let length = Int(known.pointee.lengths[index])
      guard place &+ length <= count, memcmp(bytes + place, piece, length) == 0 else { return nil }
      pieceStarts[index] = place
      place &+= length
      piece += length
      guard index &+ 1 < known.pointee.pieces else { break }
      guard let quote = stringEnd(place), !lastHasEscapes, quote > place else { return nil }
      // What stands before an ARN's last slash is the role's.
      if index == known.pointee.name, memchr(bytes + place, 0x2F, quote &- place) != nil { return nil }
      partEnds[index] = quote
      place = quote
      index &+= 1
    }
    marks.arn = text(0, of: known)
    marks.principalID = text(1, of: known)
    marks.accessKeyID = text(2, of: known)
    marks.sessionStart = text(3, of: known)
    marks.hasARN = known.pointee.hasARN
    marks.namesPerson = known.pointee.namesPerson
    if let name = known.pointee.name {
      let start = pieceStarts[name] &+ Int(known.pointee.lengths[name])
      marks.sessionName = Slice(start: start, count: partEnds[name] &- start)
    } else {
      marks.sessionName = Slice()
    }
    return place
  }

  /// One of the marked texts of an identity whose pieces and parts were just found.
  @inline(__always)
  private func text(_ number: Int, of known: UnsafePointer<IdentityTemplates.Template>) -> Slice {
    guard let piece = known.pointee.piece(of: number) else { return Slice() }
    let start = pieceStarts[piece] &+ Int(known.pointee.offsets[number])
    let length = Int(known.pointee.counts[number])
    return Slice(start: start, count: length == 0 ? partEnds[piece] &- start : length)
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

extension RecordScanner.Slice {
  /// The slice without its first bytes.
  fileprivate func dropping(_ length: Int) -> RecordScanner.Slice {
    RecordScanner.Slice(start: start + min(length, count), count: max(0, count - length))
  }
}
