/// Copies an event's documents as compact JSON, leaving out what must not reach an artifact; one for each thread.
final class SecretScrubber {
  private let keys = SliceCache<SecretMembers.Facts>()
  private let pairNames = SliceCache<Bool>()
  /// Members that are secrets in the event at hand, besides those of any.
  private var own: Set<String> = []

  /// What a policy that is passed as text has, escaped, at its top.
  private static let policyMark = ByteMarks(["\"Statement\\", "u0022Statement\\"])

  /// What stands where a secret was.
  static let replacement = "[secret removed]"

  /// Whether what lies under a key may be replaced before anything judges it.
  static func hides(_ key: String) -> Bool {
    let facts = SecretMembers.facts(of: key)
    return facts.isSecret || facts.isSecretText || facts.isMap || facts.isUserData
  }

  /// A text, or what stands for one that holds a secret.
  static func scrubbed(_ text: String) -> String {
    var text = text
    return text.withUTF8(betraysSecret) ? replacement : text
  }

  /// Appends a document of an event.
  func append(
    _ tape: JSONTape, _ node: JSONTape.Index, eventSource: String, eventName: String,
    to output: inout JSONOutput
  ) {
    own = SecretMembers.own(eventSource: eventSource, eventName: eventName)
    append(tape, node, to: &output)
  }

  /// Appends a node of a tape; key order and number spelling stay as logged.
  ///
  /// In an environment every text may be a secret, but the `name` beside a `value` in a list.
  private func append(
    _ tape: JSONTape, _ node: JSONTape.Index, to output: inout JSONOutput, inEnvironment: Bool = false,
    isElement: Bool = false, inCommand: Bool = false
  ) {
    switch tape.kind(node) {
    case .object:
      let isSecretPair = isElement && namesSecret(tape, node)
      output.append(raw: "{")
      var isFirst = true
      tape.forEachChild(node) { child in
        if !isFirst { output.append(raw: ",") }
        isFirst = false
        let key = facts(tape, child)
        if key.isSecretName {
          output.append(Self.replacement)
        } else {
          appendText(tape.keySlice(child), hasEscapes: tape.nodes[child].keyHasEscapes, to: &output)
        }
        output.append(raw: ":")
        if hides(tape, child, key, inSecretPair: isSecretPair) {
          output.append(Self.replacement)
        } else {
          let isName = key.isName && isElement
          append(
            tape, child, to: &output,
            inEnvironment: inEnvironment && !isName || key.isMap || key.isUserData,
            inCommand: inCommand || key.isCommand)
        }
      }
      output.append(raw: "}")
    case .array:
      output.append(raw: "[")
      var isFirst = true
      var (words, script) = (CommandWords(isCommand: inCommand), CommandWords())
      tape.forEachChild(node) { child in
        if !isFirst { output.append(raw: ",") }
        isFirst = false
        let isLine = inCommand && tape.kind(child) == .string
        let isTelling = isLine && isTelling(tape, child, in: &script)
        if isSecret(tape, child, among: &words) || isTelling {
          output.append(Self.replacement)
        } else {
          append(
            tape, child, to: &output, inEnvironment: inEnvironment, isElement: true,
            inCommand: inCommand && !isLine)
        }
      }
      output.append(raw: "]")
    case .string:
      var script = CommandWords()
      if inEnvironment {
        output.append(Self.replacement)
      } else if Self.betraysSecret(tape.slice(node)) {
        // Actions such as `iam:ChangePassword` look like secrets, and whoever writes a policy must not hide it with one.
        if Self.policyMark.areIn(tape.slice(node)), let policy = JSONInside(tape.bytes(node)), policy.isPolicy
        {
          append(policy, else: tape, node, to: &output)
        } else {
          output.append(Self.replacement)
        }
      } else if Self.mayHoldCommand(tape.slice(node)), let document = JSONInside(tape.bytes(node)) {
        append(document, else: tape, node, to: &output)
      } else if inCommand, isTelling(tape, node, in: &script) {
        output.append(Self.replacement)
      } else {
        appendText(tape.slice(node), hasEscapes: tape.nodes[node].hasEscapes, to: &output)
      }
    default: output.append(raw: tape.slice(node))
    }
  }

