/// Making pieces that are not known yet.
extension LineComposer {
  /// The number of the call of the record at hand; `nil` where its documents can't be read.
  mutating func call(_ keys: Keys) -> Int? {
    if let known = calls.number(for: keys.call) { return known }
    var signIn: String?
    let response = scanner[.responseElements]
    if keys.isSignIn, !response.isEmpty {
      guard case .value = tape.parse(scanner.bytes, from: response.start, count: scanner.count) else {
        return nil
      }
      signIn = EventCall.signIn(tape, 0)
    }
    let call = EventCall(
      scanner, signIn: signIn, naming: rules.events, isAtGlobalEndpoint: keys.isAtGlobalEndpoint)
    pieces.write(call)
    let hasOwnSecrets = !SecretMembers.own(eventSource: call.eventSource, eventName: call.eventName).isEmpty
    let facts = CallFacts(
      region: places.name(call.awsRegion), targetService: rules.targets.serviceNumber(call.eventSource),
      takesGeneralCode: RecordSigns.isSetAside(scanner), hasOwnSecrets: hasOwnSecrets,
      mark: CallMark(eventSource: call.eventSource, eventName: call.eventName))
    let number = calls.insert(keys.call, facts, pieces.bytes, ends: pieces.ends)
    if number == 0 { callSamples.removeAll(keepingCapacity: true) }
    callSamples.append(call)
    return number
  }

  /// The number of what an actor of this kind makes of a call.
  mutating func nature(_ keys: Keys, call: Int, identity: Int) -> Int {
    let kind = identities[identity].kind
    let key = hash.digest(kind.high, kind.low, after: keys.call)
    return natures.number(for: key) ?? makeNature(key, call: call, identity: identity)
  }

  private mutating func makeNature(_ key: KeyedDigest, call: Int, identity: Int) -> Int {
    let sample = callSamples[call]
    let actor = identitySamples[identity]
    let (family, risk) = rules.families.classification(
      eventSource: sample.eventSource, eventName: sample.eventName, isReadOnly: sample.isReadOnly,
      archetype: actor.archetype)
    var facts = NatureFacts(candidates: -1, family: family, risk: risk)
    let entries = rules.overrides.candidates(
      eventName: sample.eventName, rawEventName: sample.rawEventName, eventSource: sample.eventSource,
      actorType: actor.type)
    if !entries.isEmpty {
      facts.candidates = candidates.firstIndex { $0.candidates == entries } ?? candidates.count
      if facts.candidates == candidates.count {
        candidates.append(CriticalCandidates(entries, rules.overrides))
      }
    }
    pieces.write(family, risk, [])
    return natures.insert(key, facts, pieces.bytes, ends: pieces.ends)
  }

  /// The number of the origin of the record at hand.
  mutating func origin(_ keys: Keys, identity: Int) -> Int {
    let kind = identities[identity].kind
    let key = hash.digest(kind.high, kind.low, after: keys.address)
    return origins.number(for: key) ?? makeOrigin(key, identity: identity)
  }

  private mutating func makeOrigin(_ key: KeyedDigest, identity: Int) -> Int {
    let userAgent = text(.userAgent) ?? ""
    let family = agents.value(for: scanner.buffer(scanner[.userAgent])) {
      UserAgentFamily.name(of: userAgent)
    }
    let (origin, notes) = SourceResolver.resolve(
      sourceIP: text(.sourceIPAddress) ?? "", vpcEndpointID: text(.vpcEndpointId),
      identity: identitySamples[identity], userAgent: SecretScrubber.scrubbed(userAgent),
      userAgentFamily: family)
    pieces.write(origin, notes: notes)
    let number = origins.insert(key, (), pieces.bytes, ends: pieces.ends)
    if number == 0 { originSamples.removeAll(keepingCapacity: true) }
    originSamples.append(origin)
    return number
  }

  /// The text of a member, escapes decoded; `nil` for an empty one.
  func text(_ member: RecordMember) -> String? {
    scanner.text(scanner[member])
  }
}
