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
    guard !identity.isEmpty,
      case .value = tape.parse(scanner.bytes, from: identity.start, count: scanner.count)
    else { return sessions.insert(digest, facet) }
    let hasName = tape.member(0, "arn") != nil
    facet.principal = principal()
    let start = sessionStart
    let startText = start.flatMap { tape.hasEscapes($0) ? tape.scalarText($0) : nil }
    let startBytes = start.map { tape.slice($0) }
    var account = NameNumber.none
    if hasName {
      facet.actor = actors.number(for: facet.principal) ?? makeActor(facet.principal)
      account = actors[facet.actor].account
    } else if start != nil {
      account = name(ActorResolver.account(of: ActorResolver.Principal(tape, 0)))
    }
    if let startBytes {
      if account == .none {
        facet.start = strings.intern(startText ?? String(decoding: startBytes, as: UTF8.self))
      } else {
        facet.digest =
          startText.map { SessionCounter.digest(strings[account], $0) }
          ?? SessionCounter.digest(strings[account], startBytes)
        facet.hasDigest = true
      }
    }
    return sessions.insert(digest, facet)
  }

  /// When the session began; `nil` where the log doesn't say.
  private var sessionStart: JSONTape.Index? {
    guard let context = tape.member(0, "sessionContext"), let facts = tape.member(context, "attributes"),
      let start = tape.member(facts, "creationDate"), !tape.slice(start).isEmpty
    else { return nil }
    switch tape.kind(start) {
    case .string, .number, .trueValue, .falseValue: return start
    default: return nil
    }
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
      guard tape.kind(node).rawValue < JSONTape.Kind.array.rawValue else {
        // What stands where is part of it: an ARN says one thing in `sessionIssuer` and another elsewhere.
        digest = hash.digest(tape.keySlice(node), after: digest)
        digest = hash.digest(
          UInt64(tape.kind(node).rawValue), UInt64(tape.after(node) - node), after: digest)
        continue
      }
      var slice = tape.slice(node)
      switch tape.keySlice(node).count {
      case 12 where tape.isKey(node, "creationDate"): continue
      case 11 where tape.isKey(node, "accessKeyId"):
        // Its first letters tell a long-lived key from a session's.
        slice = UnsafeBufferPointer(rebasing: slice.prefix(4))
      case 11 where isAssumedRole && tape.isKey(node, "principalId"):
        if let colon = slice.firstIndex(of: UInt8(ascii: ":")) {
          slice = UnsafeBufferPointer(rebasing: slice[..<colon])
        }
      case 3 where isAssumedRole && !isSSO && tape.isKey(node, "arn") && slice.holds(":assumed-role/"):
        if let slash = slice.lastIndex(of: UInt8(ascii: "/")) {
          let name = UnsafeBufferPointer(rebasing: slice[(slash + 1)...])
          digest = sessionName(name, hasEscapes: tape.hasEscapes(node), after: digest)
          slice = UnsafeBufferPointer(rebasing: slice[..<slash])
        }
      default: break
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
        person: name(resolution.identity.person), type: typePositions[resolution.identity.type] ?? 0,
        kind: kind(of: resolution.identity)))
  }

  private func kind(of identity: ActorIdentity) -> KeyedDigest {
    let mfa = identity.isMFA.map { $0 ? "yes" : "no" } ?? ""
    let parts = [
      identity.type.rawValue, identity.archetype.rawValue, identity.sessionClass ?? "",
      identity.usesStaticKey ? "static" : "", mfa, identity.invokedBy ?? "",
    ]
    var text = parts.joined(separator: "\n")
    return text.withUTF8 { hash.digest($0) }
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
