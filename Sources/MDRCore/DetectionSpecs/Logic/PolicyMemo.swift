/// Policies by their texts, for one thread: several rules ask for the same, and many events repeat one.
final class PolicyMemo {
  private var documents: [String: PolicyDocument?] = [:]

  /// Beyond this many, or of longer texts, none are kept.
  private static let limit = (count: 256, length: 1 << 14)

  /// The policy that a value is, as `PolicyDocument` reads it.
  func document(_ value: JSONValue) -> PolicyDocument? {
    // Texts beyond ASCII can be equal without having the same bytes.
    guard case .string(var text) = value, text.utf8.count <= Self.limit.length,
      text.withUTF8(\.isASCII)
    else { return PolicyDocument(value) }
    if let known = documents[text] { return known }
    let document = PolicyDocument(value)
    if documents.count >= Self.limit.count { documents.removeAll() }
    documents.updateValue(document, forKey: text)
    return document
  }
}
