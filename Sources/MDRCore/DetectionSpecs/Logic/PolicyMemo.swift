/// Policies by their texts, for one thread: several rules ask for the same, and many events repeat one.
final class PolicyMemo {
  private var documents: [String: PolicyDocument?] = [:]
  /// The same by their bytes as they stand in a document.
  private let slices = SliceCache<PolicyDocument?>(limit: limit.count)

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

  /// Whether a text is short enough to be kept.
  func keeps(_ text: UnsafeBufferPointer<UInt8>) -> Bool { text.count <= Self.limit.length }

  /// The policy that a text on a tape is.
  func document(_ text: TapeNode) -> PolicyDocument? {
    slices.value(for: text.tape.slice(text.index)) { PolicyDocument(text.value) }
  }
}
