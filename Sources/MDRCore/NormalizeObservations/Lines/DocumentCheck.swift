import CVector

/// Tells documents that go into an observation byte for byte from those that `SecretScrubber` has to rewrite.
struct DocumentCheck: ~Copyable {
  /// Beyond this many distinct keys the memo starts anew.
  private static var keyLimit: Int { 1 << 14 }

  private let hash: KeyedHash
  /// Keys that were seen, and what each says.
  private var keys = DigestTable()
  /// Names in pairs that were seen: 1 for one that tells of a secret, else 0.
  private var names = DigestTable()

  /// The names in pairs of the document at hand.
  private var pairNames: [UnsafeBufferPointer<UInt8>] = []

  /// What a key says of the value under it.
  private struct KeyFacts: OptionSet {
    let rawValue: Int

    /// The value may be left out, or is a command, whose words have to be looked at.
    static let hides = KeyFacts(rawValue: 1)
    /// The value is the name in a pair of name and value.
    static let namesSibling = KeyFacts(rawValue: 2)
    /// The value is the value in such a pair.
    static let isSiblingValue = KeyFacts(rawValue: 4)
  }

  init(hash: KeyedHash) { self.hash = hash }

  /// Whether a valid document has no space between its tokens and nothing that may have to be left out.
  ///
  /// 64 readable bytes follow the document. `false` means only that somebody has to look at it.
  mutating func isClean(_ document: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let bytes = document.baseAddress else { return true }
    let count = document.count
    var position = 0
    var isName = false
    var hasSiblingValue = false
    pairNames.removeAll(keepingCapacity: true)
    while position < count {
      let byte = bytes[position]
      position += 1
      if byte <= 0x20 { return false }
      guard byte == 0x22 else { continue }
      let start = position
      var isSuspect = false
      var hasEscapes = false
      while true {
        let part = part_of_string(bytes + position)
        if part.is_suspect { isSuspect = true }
        position += part.length
        guard part.length < 16 else { continue }
        if bytes[position] == 0x22 { break }
        if bytes[position] == 0x5C {
          hasEscapes = true
          position += 1
        }
        position += 1
      }
      let text = UnsafeBufferPointer(start: bytes + start, count: position - start)
      position += 1
      if position < count, bytes[position] == UInt8(ascii: ":") {
        if hasEscapes { return false }
        let key = facts(of: text)
        if key.contains(.hides) { return false }
        isName = key.contains(.namesSibling)
        if key.contains(.isSiblingValue) { hasSiblingValue = true }
        continue
      }
      if isName { pairNames.append(text) }
      isName = false
      // Behind an option of a command, or attached to it, a secret may stand.
      if CommandWords.mayBeOption(text) { return false }
      if hasEscapes || isSuspect {
        if SecretScrubber.betraysSecret(text) { return false }
        if hasEscapes, JSONText.hasSurrogate(text) || SecretScrubber.mayHoldCommand(text) { return false }
      } else if SecretMembers.tokens.begin(text) {
        return false
      }
    }
    // Most names have no value beside them, such as an object's key in a bucket, and are not looked at.
    guard hasSiblingValue else { return true }
    for name in pairNames where namesSecret(name) { return false }
    return true
  }

  @inline(__always)
  private mutating func facts(of key: UnsafeBufferPointer<UInt8>) -> KeyFacts {
    let digest = hash.digest(key)
    if let known = keys.value(digest) { return KeyFacts(rawValue: known) }
    let name = String(decoding: key, as: UTF8.self)
    let said = SecretMembers.facts(of: name)
    var facts: KeyFacts = SecretScrubber.hides(name) || said.isCommand || said.isSecretName ? .hides : []
    if said.namesSibling { facts.insert(.namesSibling) }
    if said.isSiblingValue { facts.insert(.isSiblingValue) }
    if keys.count >= Self.keyLimit { keys.removeAll() }
    keys.insert(digest, facts.rawValue)
    return facts
  }

  private mutating func namesSecret(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let digest = hash.digest(name)
    if let known = names.value(digest) { return known == 1 }
    let tells = SecretMembers.tellsSecret(String(decoding: JSONText.unescaped(name), as: UTF8.self))
    if names.count >= Self.keyLimit { names.removeAll() }
    names.insert(digest, tells ? 1 : 0)
    return tells
  }
}
