/// Sessions of roles and federated users.
extension ActorResolver {
  /// The name of a principal's session, by its ARN or else by its id.
  static func sessionName(_ principal: Principal) -> String? {
    if let name = principal.arn.flatMap(sessionName(ofARN:)) { return name }
    guard let id = principal.principalID?.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1),
      id.count == 2
    else { return nil }
    return String(Substring(id[1]))
  }

  /// What stands behind the last slash of a session's ARN.
  private static func sessionName(ofARN arn: String) -> String? {
    var arn = arn
    return arn.withUTF8 { bytes in
      guard let start = ActorNaming.places(in: bytes)?.resource else { return nil }
      let resource = bytes[start...]
      guard resource.starts(with: "assumed-role/".utf8) || resource.starts(with: "federated-user/".utf8),
        let slash = resource.lastIndex(of: UInt8(ascii: "/")), slash + 1 < resource.endIndex
      else { return nil }
      return String(decoding: resource[(slash + 1)...], as: UTF8.self)
    }
  }

  /// What differs between two sessions of a role; `nil` for what the identity at hand lacks.
  struct Session {
    var name: String
    var arn: String
    var accessKeyID: String?
    var start: String?
  }

  /// Resolves a role's session by another one, of a principal that differs from this one in its session alone and names
  /// no source identity; `nil` where their names are of different kinds.
  static func resolve(_ session: Session, like other: Resolution) -> Resolution? {
    guard other.identity.type == .assumedRole, other.identity.sessionName != nil,
      sessionName(ofARN: session.arn) == session.name
    else { return nil }
    var resolution = other
    resolution.identity.arn = session.arn
    if let key = session.accessKeyID { resolution.identity.accessKeyID = key }
    if let start = session.start { resolution.identity.sessionStart = start }
    resolution.identity.takeSession(session.name)
    guard resolution.identity.sessionClass == other.identity.sessionClass else { return nil }
    resolution.identity.scrubSession()
    resolution.generalisations[resolution.generalisations.count - 1] = SecretScrubber.scrubbedName(
      note(ofSession: session.name, resolution.identity))
    return resolution
  }

  /// What observations say of a session's name that its actor lacks.
  static func note(ofSession name: String, _ identity: ActorIdentity) -> String {
    "session: \(name) to {\(identity.sessionClass ?? "named")}"
  }
}

extension ActorIdentity {
  /// Takes in a session's name and what that shows: people sign in to some roles, whose sessions name them.
  mutating func takeSession(_ name: String) {
    let parsed = SessionName(name)
    let namesPerson = actor.hasPrefix("sso:")
    sessionName = name
    sessionClass = namesPerson ? "person" : parsed.sessionClass
    person = namesPerson ? name : parsed.person
  }

  /// Names are free text: people and scripts have put keys and passwords there.
  mutating func scrub() {
    actor = SecretScrubber.scrubbedName(actor)
    scrubSession()
  }

  /// The same for what belongs to the session.
  mutating func scrubSession() {
    arn = arn.map(SecretScrubber.scrubbedName)
    sessionName = sessionName.map(SecretScrubber.scrubbedName)
    person = person.map(SecretScrubber.scrubbedName)
  }
}
