/// Identities, most of which are one more session of a principal that is known.
extension LineComposer {
  /// The number of the identity of the record at hand; `nil` where it can't be read.
  mutating func identity(_ keys: Keys, call: Int) -> Int? {
    guard let known = identities.number(for: keys.identity) else { return makeIdentity(keys, call: call) }
    guard identities[known].isOfService else { return known }
    return identities.number(for: service(after: keys.identity)) ?? makeIdentity(keys, call: call)
  }

  private mutating func makeIdentity(_ keys: Keys, call: Int) -> Int? {
    if let number = makeSession(keys.identity) { return number }
    let slice = scanner[.userIdentity]
    var principal = ActorResolver.Principal()
    var hasName = false
    if !slice.isEmpty {
      guard case .value = tape.parse(scanner.bytes, from: slice.start, count: scanner.count) else {
        return nil
      }
      principal = ActorResolver.Principal(tape, 0)
      hasName = tape.member(0, "arn") != nil
    }
    let isService = text(.eventType)?.hasPrefix("AwsService") ?? false
    let resolution = rules.actors.resolve(
      principal, eventSource: principal.type == nil && !isService ? "" : callSamples[call].eventSource,
      memo: actorMemo)
    if hasName {
      if principal.sourceIdentity == nil { learnSession(resolution) }
      return insert(keys.identity, resolution)
    }
    if identities.number(for: keys.identity) == nil {
      let nobody = ActorIdentity(actor: "", type: .unknown)
      pieces.write(nobody, account: "", actorAccount: "", notes: [])
      _ = insert(keys.identity, IdentityFacts(isOfService: true), nobody)
    }
    return insert(service(after: keys.identity), resolution)
  }

  /// Numbers the identity of the record at hand.
  private mutating func insert(
    _ key: KeyedDigest, _ resolution: ActorResolver.Resolution,
    _ known: (kind: KeyedDigest, access: KeyedDigest)? = nil
  ) -> Int {
    let identity = resolution.identity
    let account = text(.recipientAccountId) ?? resolution.accountID ?? text(.account) ?? "unknown"
    let actorAccount = resolution.accountID ?? account
    var facts = IdentityFacts(account: places.name(account), actorAccount: places.name(actorAccount))
    (facts.kind, facts.access) = known ?? digests(of: identity)
    pieces.write(
      identity, account: account, actorAccount: actorAccount, notes: resolution.generalisations)
    return insert(key, facts, identity)
  }

  private mutating func insert(
    _ key: KeyedDigest, _ facts: IdentityFacts, _ identity: ActorIdentity
  ) -> Int {
    let number = identities.insert(key, facts, pieces.bytes, ends: pieces.ends)
    if number == 0 { identitySamples.removeAll(keepingCapacity: true) }
    identitySamples.append(identity)
    return number
  }

  /// The digests that `IdentityFacts` has of an identity.
  private func digests(of identity: ActorIdentity) -> (kind: KeyedDigest, access: KeyedDigest) {
    let kind = [identity.type.rawValue, identity.archetype.rawValue, identity.invokedBy ?? ""]
    let access = [
      identity.sessionClass ?? "", identity.usesStaticKey ? "static" : "",
      identity.isMFA.map { $0 ? "yes" : "no" } ?? "",
    ]
    return (digest(of: kind), digest(of: access))
  }

  private func digest(of texts: [String]) -> KeyedDigest {
    var text = texts.joined(separator: "\n")
    return text.withUTF8 { hash.digest($0) }
  }

  // MARK: - Sessions

  /// Keeps how the role's session at hand was resolved, for others of the same principal.
  private mutating func learnSession(_ resolution: ActorResolver.Resolution) {
    guard resolution.identity.type == .assumedRole, !scanner.marks.sessionName.isEmpty,
      resolution.identity.sessionName == scanner.text(scanner.marks.sessionName)
    else { return }
    let key = sessionKey()
    guard sessionNumbers.value(key) == nil else { return }
    if sessionSamples.count >= Self.identityLimit {
      sessionNumbers.removeAll()
      sessionSamples.removeAll(keepingCapacity: true)
    }
    sessionNumbers.insert(key, sessionSamples.count)
    let digests = digests(of: resolution.identity)
    sessionSamples.append(SessionSample(resolution: resolution, kind: digests.kind, access: digests.access))
  }

  /// The number of the identity of the record at hand, where another session of its principal is known; a log holds
  /// many more sessions than principals.
  private mutating func makeSession(_ key: KeyedDigest) -> Int? {
    let marks = scanner.marks
    guard !scanner[.userIdentity].isEmpty, !marks.sessionName.isEmpty,
      let number = sessionNumbers.value(sessionKey()), let name = scanner.text(marks.sessionName),
      let arn = scanner.text(marks.arn)
    else { return nil }
    let sample = sessionSamples[number]
    let session = ActorResolver.Session(
      name: name, arn: arn, accessKeyID: scanner.text(marks.accessKeyID),
      start: scanner.text(marks.sessionStart))
    guard let resolution = ActorResolver.resolve(session, like: sample.resolution) else { return nil }
    return insert(key, resolution, (sample.kind, sample.access))
  }

  /// The digest of what the session at hand shares with others of its principal whose names are of the same kind.
  private mutating func sessionKey() -> KeyedDigest {
    let kind = SessionName.Kind(of: scanner.buffer(scanner.marks.sessionName))
    return hash.digest(UInt64(kind.rawValue), 0, after: scanner.lastingDigest(hash))
  }
}
