/// Making pieces that are not known yet, from lines that the general code encodes.
extension LineComposer {
  /// Learns the call, and an identity that its service names, from the observation of the record at hand.
  ///
  /// That record has to be the one that `compose` has looked at last, or nothing is learnt.
  mutating func learn(_ observation: Observation, of record: UnsafeBufferPointer<UInt8>) {
    guard let (expected, keys) = pending else { return }
    pending = nil
    guard expected.baseAddress == record.baseAddress, expected.count == record.count else { return }
    var sample = observation
    sample.resources = []
    sample.targets = [:]
    sample.overrides = []
    sample.details = EventDetails()
    guard encode(sample) else { return }
    if calls.number(for: keys.call) == nil {
      let number = calls.insert(
        keys.call,
        CallFacts(
          region: places.name(sample.awsRegion),
          targetService: rules.targets.serviceNumber(sample.eventSource),
          hasOwnSecrets: !SecretMembers.own(eventSource: sample.eventSource, eventName: sample.eventName)
            .isEmpty),
        pieces: LinePieces.cut(.call, from: tape))
      if number == 0 { callSamples.removeAll(keepingCapacity: true) }
      callSamples.append(sample)
    }
    let known = identities.number(for: keys.identity)
    guard known.map({ identities[$0].isOfService }) ?? true else { return }
    guard principal() == nil else { return }
    // `principal` has used the tape.
    guard encode(sample) else { return }
    if known == nil {
      let nobody = ActorIdentity(actor: "", type: .unknown)
      _ = insert(keys.identity, IdentityFacts(isOfService: true), nobody, pieces: [])
    }
    let key = service(after: keys.identity)
    guard identities.number(for: key) == nil else { return }
    _ = insert(key, sample)
  }

  /// The number of the identity of the record at hand; `nil` where its service names it and that is not known yet.
  mutating func identity(_ keys: Keys, call: Int) -> Int? {
    guard let known = identities.number(for: keys.identity) else { return makeIdentity(keys, call: call) }
    guard identities[known].isOfService else { return known }
    return identities.number(for: service(after: keys.identity))
  }

  private mutating func makeIdentity(_ keys: Keys, call: Int) -> Int? {
    guard let principal = principal() else { return nil }
    var sample = callSamples[call]
    let isService = text(.eventType)?.hasPrefix("AwsService") ?? false
    let resolution = rules.actors.resolve(
      principal, eventSource: principal.type == nil && !isService ? "" : sample.eventSource, memo: actorMemo)
    sample.identity = resolution.identity
    sample.accountID =
      text(.recipientAccountId) ?? resolution.accountID ?? text(.account) ?? "unknown"
    sample.actorAccountID = resolution.accountID ?? sample.accountID
    sample.generalisations = resolution.generalisations
    return encode(sample) ? insert(keys.identity, sample) : nil
  }

  /// Numbers the identity of an observation whose line the tape holds.
  private mutating func insert(_ key: KeyedDigest, _ sample: Observation) -> Int {
    let identity = sample.identity
    let facts = IdentityFacts(
      kind: digest(of: [identity.type.rawValue, identity.archetype.rawValue, identity.invokedBy ?? ""]),
      access: digest(of: [
        identity.sessionClass ?? "", identity.usesStaticKey ? "static" : "",
        identity.isMFA.map { $0 ? "yes" : "no" } ?? "",
      ]), account: places.name(sample.accountID), actorAccount: places.name(sample.actorAccountID))
    return insert(key, facts, identity, pieces: LinePieces.cut(.identity, from: tape))
  }

  private mutating func insert(
    _ key: KeyedDigest, _ facts: IdentityFacts, _ identity: ActorIdentity,
    pieces: [UnsafeBufferPointer<UInt8>]
  ) -> Int {
    let number = identities.insert(key, facts, pieces: pieces)
    if number == 0 { identitySamples.removeAll(keepingCapacity: true) }
    identitySamples.append(identity)
    return number
  }

