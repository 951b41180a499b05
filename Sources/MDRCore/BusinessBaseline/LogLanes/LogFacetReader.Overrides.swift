/// Critical outcomes: an event is judged once for all that agree in what its overrides depend on.
extension LogFacetReader {
  /// What stands around a call, for judging whether it is a critical outcome.
  struct Surroundings {
    var actor: Int
    var account: NameNumber
    /// The digest of address, endpoint and user agent.
    var address: KeyedDigest
    /// The stable source and the user agent's family.
    var source: (NameNumber, NameNumber)
    var record: Range<Int>
  }

  /// The mark of the critical outcomes that the event is, 0 for most events, which are none.
  @inline(__always)
  mutating func overrideMark(of call: Int, _ surroundings: Surroundings) -> UInt64 {
    let place = dependencePlace(of: call, by: surroundings.actor)
    let known = dependences[place]
    if known == 1 { return 0 }
    return judgedMark(
      of: call, surroundings, dependence: known == 0 ? dependence(of: call, at: place, surroundings) : known)
  }

  @inline(__always)
  private func dependencePlace(of call: Int, by actor: Int) -> Int {
    call * ActorType.allCases.count + Int(actors[actor].type)
  }

  private mutating func judgedMark(
    of call: Int, _ surroundings: Surroundings, dependence: UInt16
  ) -> UInt64 {
    guard dependence > 1 else { return 0 }
    let critical = criticals[Int(dependence) - 2]
    let prepared = critical.prepared
    let actor = actors[surroundings.actor]
    var key = hash.digest(UInt64(call), UInt64(actor.type))
    if prepared.needs.isOfAccounts {
      key = hash.digest(UInt64(surroundings.account), UInt64(actor.account), after: key)
    }
    documents.removeAll()
    cleanDocuments.removeAll()
    key = hash.digest(of: prepared, in: scanner, &documents, after: key)
    if prepared.mayDoWithoutActor {
      let mark = overrideMarks[key] ?? makeMark(key, call, surroundings, critical)
      if mark != Self.actorMark { return mark }
    }
    key = actorKey(surroundings, prepared, after: key)
    if let known = overrideMarks[key] { return known }
    return overrideMarks.insert(key, judge(call, surroundings, critical))
  }

  /// Stands for the mark of an event that depends on its actor or source.
  private static var actorMark: UInt64 { .max }

  /// The mark of an event that is no critical outcome whoever did it from wherever, as most are; else what says that the
  /// actor has to be asked.
  private mutating func makeMark(
    _ key: KeyedDigest, _ call: Int, _ surroundings: Surroundings, _ critical: CriticalCandidates
  ) -> UInt64 {
    prepare(call, surroundings, critical.prepared)
    return overrideMarks.insert(key, critical.areNone(whoeverActed: evaluator) ? 0 : Self.actorMark)
  }

  /// The digest of what overrides ask of the actor, the source and the targets.
  @inline(__always)
  private mutating func actorKey(
    _ surroundings: Surroundings, _ prepared: PreparedNeeds, after start: KeyedDigest
  ) -> KeyedDigest {
    var key = start
    if prepared.needs.isOfActorKind {
      let kind = actors[surroundings.actor].kind
      key = hash.digest(kind.high, kind.low, after: key)
    }
    if prepared.needs.isOfActor { key = hash.digest(UInt64(surroundings.actor), 0, after: key) }
    if prepared.needs.isOfSession { key = digest(.userIdentity, after: key) }
    if prepared.needs.isOfAddress {
      key = hash.digest(surroundings.address.high, surroundings.address.low, after: key)
    }
    if prepared.needs.isOfSource {
      key = hash.digest(UInt64(surroundings.source.0), UInt64(surroundings.source.1), after: key)
    }
    if prepared.needs.isOfTargets {
      for member in [RecordMember.requestParameters, .responseElements, .serviceEventDetails] {
        key = digest(member, after: key)
      }
      for position in scanner.resources.indices {
        key = hash.digest(scanner.buffer(scanner.resources[position]), after: key)
      }
    }
    return key
  }

  private mutating func dependence(of call: Int, at place: Int, _ surroundings: Surroundings) -> UInt16 {
    let sample = callSamples[call]
    let found = rules.overrides.candidates(
      eventName: sample.eventName, rawEventName: sample.rawEventName, eventSource: sample.eventSource,
      actorType: identities[surroundings.actor].type)
    var number: UInt16 = 1
    if !found.isEmpty {
      let position = criticals.firstIndex { $0.candidates == found } ?? criticals.count
      if position == criticals.count { criticals.append(CriticalCandidates(found, rules.overrides)) }
      number = UInt16(position + 2)
    }
    dependences[place] = number
    return number
  }

