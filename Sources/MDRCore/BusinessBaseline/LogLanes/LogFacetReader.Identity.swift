extension LogFacetReader {
  /// The number of the session, and the digest of its bytes.
  func session() -> (number: Int, digest: KeyedDigest) {
    let digest = digest(.userIdentity)
    return (sessions.number(for: digest) { makeSession() }, digest)
  }

  /// The number of the actor of a session.
  func actor(of session: SessionFacet) -> Int {
    if let actor = session.actor { return actor }
    // An identity without a name takes it from the event's service.
    let key = digest(.eventType, after: digest(.eventSource, after: session.principal))
    return actors.number(for: key) { makeActor() }
  }

  /// The digest of the event's session; the day's where the log names none.
  func sessionDigest(_ session: SessionFacet, account: UInt32, day: Int) -> UInt64 {
    if let digest = session.digest { return digest }
    if let start = session.start { return SessionCounter.digest(strings[account], start) }
    if day != lastDay.day { lastDay = (day, SessionCounter.digest(String(day))) }
    return lastDay.digest
  }

  private func makeSession() -> SessionFacet {
    let identity = scanner[.userIdentity]
    guard !identity.isEmpty,
      case .value = tape.parse(scanner.bytes, from: identity.start, count: scanner.count)
    else { return SessionFacet(actor: nil, principal: .none, start: nil, digest: nil) }
    let start = tape.scalarText(tape.member(0, "sessionContext", "attributes", "creationDate"))
    let principal = principal()
    guard tape.member(0, "arn") != nil else {
      let account = ActorResolver.account(of: ActorResolver.Principal(tape, 0))
      return SessionFacet(
        actor: nil, principal: principal, start: start,
        digest: account.flatMap { account in start.map { SessionCounter.digest(account, $0) } })
    }
    let actor = actors.number(for: principal) { makeActor() }
    let digest = start.flatMap { start in
      actors[actor].account.map { SessionCounter.digest(strings[$0], start) }
    }
    return SessionFacet(actor: actor, principal: principal, start: start, digest: digest)
  }

  /// The digest of all that the identity says besides its session: what two sessions of one actor share.
  private func principal() -> KeyedDigest {
    var digest = KeyedDigest.none
    let arn = tape.member(0, "arn").map { tape.slice($0) }
    let isAssumedRole = arn?.holds(":assumed-role/") ?? false
    let isSSO = isAssumedRole && (arn?.holds("AWSReservedSSO_") ?? false)
    var node = 1
    while node < tape.count {
      defer { node += 1 }
      var slice = tape.slice(node)
      guard tape.kind(node).rawValue < JSONTape.Kind.array.rawValue else { continue }
      if tape.isKey(node, "creationDate") || tape.isKey(node, "accessKeyId") { continue }
      if isAssumedRole, tape.isKey(node, "arn"), let slash = slice.lastIndex(of: UInt8(ascii: "/")),
        slice.holds(":assumed-role/")
      {
        if !isSSO {
          digest = sessionName(
            UnsafeBufferPointer(rebasing: slice[(slash + 1)...]), hasEscapes: tape.hasEscapes(node),
            after: digest)
          slice = UnsafeBufferPointer(rebasing: slice[..<slash])
        }
      } else if isAssumedRole, tape.isKey(node, "principalId"),
        let colon = slice.firstIndex(of: UInt8(ascii: ":"))
      {
        slice = UnsafeBufferPointer(rebasing: slice[..<colon])
      }
      digest = hash.digest(slice, after: hash.digest(tape.keySlice(node), after: digest))
      digest = hash.digest(UInt64(tape.kind(node).rawValue), 0, after: digest)
    }
    return digest
  }

  /// The digest of what a session's name shows: its class, and the person whom it names.
  private func sessionName(
    _ slice: UnsafeBufferPointer<UInt8>, hasEscapes: Bool, after start: KeyedDigest
  ) -> KeyedDigest {
    let number = sessionNames.number(for: hash.digest(slice)) {
      let bytes = hasEscapes ? JSONText.unescaped(slice) : Array(slice)
      let name = SessionName(String(decoding: bytes, as: UTF8.self))
      return (strings.intern(name.sessionClass), name.person.map { strings.intern($0) })
    }
    let (sessionClass, person) = sessionNames[number]
    return hash.digest(UInt64(sessionClass), person.map { UInt64($0) + 1 } ?? 0, after: start)
  }

  private func makeActor() -> ActorFacet {
    let isService = text(.eventType)?.hasPrefix("AwsService") ?? false
    let eventSource = EventNaming.source(text(.eventSource) ?? "")
    let identity = scanner[.userIdentity]
    var principal = ActorResolver.Principal()
    var source = isService ? eventSource : ""
    if !identity.isEmpty, case .value = tape.parse(scanner.bytes, from: identity.start, count: scanner.count)
    {
      principal = ActorResolver.Principal(tape, 0)
      if principal.type != nil { source = eventSource }
    }
    let resolution = rules.actors.resolve(principal, eventSource: source, memo: actorMemo)
    return ActorFacet(
      actor: strings.intern(resolution.identity.actor),
      account: resolution.accountID.map { strings.intern($0) },
      person: resolution.identity.person.map { strings.intern($0) }, identity: resolution.identity)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the bytes hold a text somewhere.
  func holds(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard count >= length, let base = baseAddress else { return false }
    return (0...(count - length)).contains { start in
      base[start] == text.utf8Start[0] && UnsafeBufferPointer(start: base + start, count: length).isText(text)
    }
  }
}
