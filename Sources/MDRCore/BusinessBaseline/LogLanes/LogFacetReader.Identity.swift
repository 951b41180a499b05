#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension LogFacetReader {
  /// The session, and the digest of its bytes.
  @inline(__always)
  mutating func session() -> (facet: SessionFacet, digest: KeyedDigest) {
    let digest = digest(.userIdentity)
    let number = sessions.number(for: digest) ?? makeSession(digest)
    return (sessions[number], digest)
  }

  /// The number of the actor of a session.
  @inline(__always)
  mutating func actor(of session: SessionFacet) -> Int {
    if session.actor >= 0 { return session.actor }
    // An identity without a name takes it from the event's service.
    let key = digest(.eventType, after: digest(.eventSource, after: session.principal))
    return actors.number(for: key) ?? makeActor(key)
  }

  /// The digest of the event's session; the day's where the log names none.
  @inline(__always)
  mutating func sessionDigest(_ session: SessionFacet, account: NameNumber, day: Int) -> UInt64 {
    if session.hasDigest { return session.digest }
    if session.start != .none { return SessionCounter.digest(strings[account], strings[session.start]) }
    if day != lastDay.day { lastDay = (day, SessionCounter.digest(String(day))) }
    return lastDay.digest
  }

  private mutating func makeSession(_ digest: KeyedDigest) -> Int {
    var facet = SessionFacet(actor: -1, principal: .none, start: .none, digest: 0, hasDigest: false)
    let identity = scanner[.userIdentity]
    guard !identity.isEmpty, case .value = tape.parse(scanner.bytes, from: identity.start, count: scanner.count)
    else { return sessions.insert(digest, facet) }
    let start = tape.member(0, "sessionContext", "attributes", "creationDate")
    facet.principal = principal()
    if tape.member(0, "arn") != nil {
      facet.actor = actors.number(for: facet.principal) ?? makeActor(facet.principal)
      _ = tape.parse(scanner.bytes, from: identity.start, count: scanner.count)
    }
    if let start, let text = tape.scalarText(start) {
      let account =
        facet.actor >= 0
        ? actors[facet.actor].account : name(ActorResolver.account(of: ActorResolver.Principal(tape, 0)))
      if account == .none {
        facet.start = strings.intern(text)
      } else {
        facet.digest = SessionCounter.digest(strings[account], text)
        facet.hasDigest = true
      }
    }
    return sessions.insert(digest, facet)
  }

  /// The digest of all that the identity says besides its session: what two sessions of one actor share.
  private mutating func principal() -> KeyedDigest {
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
          let name = UnsafeBufferPointer(rebasing: slice[(slash + 1)...])
          digest = sessionName(name, hasEscapes: tape.hasEscapes(node), after: digest)
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
  private mutating func sessionName(
    _ slice: UnsafeBufferPointer<UInt8>, hasEscapes: Bool, after start: KeyedDigest
  ) -> KeyedDigest {
    let key = hash.digest(slice)
    var shown: (NameNumber, NameNumber)
    if let known = sessionNames.number(for: key) {
      shown = sessionNames[known]
    } else {
      let bytes = hasEscapes ? JSONText.unescaped(slice) : Array(slice)
      let session = SessionName(String(decoding: bytes, as: UTF8.self))
      shown = (strings.intern(session.sessionClass), name(session.person))
      _ = sessionNames.insert(key, shown)
    }
    return hash.digest(UInt64(shown.0), UInt64(shown.1), after: start)
  }

  private mutating func makeActor(_ key: KeyedDigest) -> Int {
    let isService = text(.eventType)?.hasPrefix("AwsService") ?? false
    let eventSource = EventNaming.source(text(.eventSource) ?? "")
    let identity = scanner[.userIdentity]
    var principal = ActorResolver.Principal()
    var source = isService ? eventSource : ""
    if !identity.isEmpty,
      case .value = tape.parse(scanner.bytes, from: identity.start, count: scanner.count)
    {
      principal = ActorResolver.Principal(tape, 0)
      if principal.type != nil { source = eventSource }
    }
    let resolution = rules.actors.resolve(principal, eventSource: source, memo: actorMemo)
    identities.append(resolution.identity)
    return actors.insert(
      key,
      ActorFacet(
        actor: strings.intern(resolution.identity.actor), account: name(resolution.accountID),
        person: name(resolution.identity.person), type: typePositions[resolution.identity.type] ?? 0))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the bytes hold a text somewhere.
  func holds(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard let base = baseAddress, count >= length else { return false }
    let end = base + (count - length + 1)
    var place = base
    while place < end, let found = memchr(place, Int32(text.utf8Start[0]), end - place) {
      place = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
      if UnsafeBufferPointer(start: place, count: length).isText(text) { return true }
      place += 1
    }
    return false
  }
}
