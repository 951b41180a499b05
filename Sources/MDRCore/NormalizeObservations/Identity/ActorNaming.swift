/// Turns a principal's ARN and type into the actor's stable key, without account and session.
struct ActorNaming {
  /// A stable name and what was left out of it.
  struct Name: Equatable {
    var actor: String
    var generalisations: [String] = []
  }

  /// The key of an assumed role, from the session issuer's ARN or the session's own.
  static func role(arn: String) -> Name? {
    var arn = arn
    return arn.withUTF8 { role(in: $0).flatMap(role) }
  }

  /// What names the role in an ARN: what follows the account, without a session.
  static func role(in arn: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    guard let start = places(in: arn)?.resource else { return nil }
    let resource = UnsafeBufferPointer(rebasing: arn[start...])
    if resource.starts(with: "role/") { return resource }
    guard resource.starts(with: "assumed-role/") else { return nil }
    // The role's path is absent here: only its name and the session's.
    let end = resource[13...].firstIndex(of: UInt8(ascii: "/")) ?? resource.count
    return UnsafeBufferPointer(rebasing: resource[..<end])
  }

  /// The key of a role by what names it in an ARN.
  ///
  /// Anybody may give a role a name like AWS's own, but only AWS makes roles in its paths: where the ARN has a path, that
  /// decides.
  static func role(_ resource: UnsafeBufferPointer<UInt8>) -> Name? {
    let hasPath = resource.starts(with: "role/")
    let path = UnsafeBufferPointer(rebasing: resource[(hasPath ? 5 : 13)...])
    let isSlash = { (byte: UInt8) in byte == UInt8(ascii: "/") }
    let end = path.lastIndex { !isSlash($0) }.map { $0 + 1 } ?? path.count
    let start = path[..<end].lastIndex(where: isSlash).map { $0 + 1 } ?? 0
    let bytes = UnsafeBufferPointer(rebasing: start == end ? path[...] : path[start..<end])
    if bytes.starts(with: "AWSReservedSSO_"), !hasPath || path.starts(with: "aws-reserved/") {
      let name = String(decoding: bytes, as: UTF8.self)
      let parts = name.dropFirst(15).parts(by: "_", omittingEmpty: false)
      let isHashed = parts.last.map { $0.count == 16 && $0.allSatisfy(\.isHexDigit) } ?? false
      let set = (isHashed ? parts.dropLast() : parts[...]).joined(separator: "_")
      return Name(
        actor: "sso:\(set)", generalisations: isHashed ? ["actor: role \(name) to permission set \(set)"] : []
      )
    }
    if let short = hasPath ? service(ofPath: path) : service(ofName: bytes) {
      let name = String(decoding: bytes, as: UTF8.self)
      return Name(
        actor: "slr:\(short)", generalisations: ["actor: role \(name) to service-linked role \(short)"])
    }
    return generated(path, prefix: "role:")
  }

  /// The service of a role that is linked to one, by the role's path.
  private static func service(ofPath path: UnsafeBufferPointer<UInt8>) -> String? {
    guard path.starts(with: "aws-service-role/"),
      let service = Substring(String(decoding: path, as: UTF8.self)).parts(by: "/").dropFirst().first
    else { return nil }
    return String(service.firstRange(of: ".amazonaws.com").map { service[..<$0.lowerBound] } ?? service)
  }

  /// What the names of roles begin with that AWS makes itself, in paths of its own.
  static let namesOfAWS = ["AWSServiceRoleFor", "AWSReservedSSO_"]

  /// The service by the role's name, which is all that an assumed role's ARN has.
  private static func service(ofName name: UnsafeBufferPointer<UInt8>) -> String? {
    guard name.starts(with: "AWSServiceRoleFor") else { return nil }
    return String(decoding: name[17...], as: UTF8.self).prefix { $0 != "_" }.lowercased()
  }