  /// Appends a text that is a document: as logged, unless something in the document is left out.
  private func append(
    _ document: JSONInside, else tape: JSONTape, _ node: JSONTape.Index, to output: inout JSONOutput
  ) {
    var inner = JSONOutput()
    append(document.tape, 0, to: &inner)
    let text = inner.text
    if text.contains(Self.replacement) {
      output.append(text)
    } else {
      appendText(tape.slice(node), hasEscapes: true, to: &output)
    }
  }

  /// Whether lines of a command hold a secret; in a command, marks need no sign before them.
  private func isTelling(_ tape: JSONTape, _ node: JSONTape.Index, in script: inout CommandWords) -> Bool {
    let isTelling = script.areTelling(tape.bytes(node))
    return isTelling || SecretMembers.areMarked(tape.slice(node))
  }

  /// Whether an element of a list is a secret by the words before it, as in `["mysql", "--password", "…"]`.
  private func isSecret(
    _ tape: JSONTape, _ element: JSONTape.Index, among words: inout CommandWords
  ) -> Bool {
    switch tape.kind(element) {
    case .string, .number: return words.isSecret(tape.bytes(element))
    default:
      words.pass()
      return false
    }
  }

  /// Copies a string as logged; half of a surrogate pair becomes U+FFFD, since strict readers refuse it.
  private func appendText(
    _ slice: UnsafeBufferPointer<UInt8>, hasEscapes: Bool, to output: inout JSONOutput
  ) {
    guard !hasEscapes || !JSONText.hasSurrogate(slice) else {
      return output.append(String(decoding: JSONText.unescaped(slice), as: UTF8.self))
    }
    output.append(raw: "\"")
    output.append(raw: slice)
    output.append(raw: "\"")
  }

  /// Whether a member's value must not be copied.
  private func hides(
    _ tape: JSONTape, _ member: JSONTape.Index, _ key: SecretMembers.Facts, inSecretPair: Bool
  ) -> Bool {
    let isText = tape.kind(member) == .string || tape.kind(member) == .number
    if key.isSecret || inSecretPair && key.isSiblingValue, !isHarmless(tape, member, key) { return true }
    // A role or a secret by its ARN is what an API takes instead of the secret.
    if key.isSecretText, isText, !tape.slice(member).starts(with: "arn:".utf8) { return true }
    return !own.isEmpty && isText && own.contains(tape.key(member))
  }

  /// `credentials` of an AssumeRole response keeps its key id and expiry: they are evidence, not secrets.
  private func isHarmless(_ tape: JSONTape, _ node: JSONTape.Index, _ key: SecretMembers.Facts) -> Bool {
    switch tape.kind(node) {
    case .null, .trueValue, .falseValue: true
    case .object: key.isHarmlessObject
    // What AWS has hidden already says so.
    case .string: tape.slice(node).isText("HIDDEN_DUE_TO_SECURITY_REASONS")
    default: false
    }
  }

  /// Whether an element of a list is a name and its value, and the name says that the value is a secret.
  private func namesSecret(_ tape: JSONTape, _ node: JSONTape.Index) -> Bool {
    var found = false
    tape.forEachChild(node) { child in
      guard !found, tape.kind(child) == .string, facts(tape, child).namesSibling else { return }
      found = pairNames.value(for: tape.slice(child)) { SecretMembers.tellsSecret(tape.text(child) ?? "") }
    }
    return found
  }

  private func facts(_ tape: JSONTape, _ member: JSONTape.Index) -> SecretMembers.Facts {
    keys.value(for: tape.keySlice(member)) { SecretMembers.facts(of: tape.key(member)) }
  }

  /// Only a string with an escape, a quote, an equals or percent sign, a header's colon, a URL, an option of a command or a
  /// dashed line can hold one of the marks; a token by itself is told by how it begins.
  static func betraysSecret(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    if SecretMembers.tokens.begin(slice) { return true }
    guard isSuspect(slice) else { return false }
    return SecretMembers.areMarked(slice) || hasUserInfo(slice)
  }

