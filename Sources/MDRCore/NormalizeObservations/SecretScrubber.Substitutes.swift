/// What stands where a secret was: as much of the text as tells whom it concerns, and nothing of the secret.
extension SecretScrubber {
  /// What stands for a text that holds a secret.
  static func substitute(for text: String) -> String {
    substitute(forARN: text) ?? substitute(forURL: text) ?? replacement
  }

  /// Of an ARN of IAM or STS all but the name.
  ///
  /// Whoever shares something with an outsider must not hide the account by how the role is called, such as
  /// `role/token=x`. Source: IAM User Guide, "IAM identifiers" and "IAM and AWS STS quotas", for what names hold.
  private static func substitute(forARN text: String) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"),
      parts[1].utf8.allSatisfy(TokenBeginnings.isOfToken), parts[2] == "iam" || parts[2] == "sts",
      parts[3].isEmpty, String(parts[4]).isAccountID, let slash = parts[5].firstIndex(of: "/"),
      parts[5][..<slash].utf8.allSatisfy(TokenBeginnings.isOfToken),
      parts[5].utf8.allSatisfy({ TokenBeginnings.isOfToken($0) || "+=,@/".utf8.contains($0) })
    else { return nil }
    return parts[..<5].joined(separator: ":") + ":" + parts[5][...slash] + replacement
  }

  /// Of a URL the scheme and the host, and the path where that holds no secret: where something is sent is evidence, and
  /// whoever sends it to an outsider must not hide that by a query such as `?token=x`.
  ///
  /// Source: RFC 3986, sections 3.1 and 3.2, for what a scheme, an authority and its parts are.
  private static func substitute(forURL text: String) -> String? {
    let bytes = text.utf8
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > bytes.startIndex,
      bytes[..<colon].allSatisfy({ isLetterOrDigit($0) || "+-.".utf8.contains($0) }),
      bytes[colon...].starts(with: "://".utf8)
    else { return nil }
    let start = bytes.index(colon, offsetBy: 3)
    let end = bytes[start...].firstIndex { "/?#\\".utf8.contains($0) } ?? bytes.endIndex
    let user = bytes[start..<end].lastIndex(of: UInt8(ascii: "@"))
    let host = text[(user.map { bytes.index(after: $0) } ?? start)..<end]
    guard isHost(host), !isTelling(host) else { return nil }
    // A password may hold what ends a host: then these are a user and the beginning of one.
    if host.contains(":"), bytes[end...].contains(UInt8(ascii: "@")) { return nil }
    if user == nil, let query = bytes[end...].firstIndex(where: { "?#".utf8.contains($0) }) {
      var head = String(text[..<query])
      let isPlain = head.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
      if isPlain, !head.withUTF8(betraysSecret) { return head + String(text[query]) + replacement }
    }
    let isMore = end < bytes.endIndex
    return text[..<start] + (user == nil ? "" : replacement + "@") + host + (isMore ? "/" + replacement : "")
  }

  /// Whether a text is a name with a dot, with or without a port.
  private static func isHost(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let name = parts.first, parts.count <= 2, name.utf8.count <= 253, name.contains(".") else {
      return false
    }
    return name.utf8.allSatisfy { isLetterOrDigit($0) || ".-".utf8.contains($0) }
      && parts.dropFirst().allSatisfy { UInt16($0) != nil }
  }

  /// Whether a host's name is itself a token or holds one.
  private static func isTelling(_ host: Substring) -> Bool {
    var name = String(host)
    return name.withUTF8 { SecretMembers.tokens.begin($0) || SecretMembers.tokens.areInName($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
