/// Which credentials came from which: a role's session from the session that assumed it, a key from its maker's.
struct IdentityPaths {
  private static let issuing: Set = [
    "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot", "GetSessionToken",
    "GetFederationToken", "CreateAccessKey",
  ]

  private var makers: [String: String] = [:]

  /// The credentials that signed a call: the access key, or the actor where the log names none.
  static func node(of observation: Observation) -> String {
    if let key = observation.identity.accessKeyID, !key.isEmpty { return key }
    return observation.actorAccountID + "/" + observation.actor
  }

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
      let maker = IdentityPaths.node(of: observation)
      let keys = (observation.targets["access_key_id"] ?? []).filter { $0 != maker }
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
