/// Critical outcomes, which hang on the event's documents too.
extension LineComposer {
  /// The number of the critical outcomes of the record at hand; `nil` where the general code has to judge them.
  mutating func critical(_ keys: Keys, call: Int, identity: Int, nature: Int, origin: Int) -> Int? {
    let facts = natures[nature]
    let critical = candidates[facts.candidates]
    let prepared = critical.prepared
    guard !prepared.needs.isOfTargets, readDocuments(prepared) else { return nil }
    var key = documentKey(keys, identity: identity, prepared)
    if prepared.mayDoWithoutActor {
      var number = criticals.number(for: key)
      if number == nil {
        prepare(call: call, identity: identity, origin: origin, facts, prepared)
        number = insert(key, facts, [], asksForActor: !critical.areNone(whoeverActed: evaluator))
      }
      if let number, !criticals[number].asksForActor { return number }
    }
    key = actorKey(keys, identity: identity, prepared.needs, after: key)
    if let known = criticals.number(for: key) { return known }
    prepare(call: call, identity: identity, origin: origin, facts, prepared)
    let matches = rules.overrides.matches(evaluator, among: critical.candidates, tests: critical.tests)
    return insert(key, facts, matches, asksForActor: false)
  }

  /// Numbers what an event's critical outcomes say of it.
  private mutating func insert(
    _ key: KeyedDigest, _ facts: NatureFacts, _ matches: [OverrideMatch], asksForActor: Bool
  ) -> Int {
    let gravest = matches.max { $0.severity < $1.severity }
    let risk = gravest.flatMap { rules.overrides.entry($0.id) }?.risk ?? facts.risk
    pieces.write(facts.family, risk, matches)
    let known = CriticalFacts(
      classes: OverrideClasses(matches.lazy.map(\.overrideClass)), asksForActor: asksForActor)
    return criticals.insert(key, known, pieces.bytes, ends: pieces.ends)
  }

  /// Makes ready the documents that critical outcomes can depend on, as observations have them; `false` where one can't
  /// be read.
  private mutating func readDocuments(_ needs: PreparedNeeds) -> Bool {
    documentTapes.removeAll()
    return read(.requestParameters, needs.request) && read(.responseElements, needs.response)
      && read(.additionalEventData, needs.additional) && read(.serviceEventDetails, needs.additional)
  }

  private mutating func read(_ member: RecordMember, _ needed: NeededValues) -> Bool {
    guard !needed.isEmpty, !scanner[member].isEmpty else { return true }
    // A longer one isn't written here either.
    guard scanner[member].count <= Normalizer.detailLimit else { return false }
    guard let bytes = documents.bytes(of: member, in: scanner) else { return false }
    return !documents.isRewritten(member) || documentTapes.replace(member, by: bytes)
  }

  /// The digest of all that the critical outcomes of the record at hand can depend on besides its actor and source.
  private mutating func documentKey(_ keys: Keys, identity: Int, _ prepared: PreparedNeeds) -> KeyedDigest {
    let facts = identities[identity]
    var key = hash.digest(facts.kind.high, facts.kind.low, after: keys.call)
    if prepared.needs.isOfAccounts {
      key = hash.digest(UInt64(facts.account), UInt64(facts.actorAccount), after: key)
    }
    return hash.digest(of: prepared, in: scanner, &documentTapes, after: key)
  }

  /// The digest of what they depend on besides.
  private func actorKey(
    _ keys: Keys, identity: Int, _ needs: OverrideNeeds, after start: KeyedDigest
  ) -> KeyedDigest {
    var key = hash.digest(1, 0, after: start)
    if needs.isOfActorKind {
      let access = identities[identity].access
      key = hash.digest(access.high, access.low, after: key)
    }
    if needs.isOfActor || needs.isOfSession {
      key = hash.digest(keys.identity.high, keys.identity.low, after: key)
    }
    if needs.isOfAddress || needs.isOfSource {
      key = hash.digest(keys.address.high, keys.address.low, after: key)
    }
    return key
  }

  /// Tells the evaluator of the record at hand, whose documents it may look into until the next is scanned.
  private mutating func prepare(
    call: Int, identity: Int, origin: Int, _ nature: NatureFacts, _ needs: PreparedNeeds
  ) {
    let sample = callSamples[call]
    var facts = EventFacts(
      eventName: sample.eventName, eventSource: sample.eventSource,
      accountID: places.text(identities[identity].account),
      actorAccountID: places.text(identities[identity].actorAccount), identity: identitySamples[identity],
      origin: originSamples[origin])
    facts.take(sample)
    facts.businessFamily = nature.family
    facts.businessRisk = nature.risk
    facts.request = document(.requestParameters, needs.request)
    facts.response = document(.responseElements, needs.response)
    facts.additional = document(
      scanner[.additionalEventData].isEmpty ? .serviceEventDetails : .additionalEventData, needs.additional)
    evaluator.context.facts = facts
  }

  /// A document of the record at hand, to be read before the next is scanned.
  private mutating func document(_ member: RecordMember, _ needed: NeededValues) -> LazyDocument {
    guard !scanner[member].isEmpty, !needed.isEmpty else { return LazyDocument.none }
    return LazyDocument(documentTapes.document(member, of: scanner))
  }
}
