/// Copies an event's documents as compact JSON, leaving out what must not reach an artifact; one for each thread.
final class SecretScrubber {
  private let keys = SliceCache<SecretMembers.Facts>()
  private let pairNames = SliceCache<Bool>()
  /// Members that are secrets in the event at hand, besides those of any.
  private var own: Set<String> = []

  /// What stands where a secret was.
  static let replacement = "[secret removed]"

  /// Whether what lies under a key may be replaced before anything judges it.
  static func hides(_ key: String) -> Bool {
    let facts = SecretMembers.facts(of: key)
    return facts.isSecret || facts.isSecretText || facts.isMap || facts.isUserData
  }

  /// Appends a document of an event.
  func append(
    _ tape: JSONTape, _ node: JSONTape.Index, eventSource: String, eventName: String,
    to output: inout JSONOutput
  ) {
    own = SecretMembers.own(eventSource: eventSource, eventName: eventName)
    append(tape, node, to: &output, mayBePair: false)
  }

  /// Appends a node of a tape; key order and number spelling stay as logged.
  ///
  /// In an environment every text may be a secret, but the `name` beside a `value` in a list. A whole document is no pair of
  /// a name and a value: what a call makes may be called as it likes.
  private func append(
    _ tape: JSONTape, _ node: JSONTape.Index, to output: inout JSONOutput, inEnvironment: Bool = false,
    isElement: Bool = false, inCommand: Bool = false, mayBePair: Bool = true
  ) {
    switch tape.kind(node) {
    case .object:
      let isSecretPair = mayBePair && namesSecret(tape, node)
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
        if let policy = DocumentInText(policyAt: node, on: tape)
          ?? DocumentInText(ofPoliciesAt: node, on: tape)
        {
          append(policy, else: tape, node, to: &output)
        } else {
          output.append(Self.substitute(for: String(decoding: tape.bytes(node), as: UTF8.self)))
        }
      } else if Self.mayHoldCommand(tape.slice(node)), let document = DocumentInText(tape.bytes(node)) {
        append(document, else: tape, node, to: &output)
      } else if inCommand, isTelling(tape, node, in: &script) {
        output.append(Self.replacement)
      } else {
        appendText(tape.slice(node), hasEscapes: tape.nodes[node].hasEscapes, to: &output)
      }
    default: output.append(raw: tape.slice(node))
    }
  }

  /// Appends a text that is a document: as logged, unless something in the document is left out; what stays is then
  /// written as plain JSON.
  private func append(
    _ document: DocumentInText, else tape: JSONTape, _ node: JSONTape.Index, to output: inout JSONOutput
  ) {
    var inner = JSONOutput()
    append(document.tape, 0, to: &inner, mayBePair: false)
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

  /// Whether an object is a name and its value, and the name says that the value is a secret.
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
}
