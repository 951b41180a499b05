import MDRCore

extension EventRenderer {
  func renderIdentity(
    _ principal: Principal, of call: Call, invoker: String?, opened: Timestamp, scene: inout Scene,
    into output: inout JSONOutput
  ) {
    let home = home(of: principal)
    switch principal.identity {
    case .role(let name, let path, let ownSession, let delivery):
      // The lane's own session holds for all its calls, and so does the key that opened it.
      let isCaller = call.caller != nil
      let session = RoleSession(
        role: scene.text(name), path: path, name: isCaller ? scene.text(ownSession) : scene.session,
        accessKey: scene.text(isCaller ? "${new ASIA caller}" : "${new ASIA session}"), delivery: delivery,
        opened: opened, hasMFA: principal.mfa)
      render(session, in: home, into: &output)
      invokedBy(invoker, into: &output)
    case .service(let name) where call.kind == .service:
      // A service's own events have no type.
      put(#"{"accountId":""#, Array(home.id.utf8), into: &output)
      put(#"","invokedBy":""#, Array("\(name)\"}".utf8), into: &output)
    case .service(let name):
      put(#"{"type":"AWSService","invokedBy":""#, Array("\(name)\"}".utf8), into: &output)
    case .user(let name):
      let user = scene.text(name)
      let key = principalID("AKIA", String(decoding: user, as: UTF8.self), in: home)
      let id = principalID("AIDA", String(decoding: user, as: UTF8.self), in: home)
      put(#"{"type":"IAMUser","principalId":""#, id, into: &output)
      put(#"","arn":"arn:aws:iam::"#, Array(home.id.utf8), into: &output)
      put(":user/", user, into: &output)
      put(#"","accountId":""#, Array(home.id.utf8), into: &output)
      put(#"","accessKeyId":""#, key, into: &output)
      put(#"","userName":""#, user, into: &output)
      output.append(raw: #"""#)
      invokedBy(invoker, into: &output)
    case .root:
      put(#"{"type":"Root","principalId":""#, Array(home.id.utf8), into: &output)
      put(#"","arn":"arn:aws:iam::"#, Array(home.id.utf8), into: &output)
      put(#":root","accountId":""#, Array(home.id.utf8), into: &output)
      put(#"","accessKeyId":"""#, Array("}".utf8), into: &output)
    case .saml(let provider):
      let issuer = principalID("AIPA", provider, in: home)
      put(#"{"type":"SAMLUser","principalId":""#, issuer, into: &output)
      put("=:", scene.session, into: &output)
      put(#"","userName":""#, scene.session, into: &output)
      put(#"","identityProvider":""#, issuer, into: &output)
      output.append(raw: #"="}"#)
    case .webIdentity(let subject):
      let user = scene.text(subject)
      let provider = scene.text(
        "arn:aws:iam::${account}:oidc-provider/oidc.eks.${region}.amazonaws.com/id/${own 32 oidc}")
      put(#"{"type":"WebIdentityUser","principalId":""#, provider, into: &output)
      put(":sts.amazonaws.com:", user, into: &output)
      put(#"","userName":""#, user, into: &output)
      put(#"","identityProvider":""#, provider, into: &output)
      output.append(raw: #""}"#)
    case .identityCentre(let user):
      put(#"{"type":"IdentityCenterUser","accountId":""#, Array(home.id.utf8), into: &output)
      put(#"","onBehalfOf":{"userId":""#, scene.text(user), into: &output)
      put(#"","identityStoreArn":"arn:aws:identitystore::"#, Array(home.id.utf8), into: &output)
      put(":identitystore/d-", scene.text("${estate 10 identities}"), into: &output)
      put(#""},"credentialId":""#, scene.text("${new uuid credential}"), into: &output)
      output.append(raw: #""}"#)
    case .outsider(let name):
      let id = Array(estate.outsider(name).utf8)
      put(#"{"type":"AWSAccount","principalId":""#, principalID("AROA", name, in: home), into: &output)
      put(#"","accountId":""#, id, into: &output)
      output.append(raw: #""}"#)
    }
  }

  /// A role's session, as its identity tells it.
  private struct RoleSession {
    let role: [UInt8]
    let path: String
    let name: [UInt8]
    let accessKey: [UInt8]
    let delivery: String?
    let opened: Timestamp
    let hasMFA: Bool
  }

  /// Writes all of a session's identity but who made the call on its behalf.
  private func render(_ session: RoleSession, in home: Account, into output: inout JSONOutput) {
    let issuer = principalID("AROA", String(decoding: session.role, as: UTF8.self), in: home)
    let account = Array(home.id.utf8)
    put(#"{"type":"AssumedRole","principalId":""#, issuer, into: &output)
    put(":", session.name, into: &output)
    put(#"","arn":"arn:aws:sts::"#, account, into: &output)
    put(":assumed-role/", session.role, into: &output)
    put("/", session.name, into: &output)
    put(#"","accountId":""#, account, into: &output)
    put(#"","accessKeyId":""#, session.accessKey, into: &output)
    put(#"","sessionContext":{"sessionIssuer":{"type":"Role","principalId":""#, issuer, into: &output)
    put(#"","arn":"arn:aws:iam::"#, account, into: &output)
    put(":role", Array(session.path.utf8) + session.role, into: &output)
    put(#"","accountId":""#, account, into: &output)
    put(#"","userName":""#, session.role, into: &output)
    put(#""},"attributes":{"creationDate":""#, Array(session.opened.iso8601.utf8), into: &output)
    put(#"","mfaAuthenticated":""#, Array((session.hasMFA ? "true" : "false").utf8), into: &output)
    output.append(raw: #""}"#)
    if let delivery = session.delivery {
      put(#","ec2RoleDelivery":""#, Array("\(delivery)\"".utf8), into: &output)
    }
    output.append(raw: "}")
  }

  /// A principal's unique id, which stays with it.
  private func principalID(_ prefix: String, _ name: String, in home: Account) -> [UInt8] {
    var stable = SeededGenerator(seed: estate.seed, "principal", home.id, prefix, name)
    return Scene.identifier(prefix, &stable)
  }

  private func invokedBy(_ service: String?, into output: inout JSONOutput) {
    if let service {
      put(#","invokedBy":""#, Array("\(service)\"}".utf8), into: &output)
    } else {
      output.append(raw: "}")
    }
  }

  func put(_ key: StaticString, _ value: [UInt8], into output: inout JSONOutput) {
    output.append(raw: key)
    output.append(raw: value)
  }
}
