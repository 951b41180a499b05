extension String {
  /// The id of a key, user, role or other principal, such as `AKIA…` and `AROA…`.
  var isAccessKey: Bool {
    (16...32).contains(utf8.count) && utf8.first == UInt8(ascii: "A")
      && utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
      && utf8.contains { (0x30...0x39).contains($0) }
  }

  /// Whether it is the kind of a source that is somebody's network, which stands before the colon.
  var isSourceKind: Bool { ["ip", "private", "owned", "corp", "vpce", "other"].contains(self) }

  /// Whether it is the kind of an actor that belongs to somebody, which stands before the colon.
  var isActorKind: Bool {
    ["role", "sso", "user", "xacct", "saml", "web", "federated", "idc", "repo", "oidc"].contains(self)
  }

  /// A path to a log, or a log's name.
  var isFileName: Bool {
    [".json", ".jsonl", ".gz", ".csv", ".tsv", ".log", ".txt", ".parquet", ".zip"].contains(where: hasSuffix)
      || (hasPrefix("/") && dropFirst().contains("/"))
  }

  /// Labels with dots between them, the last of letters alone.
  var isDomain: Bool {
    let labels = split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let last = labels.last, last.utf8.count > 1, last.allSatisfy(\.isLetter) else {
      return false
    }
    return labels.allSatisfy {
      !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }
  }

  /// Whether a token of running text is an identifier by its form alone.
  var looksNaming: Bool {
    if isAccountID || isAccessKey || hasPrefix("arn:") || contains("@") || isFileName || isDomain {
      return true
    }
    if let colon = firstIndex(of: ":"), index(after: colon) != endIndex {
      let kind = String(self[..<colon])
      if kind.isActorKind || kind.isSourceKind { return true }
    }
    return contains { $0 == "." || $0 == ":" } && AddressBlock(self) != nil
  }

  /// The text with every run of exactly twelve digits replaced.
  func replacingAccounts(_ standIn: (String) -> String) -> String {
    var output = ""
    var digits = ""
    func flushed() -> String { digits.isAccountID ? standIn(digits) : digits }
    for character in self {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else {
        output += flushed()
        digits = ""
        output.append(character)
      }
    }
    return output + flushed()
  }
}

extension Finding {
  /// The values that may name somebody wherever they stand in a sentence.
  var namingValues: [String] {
    var values: [String?] = [accountID, accountName, accountPurpose, actor, actorAccountID, person, source]
    values += sourceIPs + sessions + resources + records.map(\.file)
    for (kind, names) in targets {
      values += Self.people.contains(kind) ? names : names.filter { !$0.isPlainWord }
    }
    values += tuples.flatMap { [$0.account, $0.actor, $0.source] }
    values += timeline.flatMap { [$0.account, $0.principal, $0.source] }
    // `user/pipeline` is also told as `pipeline`.
    values += resources.compactMap { $0.split(separator: "/", maxSplits: 1).last.map(String.init) }
      .filter { !$0.isPlainWord }
    values += actor.split(separator: ":", maxSplits: 1).dropFirst().map(String.init)
    return values.compactMap { $0 }
  }

  /// Kinds of targets that may be called by a person's name.
  private static let people: Set = ["user", "role", "group", "principal", "role_session", "grantee"]
}

extension String {
  /// Whether it is a plain word of sentences: a table called `orders` must not turn every "orders" in a sentence into
  /// a stand-in.
  fileprivate var isPlainWord: Bool { utf8.allSatisfy { (0x61...0x7A).contains($0) } }
}
