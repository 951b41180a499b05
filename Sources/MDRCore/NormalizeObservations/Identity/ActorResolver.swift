/// Reads `userIdentity` into a stable actor.
struct ActorResolver: Sendable {
  /// The facts of `userIdentity` and its session, as logged.
  struct Principal {
    var type: String?
    var arn: String?
    var principalID: String?
    var accountID: String?
    var accessKeyID: String?
    var userName: String?
    var invokedBy: String?
    var identityProvider: String?
    var issuerARN: String?
    var issuerName: String?
    var issuerAccountID: String?
    var sessionStart: String?
    var isMFA: Bool?
    var sourceIdentity: String?
    var userID: String?
  }

  /// An actor, its account, and what was generalised, where that was asked for.
  struct Resolution {
    var identity: ActorIdentity
    var accountID: String?
    var generalisations: [String]
  }

  /// What was found out about roles and actors before; for one thread.
  ///
  /// A role is known by what stands behind the account in its ARN, without the session: many accounts have the same.
  final class Memo {
    fileprivate let roles = SliceCache<ActorNaming.Name?>(limit: 1 << 15)
    fileprivate let archetypes = SliceCache<(Archetype, String)?>(limit: 1 << 15)
  }

  private let archetypes: ArchetypeRules

  init(archetypes: ArchetypeRules = ArchetypeRules()) { self.archetypes = archetypes }

  /// Resolves a principal; `eventSource` names the service behind events that have none.
  ///
  /// Callers that don't need what was generalised can leave it out.
  func resolve(
    _ principal: Principal, eventSource: String, memo: Memo, explains: Bool = true
  ) -> Resolution {
    var (name, type) = Self.name(principal, eventSource: eventSource, memo: memo)
    var identity = ActorIdentity(
      actor: name.actor, type: type, arn: principal.arn, sessionStart: principal.sessionStart,
      accessKeyID: principal.accessKeyID, isMFA: principal.isMFA, invokedBy: principal.invokedBy)
    if type == .assumedRole || type == .federatedUser, let session = Self.sessionName(principal) {
      identity.takeSession(session)
      if explains { name.generalisations.append(Self.note(ofSession: session, identity)) }
    }
    if let source = principal.sourceIdentity { identity.person = source }
    if [.samlUser, .webIdentityUser, .identityCenterUser].contains(type), identity.person == nil,
      let user = principal.userName, SessionName.isMail(user)
    {
      identity.person = user
    }
    identity.scrub()
    (identity.archetype, identity.archetypeReason) = archetype(identity, principal, memo)
    return Resolution(
      identity: identity, accountID: Self.account(of: principal),
      generalisations: explains ? name.generalisations.map(SecretScrubber.scrubbedName) : [])
  }

  /// The account of a principal, where the identity names one.
  static func account(of principal: Principal) -> String? {
    principal.accountID ?? principal.issuerAccountID ?? principal.arn.flatMap(ActorNaming.account)
  }

  private static func name(_ principal: Principal, eventSource: String, memo: Memo) -> (
    ActorNaming.Name, ActorType
  ) {
    func named(_ actor: String, _ type: ActorType) -> (ActorNaming.Name, ActorType) {
      (.init(actor: actor), type)
    }
    switch principal.type {
    case "Root":
      return named("root", .root)
    case "AWSService":
      return named("svc:\(principal.invokedBy ?? eventSource)", .awsService)
    case "AWSAccount":
      guard let account = principal.accountID, account != "ANONYMOUS_PRINCIPAL" else {
        return named("anonymous", .anonymous)
      }
      return named("xacct:\(account)", .awsAccount)
    case "FederatedUser":
      let issuer =
        principal.issuerARN.flatMap { ActorNaming.user(arn: $0, name: nil)?.actor } ?? principal.issuerName
      return named("federated:\(issuer ?? principal.userName ?? "unknown")", .federatedUser)
    case "SAMLUser":
      return (federated("saml", principal), .samlUser)
    case "WebIdentityUser":
      return (federated("web", principal), .webIdentityUser)
    case "IdentityCenterUser":
      return named("idc:\(principal.userID ?? principal.userName ?? "unknown")", .identityCenterUser)
    case "IAMUser":
      return (
        ActorNaming.user(arn: principal.arn, name: principal.userName) ?? .init(actor: "user:unknown"),
        .iamUser
      )
    default:
      if let arn = principal.issuerARN ?? principal.arn, let role = role(arn, memo) {
        return (role, principal.type == "Role" ? .role : .assumedRole)
      }
      if let user = ActorNaming.user(arn: principal.arn, name: nil) { return (user, .iamUser) }
      if principal.arn?.hasSuffix(":root") == true { return named("root", .root) }
      if let invokedBy = principal.invokedBy { return named("svc:\(invokedBy)", .awsService) }
      if principal.type == nil, principal.arn == nil, principal.principalID == nil, principal.userName == nil,
        !eventSource.isEmpty
      {
        // Service events often carry an empty identity, or just an account.
        return named("svc:\(eventSource)", .awsService)
      }
      return named(principal.userName.map { "user:\($0)" } ?? "unknown", .unknown)
    }
  }

