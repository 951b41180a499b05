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
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let candidate = parts.count >= 6 && parts[0] == "arn" ? parts[4] : text[...]
    // Some requests write ids with dashes, as the console shows them.
    let digits = candidate.filter { $0 != "-" }
    guard digits.count == 12, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return String(digits)
  }
}