  /// The number of what an actor of this kind makes of a call.
  mutating func nature(_ keys: Keys, call: Int, identity: Int) -> Int {
    let kind = identities[identity].kind
    let key = hash.digest(kind.high, kind.low, after: keys.call)
    if let known = natures.number(for: key) { return known }
    let sample = callSamples[call]
    let actor = identitySamples[identity]
    let (family, risk) = rules.families.classification(
      eventSource: sample.eventSource, eventName: sample.eventName, isReadOnly: sample.isReadOnly,
      archetype: actor.archetype)
    let found = rules.overrides.needs(
      eventName: sample.eventName, rawEventName: sample.rawEventName, eventSource: sample.eventSource,
      actorType: actor.type)
    var number = -1
    if let found {
      number = needs.firstIndex(of: found) ?? needs.count
      if number == needs.count { needs.append(found) }
    }
    return natures.insert(
      key, NatureFacts(needs: number, family: family, risk: risk), copying: nature(family, risk, []))
  }

  /// The pieces with family, risk and critical outcomes.
  mutating func nature(
    _ family: BusinessFamily, _ risk: BusinessRisk, _ overrides: [OverrideMatch]
  ) -> [[UInt8]] {
    output.removeAll()
    output.append(raw: ",\"business_family\":")
    output.append(family.rawValue)
    output.append(raw: ",\"business_risk\":")
    output.append(risk.rawValue)
    let first = output.bytes
    output.removeAll()
    if !overrides.isEmpty {
      output.append(raw: ",\"override_reasons\":")
      output.append(.array(overrides.map(\.json)))
    }
    output.append(raw: ",\"overrides\":")
    output.append(JSONValue(overrides.classNames))
    return [first, output.bytes]
  }

  /// The number of the origin of the record at hand.
  mutating func origin(_ keys: Keys, call: Int, identity: Int) -> Int? {
    let kind = identities[identity].kind
    let key = hash.digest(kind.high, kind.low, after: keys.address)
    if let known = origins.number(for: key) { return known }
    let userAgent = text(.userAgent) ?? ""
    let family = agents.value(for: scanner.buffer(scanner[.userAgent])) {
      UserAgentFamily.name(of: userAgent)
    }
    var sample = callSamples[call]
    (sample.origin, sample.generalisations) = SourceResolver.resolve(
      sourceIP: text(.sourceIPAddress) ?? "", vpcEndpointID: text(.vpcEndpointId),
      identity: identitySamples[identity], userAgent: SecretScrubber.scrubbed(userAgent),
      userAgentFamily: family)
    guard encode(sample) else { return nil }
    let number = origins.insert(key, (), pieces: LinePieces.cut(.origin, from: tape))
    if number == 0 { originSamples.removeAll(keepingCapacity: true) }
    originSamples.append(sample.origin)
    return number
  }

  /// Puts the line of an observation on the tape.
  private mutating func encode(_ observation: Observation) -> Bool {
    output.removeAll()
    observation.append(to: &output)
    let count = output.count
    lineOnTape.reserve(count, keeping: 0)
    output.withBytes {
      if let start = $0.baseAddress { lineOnTape.start.update(from: start, count: count) }
    }
    guard case .value = tape.parse(lineOnTape.start, from: 0, count: count) else { return false }
    return true
  }

  /// Who the record at hand names as its principal, where it names one.
  private func principal() -> ActorResolver.Principal? {
    let identity = scanner[.userIdentity]
    guard !identity.isEmpty,
      case .value = tape.parse(scanner.bytes, from: identity.start, count: scanner.count),
      tape.member(0, "arn") != nil
    else { return nil }
    return ActorResolver.Principal(tape, 0)
  }

  private func digest(of texts: [String]) -> KeyedDigest {
    var text = texts.joined(separator: "\n")
    return text.withUTF8 { hash.digest($0) }
  }

  /// The text of a member, escapes decoded; `nil` for an empty one.
  func text(_ member: RecordMember) -> String? {
    let slice = scanner[member]
    guard !slice.isEmpty else { return nil }
    let bytes = scanner.buffer(slice)
    return slice.hasEscapes
      ? String(decoding: JSONText.unescaped(bytes), as: UTF8.self) : String(decoding: bytes, as: UTF8.self)
  }
}
