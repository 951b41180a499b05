/// A document that another one holds as text.
struct DocumentInText {
  let tape = JSONTape()

  /// What a policy that is passed as text has at its top, with its quotes escaped as JSON or as URLs do.
  private static let policyMarks = ByteMarks(["\"Statement\\", "u0022Statement\\", "%22Statement%22"])

  /// `nil` where the text is no object and no list.
  init?(_ text: [UInt8]) {
    let parsed = text.withUnsafeBufferPointer { tape.parse(tape.keep($0), from: 0, count: text.count) }
    guard case .value(let end) = parsed, text[end...].allSatisfy({ $0 <= 0x20 }),
      tape.kind(0) == .object || tape.kind(0) == .array
    else { return nil }
  }

  /// A policy, which responses give URL-encoded; `nil` where the text is none.
  ///
  /// What a policy grants stays, and only the secrets in it go: actions such as `iam:ChangePassword` look like secrets, and
  /// whoever writes a policy must not hide it with one.
  init?(policyAt node: JSONTape.Index, on outer: JSONTape) {
    guard Self.policyMarks.areIn(outer.slice(node)) else { return nil }
    var text = outer.bytes(node)
    let start = text.drop { $0 <= 0x20 }
    if start.first == UInt8(ascii: "%") {
      guard let decoded = String(decoding: start, as: UTF8.self)[...].percentDecoded else { return nil }
      text = Array(decoded.utf8)
    }
    self.init(text)
    guard tape.member(0, "Statement") ?? tape.member(0, "statement") != nil else { return nil }
  }

  /// A document with policies in it, such as what a resource shall be; `nil` where more than these betrays a secret.
  init?(ofPoliciesAt node: JSONTape.Index, on outer: JSONTape) {
    guard Self.policyMarks.areIn(outer.slice(node)) else { return nil }
    self.init(outer.bytes(node))
    var rest = JSONValue.string(Self.withoutPolicies(tape.value(0)).compactText).compactText
    guard
      !rest.withUTF8({
        SecretScrubber.betraysSecret(UnsafeBufferPointer(rebasing: $0.dropFirst().dropLast()))
      })
    else { return nil }
  }

  /// A value in which nothing stands for policies, those in texts too.
  private static func withoutPolicies(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      members["Statement"] ?? members["statement"] == nil
        ? .object(members.mapValues(withoutPolicies)) : .null
    case .array(let elements): .array(elements.map(withoutPolicies))
    case .string(let text) where text.lowercased().contains("\"statement\""):
      (try? JSONValue(parsing: text)).map { inner in
        let rest = withoutPolicies(inner)
        return rest == inner ? value : .string(rest.compactText)
      } ?? value
    default: value
    }
  }
}

extension JSONTape {
  /// A scalar's bytes, without escapes.
  func bytes(_ node: Index) -> [UInt8] {
    hasEscapes(node) ? JSONText.unescaped(slice(node)) : Array(slice(node))
  }
}