  private static func federated(_ kind: String, _ principal: Principal) -> ActorNaming.Name {
    ActorNaming.federated(
      kind, userName: principal.userName, principalID: principal.principalID,
      provider: principal.identityProvider)
  }

  private static func role(_ arn: String, _ memo: Memo) -> ActorNaming.Name? {
    var arn = arn
    return arn.withUTF8 { bytes in
      guard let role = ActorNaming.role(in: bytes) else { return nil }
      return memo.roles.value(for: role) { ActorNaming.role(role) }
    }
  }

  private func archetype(ofActor actor: String, _ memo: Memo) -> (Archetype, String)? {
    var bytes = actor
    return bytes.withUTF8 { bytes in
      memo.archetypes.value(for: bytes) { archetypes.archetype(ofActor: actor) }
    }
  }

  /// Whether a role's ARN says that a console has made it for a service.
  private static func isServiceRole(_ arn: String) -> Bool { holds(arn, ":role/service-role/") }

  private static func holds(_ text: String, _ part: StaticString) -> Bool {
    var text = text
    return text.withUTF8 { $0.holds(part) }
  }

  private func archetype(
    _ identity: ActorIdentity, _ principal: Principal, _ memo: Memo
  ) -> (Archetype, String) {
    switch identity.type {
    case .root: return (.root, "the account's root user")
    case .awsService: return (.servicePrincipal, "an AWS service acting for itself")
    case .awsAccount, .anonymous: return (.externalAccount, "a principal of another account, or nobody's")
    case .samlUser, .identityCenterUser, .federatedUser: return (.federatedUser, "a federated sign-in")
    default: break
    }
    if identity.actor.hasPrefix("slr:") {
      return (.serviceLinkedRole, "a service-linked role, which only its service can assume")
    }
    if let found = archetype(ofActor: identity.actor, memo) { return found }
    switch identity.type {
    case .webIdentityUser:
      let subject = principal.userName ?? principal.principalID ?? ""
      return Self.holds(subject, "serviceaccount") || Self.holds(identity.actor, ":repo:")
        ? (.applicationWorkload, "a workload's web identity") : (.federatedUser, "a federated sign-in")
    case .iamUser: return (.iamUser, "an IAM user")
    default: break
    }
    if identity.actor.hasPrefix("sso:") { return (.ssoUser, "a single sign-on permission set") }
    let isLikeAWS = ActorNaming.namesOfAWS.contains { identity.actor.hasPrefix("role:" + $0) }
    if principal.issuerARN.map(Self.isServiceRole) == true || identity.actor.hasPrefix("role:aws:")
      || !isLikeAWS
        && ["role:AWS", "role:Amazon", "role:service-role/"].contains(where: identity.actor.hasPrefix)
    {
      return (.awsServiceRole, "a role that AWS names or creates for its services")
    }
    if identity.person != nil { return (.federatedUser, "a role session that names a person") }
    switch identity.sessionClass {
    case "ec2-instance": return (.applicationWorkload, "credentials of an EC2 instance")
    case "kubernetes": return (.applicationWorkload, "credentials of a Kubernetes workload")
    case "github-actions": return (.deploymentAutomation, "a GitHub Actions run")
    default: break
    }
    // Services pass on calls of whoever called them, with the caller's own session, whose name is the caller's to choose:
    // neither makes a service role of it.
    if let invokedBy = identity.invokedBy {
      return (.unknown, "no rule names it; \(invokedBy) passed its call on")
    }
    return (
      .unknown,
      isLikeAWS ? "named like AWS's own roles, outside the paths that AWS keeps for them" : "no rule names it"
    )
  }
}
