#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

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
      if owner != lastOwner.account { lastOwner = (owner, SessionCounter.Start(strings[owner])) }
      return lastOwner.start.digest(scanner.buffer(scanner.marks.sessionStart))
    }
    if day != lastDay.day { lastDay = (day, SessionCounter.digest(String(day))) }
    return lastDay.digest
  }

  /// Where the resource of an ARN begins with its colon, `arn:aws:sts::111122223333:`, in the standard partition.
  private static var usualResource: Int { 25 }

  /// The digest of what two sessions of one actor share: of the identity's bytes without the session's.
  @inline(__always)
  private mutating func principal() -> KeyedDigest {
    let identity = scanner[.userIdentity]
    let marks = scanner.marks
    let arn = scanner.buffer(marks.arn)
    let isAssumedRole = arn.hasText(":assumed-role/", at: Self.usualResource) || arn.holds(":assumed-role/")
    // Its first letters tell a long-lived key from a session's.
    var cuts = (
      key: marks.accessKeyID.dropping(4), start: marks.sessionStart, id: RecordScanner.Slice(),
      name: RecordScanner.Slice()
    )
    var digest = KeyedDigest.none
    if isAssumedRole {
      let id = scanner.buffer(marks.principalID)
      if let colon = id.firstIndex(of: UInt8(ascii: ":")) { cuts.id = marks.principalID.dropping(colon) }
      if !arn.holds("AWSReservedSSO_"), let slash = arn.lastIndex(of: UInt8(ascii: "/")) {
        cuts.name = marks.arn.dropping(slash + 1)
        digest = sessionName(scanner.buffer(cuts.name))
      }
    }
    var ordered = (cuts.id, cuts.name, cuts.key, cuts.start)
    if ordered.0.start > ordered.1.start { swap(&ordered.0, &ordered.1) }
    if ordered.2.start > ordered.3.start { swap(&ordered.2, &ordered.3) }
    if ordered.0.start > ordered.2.start { swap(&ordered.0, &ordered.2) }
    if ordered.1.start > ordered.3.start { swap(&ordered.1, &ordered.3) }
    if ordered.1.start > ordered.2.start { swap(&ordered.1, &ordered.2) }
    var place = identity.start
    digest = self.digest(upTo: ordered.0, from: &place, after: digest)
    digest = self.digest(upTo: ordered.1, from: &place, after: digest)
    digest = self.digest(upTo: ordered.2, from: &place, after: digest)
    digest = self.digest(upTo: ordered.3, from: &place, after: digest)
    return hash.digest(
      UnsafeBufferPointer(start: scanner.bytes + place, count: identity.start + identity.count - place),
      after: digest)
  }

  /// The digest of the bytes from a place up to those that are left out, if any; the place is behind them then.
  @inline(__always)
  private func digest(
    upTo cut: RecordScanner.Slice, from place: inout Int, after start: KeyedDigest
  ) -> KeyedDigest {
    guard !cut.isEmpty else { return start }
    defer { place = cut.start + cut.count }
    return hash.digest(
      UnsafeBufferPointer(start: scanner.bytes + place, count: cut.start - place), after: start)
  }

  /// The digest of what a session's name shows: its class, and the person whom it names.
  ///
  /// Of their texts, not of this thread's numbers for them: it has to be the same whichever thread reads a delivery.
  private func sessionName(_ slice: UnsafeBufferPointer<UInt8>) -> KeyedDigest {
    var sessionClass = SessionName.sessionClass(of: slice)
    let digest = sessionClass.withUTF8 { hash.digest($0) }
    return sessionClass == SessionName.personClass ? hash.digest(slice, after: digest) : digest
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
        archetype: archetypePositions[resolution.identity.archetype] ?? 0,
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

extension RecordScanner.Slice {
  /// The slice without its first bytes.
  fileprivate func dropping(_ length: Int) -> RecordScanner.Slice {
    RecordScanner.Slice(start: start + min(length, count), count: max(0, count - length))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether a text stands at a place.
  @inline(__always)
  fileprivate func hasText(_ text: StaticString, at place: Int) -> Bool {
    let end = place + text.utf8CodeUnitCount
    return end <= count && UnsafeBufferPointer(rebasing: self[place..<end]).isText(text)
  }

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
