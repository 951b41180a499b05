/// Policies by their texts, for one thread: several rules ask for the same, and many events repeat one.
final class PolicyMemo {
  private var documents: [String: PolicyDocument?] = [:]
  /// The same by their bytes as they stand in a document.
  private let texts = SliceCache<PolicyDocument?>(limit: limit.count)
  private let objects = SliceCache<PolicyDocument?>(limit: limit.count)

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

  /// Whether what stands on a tape is short enough to be kept.
  func keeps(_ node: TapeNode) -> Bool { node.tape.slice(node.index).count <= Self.limit.length }

  /// The policy that an object or a text on a tape is.
  func document(_ node: TapeNode) -> PolicyDocument? {
    let slices = node.tape.kind(node.index) == .object ? objects : texts
    return slices.value(for: node.tape.slice(node.index)) { PolicyDocument(node.value) }
  }
}