  /// Whether a text, as it stands in JSON, may be a document in which a command stands.
  static func mayHoldCommand(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = slice.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return false
    }
    return SecretMembers.commandMarks.areIn(slice)
  }

  private static func isSuspect(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    guard slice.count >= 5, slice.count < 17 || hasSigns(slice) else { return false }
    var dashes = 0
    var previous: UInt8 = 0
    for byte in slice {
      // Letters and digits, most of what there is, stand above all signs but the backslash.
      if byte > UInt8(ascii: "=") {
        if byte == UInt8(ascii: "\\") { return true }
        dashes = 0
      } else {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "%"), UInt8(ascii: "\""): return true
        case UInt8(ascii: "-"):
          dashes += 1
          if dashes == 2 { return true }
        case UInt8(ascii: "/") where previous == byte: return true
        case 0x20 where previous == UInt8(ascii: ":"): return true
        default: dashes = 0
        }
      }
      previous = byte
    }
    return false
  }

  /// Whether one of seventeen or more bytes is a sign that makes a text suspect, or begins two that may.
  private static func hasSigns(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = slice.baseAddress else { return false }
    let raw = UnsafeRawPointer(base)
    typealias Block = SIMD16<UInt8>
    func isSign(_ block: Block, _ byte: Unicode.Scalar) -> SIMDMask<SIMD16<Int8>> {
      block .== Block(repeating: UInt8(ascii: byte))
    }
    var found = SIMD2<UInt64>(repeating: 0)
    func look(at place: Int) {
      let block = raw.loadUnaligned(fromByteOffset: place, as: Block.self)
      let next = raw.loadUnaligned(fromByteOffset: place &+ 1, as: Block.self)
      let single = isSign(block, "\\") .| isSign(block, "=") .| isSign(block, "%") .| isSign(block, "\"")
      let twice = (isSign(block, "/") .| isSign(block, "-")) .& (block .== next)
      let header = isSign(block, ":") .& isSign(next, " ")
      found |= unsafeBitCast(single .| twice .| header, to: SIMD2<UInt64>.self)
    }
    var place = 0
    while place < slice.count &- 17 {
      look(at: place)
      place &+= 16
    }
    look(at: slice.count &- 17)
    // The last byte was only looked at as one that follows.
    let last = slice[slice.count &- 1]
    return found.x | found.y != 0 || last == UInt8(ascii: "\\") || last == UInt8(ascii: "=")
      || last == UInt8(ascii: "%") || last == UInt8(ascii: "\"")
  }

  /// Whether a URL names a user and a password, as `postgres://user:password@host` does.
  private static func hasUserInfo(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = 0
    while place &+ 3 < slice.count {
      guard slice[place] == UInt8(ascii: ":"), slice[place &+ 1] == UInt8(ascii: "/"),
        slice[place &+ 2] == UInt8(ascii: "/")
      else {
        place &+= 1
        continue
      }
      place &+= 3
      var hasColon = false
      host: while place < slice.count {
        switch slice[place] {
        case 0x20, 0x22, 0x5C, UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): break host
        case UInt8(ascii: ":"): hasColon = true
        case UInt8(ascii: "@") where hasColon: return true
        default: break
        }
        place &+= 1
      }
      place &+= 1
    }
    return false
  }
}

/// A document that another one holds as text.
private struct JSONInside {
  let tape = JSONTape()

  /// Whether it is a policy: what it grants stays, and only the secrets in it go.
  var isPolicy: Bool { tape.member(0, "Statement") != nil }

  /// `nil` where the text is no object and no list.
  init?(_ text: [UInt8]) {
    let parsed = text.withUnsafeBufferPointer { tape.parse(tape.keep($0), from: 0, count: text.count) }
    guard case .value(let end) = parsed, text[end...].allSatisfy({ $0 <= 0x20 }),
      tape.kind(0) == .object || tape.kind(0) == .array
    else { return nil }
  }
}

extension JSONTape {
  /// A scalar's bytes, without escapes.
  fileprivate func bytes(_ node: Index) -> [UInt8] {
    hasEscapes(node) ? JSONText.unescaped(slice(node)) : Array(slice(node))
  }
}