  /// The key of an IAM user, from its ARN or name.
  static func user(arn: String?, name: String?) -> Name? {
    if let arn, let resource = resource(of: arn), resource.hasPrefix("user/") {
      return Name(actor: "user:\(resource.dropFirst(5))")
    }
    return name.map { Name(actor: "user:\($0)") }
  }

  /// The key of a federated user: a kind, the provider that vouches for it where the log names one, and its subject.
  ///
  /// Of a provider's ARN its name counts; of the subject `repo:org/name:ref:…` the repository, not the branch.
  static func federated(_ kind: String, userName: String?, principalID: String?, provider: String?) -> Name {
    let subject = userName ?? principalID ?? "unknown"
    var name = Name(actor: subject)
    if kind == "web", subject.utf8.first == UInt8(ascii: "r") || subject.utf8.first == UInt8(ascii: ":") {
      let parts = Substring(subject).parts(by: ":")
      if parts.count > 2, parts[0] == "repo" {
        name = Name(
          actor: "repo:\(parts[1])", generalisations: ["actor: \(subject) to repository \(parts[1])"])
      }
    }
    // The principal's id begins with the provider; tables without a column for that have it only there.
    guard
      let provider = provider.flatMap({ $0.isEmpty ? nil : $0 })
        ?? (userName == nil ? nil : principalID.flatMap(Self.provider))
    else {
      name.actor = "\(kind):\(name.actor)"
      return name
    }
    var short = Substring(provider)
    if let resource = resource(of: provider), let slash = resource.utf8.firstIndex(of: UInt8(ascii: "/")),
      resource.utf8.index(after: slash) < resource.endIndex
    {
      short = resource[resource.utf8.index(after: slash)...]
      name.generalisations.append("actor: provider \(provider) to \(short)")
    }
    name.actor = "\(kind):\(short):\(name.actor)"
    return name
  }

  /// The provider at the start of a federated user's principal id, which the audience and the subject follow.
  private static func provider(inPrincipal id: String) -> String? {
    let parts = Substring(id).parts(by: ":", omittingEmpty: false)
    let length = parts.count > 6 && parts[0] == "arn" && parts[5].contains("/") ? 6 : 1
    let provider = parts.prefix(length).joined(separator: ":")
    return parts.count > length && !provider.isEmpty && provider.utf8.count + 1 < id.utf8.count
      ? provider : nil
  }

  /// What follows the account in an ARN.
  static func resource(of arn: String) -> Substring? {
    fields(of: arn).map { arn[$0.resource...] }
  }

  /// Where an ARN's account stands, and where what follows it starts.
  private static func fields(of arn: String) -> (account: Range<String.Index>, resource: String.Index)? {
    var copy = arn
    let places = copy.withUTF8 { Self.places(in: $0) }
    guard let places else { return nil }
    func index(_ place: Int) -> String.Index { arn.utf8.index(arn.startIndex, offsetBy: place) }
    return (index(places.account.lowerBound)..<index(places.account.upperBound), index(places.resource))
  }

  /// The same as offsets into an ARN's bytes.
  static func places(in arn: UnsafeBufferPointer<UInt8>) -> (account: Range<Int>, resource: Int)? {
    guard arn.starts(with: "arn:".utf8) else { return nil }
    var colons = 0
    var account = 0
    for (index, byte) in arn.enumerated() where byte == UInt8(ascii: ":") {
      colons += 1
      if colons == 4 { account = index + 1 }
      if colons == 5 { return (account..<index, index + 1) }
    }
    return nil
  }

  /// The account in an ARN.
  static func account(of arn: String) -> String? {
    guard let account = fields(of: arn).map({ arn[$0.account] }), account.utf8.count == 12,
      account.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return String(account)
  }
}

extension Substring {
  /// The parts between separators of ASCII, by bytes: what stands behind a separator never changes what it is.
  func parts(by separator: Unicode.Scalar, omittingEmpty: Bool = true) -> [Substring] {
    utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: omittingEmpty)
      .map(Substring.init)
  }
}
