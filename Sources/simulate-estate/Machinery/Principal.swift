/// Who calls, from where, and with which tool.
struct Principal: Sendable {
  let identity: Identity
  let source: Source
  let agent: Template
  var mfa = false
  /// The account that the identity belongs to, when it isn't the one called.
  var home: String?

  /// The shapes of `userIdentity`.
  enum Identity: Sendable {
    /// A role's session; `path` as in the role's ARN.
    case role(Template, path: String = "/", session: Template, delivery: String? = nil)
    /// An AWS service acting for itself.
    case service(String)
    /// An IAM user with a key that lasts.
    case user(Template)
    /// The account's root user.
    case root
    /// A person whom an identity provider vouches for, before the role is assumed.
    case saml(provider: String)
    /// A workload whom an OIDC provider vouches for.
    case webIdentity(subject: Template)
    /// A person at the identity centre's portal.
    case identityCentre(Template)
    /// Another account's principal, of which CloudTrail says little.
    case outsider(String)
  }

  /// Where a call comes from.
  enum Source: Sendable {
    /// A service, with the caller's credentials; `invokedBy` says so too.
    case service(String)
    /// One of the account's NAT gateway addresses.
    case nat
    /// The elastic address of the account's named host.
    case host(String)
    /// A person's usual address in a corporate network.
    case corporate(String)
    /// An address outside everything that the inventory knows, or a private one.
    case address(String)
  }

  /// The same caller from elsewhere.
  func from(_ source: Source, agent: Template? = nil) -> Principal {
    Principal(identity: identity, source: source, agent: agent ?? self.agent, mfa: mfa, home: home)
  }
}
