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

  /// Notes the credentials that an event handed out.
  ///
  /// Services assume roles for themselves: no path leads there.
  mutating func note(_ observation: Observation) {
    guard Self.issuing.contains(observation.eventName), observation.outcome == .success,
      observation.identity.type != .awsService
    else { return }
    let maker = Self.node(of: observation)
    for key in observation.targets["access_key_id"] ?? [] where key != maker {
      // The record of the role's account and the caller's name the same key; the smaller maker is kept.
      makers[key] = min(makers[key] ?? maker, maker)
    }
  }

  /// Where the path of some credentials begins.
  func root(of node: String) -> String {
    var (current, seen) = (node, Set([node]))
    while let maker = makers[current], seen.insert(maker).inserted { current = maker }
    return current
  }
}