  /// Judges an event by what the overrides depend on, the whole record only where that is asked for.
  private mutating func judge(
    _ call: Int, _ surroundings: Surroundings, _ critical: CriticalCandidates
  ) -> UInt64 {
    let prepared = critical.prepared
    if prepared.needs.isOfSession || prepared.needs.isOfTargets { return judge(surroundings.record) }
    prepare(call, surroundings, prepared)
    // Nothing asks for the last event's where this one's isn't needed.
    if let origin = origin(surroundings, prepared) { evaluator.context.facts.origin = origin }
    let matches = rules.overrides.matches(evaluator, among: critical.candidates, tests: critical.tests)
    guard let gravest = matches.max(by: { $0.severity < $1.severity }) else { return 0 }
    return mark(
      of: matches,
      risk: rules.overrides.entry(gravest.id)?.risk
        ?? classification(of: call, by: surroundings.actor).risk)
  }

  /// Tells the evaluator what overrides may ask of the event at hand but for its origin, of its documents until the next
  /// is scanned.
  private mutating func prepare(_ call: Int, _ surroundings: Surroundings, _ prepared: PreparedNeeds) {
    let documents = (
      request: document(.requestParameters, of: call, prepared.request),
      response: document(.responseElements, of: call, prepared.response),
      additional: document(
        scanner[.additionalEventData].isEmpty ? .serviceEventDetails : .additionalEventData, of: call,
        prepared.additional)
    )
    let nature = classification(of: call, by: surroundings.actor)
    let evaluator = evaluator
    fill(&evaluator.context.facts, call, surroundings)
    evaluator.context.facts.businessFamily = nature.family
    evaluator.context.facts.businessRisk = nature.risk
    evaluator.context.facts.request.hold(documents.request)
    evaluator.context.facts.response.hold(documents.response)
    evaluator.context.facts.additional.hold(documents.additional)
  }

  /// Fills in call, actor and account where they are others than those judged before: facts are large.
  private mutating func fill(_ facts: inout EventFacts, _ call: Int, _ surroundings: Surroundings) {
    if judged.call != call {
      judged.call = call
      facts.take(callSamples[call])
    }
    let isSameActor = judged.actor == surroundings.actor
    if isSameActor, judged.account == surroundings.account { return }
    (judged.actor, judged.account) = (surroundings.actor, surroundings.account)
    let owner = actors[surroundings.actor].account
    facts.accountID = strings[surroundings.account]
    facts.actorAccountID = owner == .none ? facts.accountID : strings[owner]
    if !isSameActor { facts.identity = identities[surroundings.actor] }
  }

  /// Where the event came from, if overrides ask for it.
  private mutating func origin(_ surroundings: Surroundings, _ prepared: PreparedNeeds) -> EventOrigin? {
    guard prepared.needs.isOfAddress || prepared.needs.isOfSource else { return nil }
    let family = surroundings.source.1
    return SourceResolver.resolve(
      sourceIP: text(.sourceIPAddress) ?? "", vpcEndpointID: text(.vpcEndpointId),
      identity: identities[surroundings.actor],
      userAgent: SecretScrubber.scrubbed(text(.userAgent) ?? ""),
      userAgentFamily: family == .none ? "" : strings[family], explains: false
    ).origin
  }

  /// A document of the event at hand, to be read before the next is scanned.
  ///
  /// Overrides are judged without what has to stay out, as they are for observations.
  private mutating func document(
    _ member: RecordMember, of call: Int, _ needed: NeededValues
  ) -> TapeNode? {
    guard !needed.isEmpty, !scanner[member].isEmpty else { return nil }
    if let bytes = cleanDocuments.bytes(of: member, in: scanner, of: callSamples[call]),
      cleanDocuments.isRewritten(member), !documents.replace(member, by: bytes)
    {
      return nil
    }
    return documents.document(member, of: scanner)
  }

  private mutating func judge(_ record: Range<Int>) -> UInt64 {
    guard case .value = tape.parse(scanner.bytes, from: record.lowerBound, count: record.upperBound) else {
      return 0
    }
    let observation = normalizer.observation(tape, 0, file: "", index: 0, sha256: "")
    return mark(of: observation.overrides, risk: observation.businessRisk)
  }

  private mutating func mark(of matches: [OverrideMatch], risk: BusinessRisk) -> UInt64 {
    let classes = matches.map(\.overrideClass)
    let found = CriticalOutcomes(classes: classes, risk: classes.isEmpty ? nil : risk)
    let mark = found.mark
    if outcomes[mark] == nil { outcomes[mark] = found }
    return mark
  }
}
