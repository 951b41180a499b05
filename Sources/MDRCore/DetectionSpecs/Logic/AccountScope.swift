/// Whose accounts are whose, seen from the account of one event.
struct AccountScope {
  let ownAccount: String
  let lists: EvaluationLists

  /// Whether an account id, or the account in an ARN, is outside the organisation and its partners.
  ///
  /// `all` and `*` are everyone. Texts without an account id are not external.
  func isExternal(_ text: String) -> Truth {
    if text == "all" || text == "*" { return .yes }
    guard let account = Self.account(in: text), account != ownAccount else { return .no }
    if lists.partners.contains(account) { return .no }
    guard let organisation = lists.organisation else { return .unknown }
    return organisation.contains(account) ? .no : .yes
  }

  /// The twelve digits of an account id, bare or as an ARN's fifth part.
  static func account(in text: String) -> String? {
    var candidate = text.utf8[...]
    if candidate.starts(with: "arn:".utf8) {
      let parts = candidate.split(
        separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
      if parts.count >= 6 { candidate = parts[4] }
    }
    // Some requests write ids with dashes, as the console shows them.
    var digits: [UInt8] = []
    for byte in candidate where byte != UInt8(ascii: "-") {
      guard (0x30...0x39).contains(byte), digits.count < 12 else { return nil }
      digits.append(byte)
    }
    return digits.count == 12 ? String(decoding: digits, as: UTF8.self) : nil
  }
}
