extension LogFacetReader {
  /// The number of the event's actor, and the digest of all that the identity says besides its session.
  @inline(__always)
  mutating func actor() -> (number: Int, digest: KeyedDigest) {
    let hasIdentity = !scanner[.userIdentity].isEmpty
    var digest = hasIdentity ? principal() : .none
    // An identity without a name takes it from the event's service.
    if !hasIdentity || !scanner.marks.hasARN {
      digest = self.digest(.eventType, after: self.digest(.eventSource, after: digest))
    }
    return (actors.number(for: digest) ?? makeActor(digest), digest)
  }

  /// The digest of the event's session; the day's where the log names none.
  @inline(__always)
  mutating func sessionDigest(of actor: ActorFacet, account: NameNumber, day: Int) -> UInt64 {
    if !scanner[.userIdentity].isEmpty, !scanner.marks.sessionStart.isEmpty {
      let owner = actor.account == .none ? account : actor.account
      let start = scanner.buffer(scanner.marks.sessionStart)
      let key = hash.digest(start, after: KeyedDigest(high: UInt64(owner), low: 1))
      if let known = starts[key] { return known.low }
      if owner != lastOwner.account { lastOwner = (owner, SessionCounter.Start(strings[owner])) }
      let digest = lastOwner.start.digest(start)
      starts.keep(KeyedDigest(high: 0, low: digest), for: key)
      return digest
    }
    if day != lastDay.day { lastDay = (day, SessionCounter.digest(String(day))) }
    return lastDay.digest
  }

  /// The digest of what two sessions of one actor share: of the identity's bytes without the session's.
  @inline(__always)
  private mutating func principal() -> KeyedDigest {
    let lasting = scanner.lastingDigest(hash)
    let name = scanner.marks.sessionName
    if name.isEmpty { return lasting }
    let bytes = scanner.buffer(name)
    // A session's events come one soon after the other.
    let key = hash.digest(bytes, after: lasting)
    if let known = sessions[key] { return known }
    let shown = sessionName(bytes, isPerson: scanner.marks.namesPerson)
    let principal = hash.digest(shown.high, shown.low, after: lasting)
    sessions.keep(principal, for: key)
    return principal
  }

  /// The digest of what a session's name shows: its kind, and the person whom it names.
  ///
  /// Of their texts, not of this thread's numbers for them: it has to be the same whichever thread reads a delivery.
  @inline(__always)
  private func sessionName(_ slice: UnsafeBufferPointer<UInt8>, isPerson: Bool) -> KeyedDigest {
    let kind = isPerson ? .person : SessionName.Kind(of: slice)
    let digest = hash.digest(UInt64(kind.rawValue), 0)
    return kind == .person ? hash.digest(slice, after: digest) : digest
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
    let resolution = rules.actors.resolve(
      principal, eventSource: source, memo: actorMemo, explains: false)
    identities.append(resolution.identity.ofAllSessions)
    return actors.insert(
      key,
      ActorFacet(
        actor: strings.intern(resolution.identity.actor), account: name(resolution.accountID),
        person: name(resolution.identity.person), type: typePositions[resolution.identity.type] ?? 0,
        archetype: archetypePositions[resolution.identity.archetype] ?? 0,
        kind: kind(of: resolution.identity)))
  }

  private mutating func kind(of identity: ActorIdentity) -> KeyedDigest {
    let mfa: UInt64 = identity.isMFA.map { $0 ? 2 : 1 } ?? 0
    var digest = hash.digest(mfa, identity.usesStaticKey ? 1 : 0)
    for var part in [
      identity.type.rawValue, identity.archetype.rawValue, identity.sessionClass ?? "",
      identity.invokedBy ?? "",
    ] { digest = part.withUTF8 { hash.digest($0, after: digest) } }
    return digest
  }
}

extension ActorIdentity {
  /// The identity without what one session of the actor has of its own: overrides that ask for that are judged by the
  /// whole record, and texts of thousands of actors take memory.
  fileprivate var ofAllSessions: ActorIdentity {
    var identity = self
    (identity.sessionName, identity.sessionStart) = (nil, nil)
    // The ARN and the key of an IAM user are the user's.
    if type != .iamUser { (identity.arn, identity.accessKeyID) = (nil, nil) }
    return identity
  }
}
