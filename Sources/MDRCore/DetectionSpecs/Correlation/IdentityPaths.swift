/// Which credentials came from which: a role's session from the session that assumed it, a key from its maker's.
struct IdentityPaths {
  private static let issuing: Set = [
    "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot", "GetSessionToken",
    "GetFederationToken", "CreateAccessKey",
  ]

  private var makers: [String: String] = [:]

  /// Credentials that an event handed out, and those that signed it.
  struct Issue: Sendable {
    var maker: String
    var keys: [String]

    /// Whether an event hands out credentials, if it names any.
    ///
    /// Services assume roles for themselves: no path leads there.
    static func isOne(_ observation: Observation) -> Bool {
      IdentityPaths.issuing.contains(observation.eventName) && observation.outcome == .success
        && observation.identity.type != .awsService
    }

    /// What an event handed out; `nil` where it didn't.
    init?(_ observation: Observation) {
      guard Self.isOne(observation) else { return nil }
      self.init(
        maker: CorrelationSubject.Signer(observation).credentials,
        named: observation.targets["access_key_id"] ?? [])
    }

    /// What an event that names some keys handed out; `nil` where all are those that signed it.
    init?(maker: String, named: [String]) {
      let keys = named.filter { $0 != maker }
      guard !keys.isEmpty else { return nil }
      self.maker = maker
      self.keys = keys
    }
  }

  /// Notes the credentials that an event handed out.
  mutating func note(_ issue: Issue) {
    for key in issue.keys {
      // The record of the role's account and the caller's name the same key; the smaller maker is kept.
      makers[key] = min(makers[key] ?? issue.maker, issue.maker)
    }
  }

  /// Where the path of some credentials begins.
  func root(of node: String) -> String {
    var (current, seen) = (node, Set([node]))
    while let maker = makers[current], seen.insert(maker).inserted { current = maker }
    return current
  }
}
