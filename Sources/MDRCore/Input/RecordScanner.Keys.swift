/// Where an object stands in a record: what its keys mean depends on it.
enum KeyContext: UInt8 {
  case record, identity, sessionContext, attributes, resource, document, other

  /// Places of a `KeyTree` that stand for objects without a key, or with one of many meanings.
  @inline(__always)
  static var recordRoot: KeyTree.Place { KeyTree.root(0) }
  static var identityRoot: KeyTree.Place { KeyTree.root(1) }
  static var resourceRoot: KeyTree.Place { KeyTree.root(2) }
  static let rootCount = 3 + 256 + 1_024

  /// The root of a document: events of one name repeat each other's keys, those of others don't.
  ///
  /// Names may share a root, but never one where values are looked for with one where they aren't.
  static func root(of member: RecordMember, calledBy name: UnsafeBufferPointer<UInt8>) -> KeyTree.Place {
    var hash = UInt64(member.rawValue)
    if name.count >= 8, let base = name.baseAddress {
      let raw = UnsafeRawPointer(base)
      hash ^= raw.loadUnaligned(as: UInt64.self)
      hash = (hash &* 0x9E37_79B9_7F4A_7C15) ^ hash >> 32
      hash ^= raw.loadUnaligned(fromByteOffset: name.count - 8, as: UInt64.self)
    } else {
      for byte in name { hash = hash << 8 ^ UInt64(byte) }
    }
    hash = (hash &* 0x9E37_79B9_7F4A_7C15) >> 32
    return member == .additionalEventData
      ? KeyTree.root(3 + Int(truncatingIfNeeded: hash & 255))
      : KeyTree.root(259 + Int(truncatingIfNeeded: hash & 1_023))
  }
}

/// Passing keys.
extension RecordScanner {
  /// Passes a key with its colon, and a value that was learnt with it, and says which it was; gives the place of the
  /// value, or the end of the one that was learnt, or `nil`.
  @inline(__always)
  mutating func key(
    at start: Int, _ cursor: inout KeyTree.Cursor, _ context: KeyContext
  ) -> (value: Int, place: KeyTree.Place)? {
    let known = tree.match(&cursor, bytes + start)
    if known.place != 0 { return (space(start &+ known.length), known.place) }
    self.cursor = cursor
    guard let value = unexpectedKey(at: start, context) else { return nil }
    cursor = self.cursor
    return (value, place)
  }

  /// The same for a key behind space, or one that wasn't expected, where `cursor` is; `place` is which then.
  @inline(never)
  private mutating func unexpectedKey(at expected: Int, _ context: KeyContext) -> Int? {
    let start = space(expected)
    guard start < count, bytes[start] == UInt8(ascii: "\"") else { return nil }
    if start > expected {
      let known = tree.match(&cursor, bytes + start)
      place = known.place
      if place != 0 { return space(start + known.length) }
    }
    guard let end = stringEnd(start + 1), context == .other || !lastHasEscapes else { return nil }
    let hasEscapes = lastHasEscapes
    let key = UnsafeBufferPointer(start: bytes + start + 1, count: end - start - 1)
    var meaning = meaning(of: key, context)
    let colon = space(end + 1)
    guard colon < count, bytes[colon] == UInt8(ascii: ":") else { return nil }
    // An empty key leaves the name of the one before, so that it means something else each time.
    if hasEscapes || key.isEmpty || colon > end + 1 {
      place = tree.pass(meaning)
      return space(colon + 1)
    }
    let literal = word(at: colon + 1)
    let length = colon + 1 + literal.count - start
    if length <= KeyTree.lengthLimit, isAllSaid(by: literal, of: meaning, context) {
      meaning.literal = literal
    }
    let valueEnd = colon + 1 + meaning.literal.count
    place = tree.learn(bytes + start, length: valueEnd - start, at: &cursor, meaning)
    return space(valueEnd)
  }

  /// Whether a value that is no text says nothing of its member but what it is, so that the two can be learnt as one.
  private func isAllSaid(
    by literal: KeyTree.Literal, of meaning: KeyTree.Meaning, _ context: KeyContext
  ) -> Bool {
    switch context {
    case .record:
      let member = RecordMember(role: meaning.role)
      return switch member.form {
      case .flag: true
      case .other: literal == .null || member != .tlsDetails
      case .text: literal == .null && member != .eventName
      case .identity, .document, .resources: literal == .null
      case .foreign: false
      }
    case .document: return literal == .null || meaning.name == 0
    case .other: return true
    case .identity, .sessionContext, .attributes, .resource: return false
    }
  }

  private func meaning(of key: UnsafeBufferPointer<UInt8>, _ context: KeyContext) -> KeyTree.Meaning {
    switch context {
    case .record: return .init(role: keys.member(key).rawValue)
    case .identity, .sessionContext, .attributes:
      return .init(role: (IdentityKey(key, context) ?? .other).rawValue)
    case .resource:
      return .init(role: key.isText("ARN") ? 1 : key.isText("resourceName") ? 2 : 0)
    case .document:
      // An empty key says nothing, and leaves the name as an array's element would.
      let name = key.isEmpty ? currentName : names.number(key)
      return .init(name: UInt16(truncatingIfNeeded: name), hides: !key.isEmpty && names.hides(name))
    case .other: return .init()
    }
  }
}
