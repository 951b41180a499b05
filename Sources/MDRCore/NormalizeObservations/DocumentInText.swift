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
    guard tape.member(0, "Statement") != nil else { return nil }
  }
}

extension JSONTape {
  /// A scalar's bytes, without escapes.
  func bytes(_ node: Index) -> [UInt8] {
    hasEscapes(node) ? JSONText.unescaped(slice(node)) : Array(slice(node))
  }
}
