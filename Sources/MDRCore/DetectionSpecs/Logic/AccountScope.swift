/// Whose accounts are whose, seen from the account of one event.
struct AccountScope {
  let ownAccount: String
  let lists: EvaluationLists

  /// Whether an account id, or the account in an ARN, is outside the organisation and its partners.
  ///
  /// `all` and `*` are everyone. Texts without an account id are not external.
  func isExternal(_ text: String) -> Truth {
    var text = text
    return text.withUTF8(isExternal)
  }

  /// The same for a text's bytes.
  func isExternal(_ text: UnsafeBufferPointer<UInt8>) -> Truth {
    if text.isText("all") || text.isText("*") { return .yes }
    guard let account = Self.account(in: text), account != ownAccount else { return .no }
    if lists.partners.contains(account) { return .no }
    guard let organisation = lists.organisation else {
      return lists.logged.contains(account) ? .no : .unknown
    }
    return organisation.contains(account) ? .no : .yes
  }

  /// The twelve digits of an account id, bare or as an ARN's fifth part.
  static func account(in text: String) -> String? {
    var text = text
    return text.withUTF8(account)
  }

  /// The same for a text's bytes.
  private static func account(in text: UnsafeBufferPointer<UInt8>) -> String? {
    var candidate = text
    if let places = ActorNaming.places(in: text) {
      candidate = UnsafeBufferPointer(rebasing: text[places.account])
    }
    // Some requests write ids with dashes, as the console shows them.
    var digits = 0
    for byte in candidate where byte != UInt8(ascii: "-") {
      guard byte &- 0x30 < 10, digits < 12 else { return nil }
      digits += 1
    }
    guard digits == 12 else { return nil }
    return candidate.count == 12
      ? String(decoding: candidate, as: UTF8.self)
      : String(decoding: candidate.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
  }
}
