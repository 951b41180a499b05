/// Critical outcomes, which hang on the event's documents too.
extension LineComposer {
  /// The number of the critical outcomes of the record at hand; `nil` where the general code has to judge them.
  mutating func critical(_ keys: Keys, call: Int, identity: Int, nature: Int, origin: Int) -> Int? {
    let facts = natures[nature]
    guard !needs[facts.needs].needs.isOfTargets, readDocuments(needs[facts.needs]) else { return nil }
    let key = criticalKey(keys, identity: identity, needs[facts.needs])
    if let known = criticals.number(for: key) { return known }
    let matches = judge(call: call, identity: identity, origin: origin, facts)
    let gravest = matches.max { $0.severity < $1.severity }
    let risk = gravest.flatMap { rules.overrides.entry($0.id) }?.risk ?? facts.risk
    pieces.write(facts.family, risk, matches)
    return criticals.insert(key, (), pieces.bytes, ends: pieces.ends)
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

  /// The digest of all that the critical outcomes of the record at hand can depend on.
  private mutating func criticalKey(_ keys: Keys, identity: Int, _ prepared: PreparedNeeds) -> KeyedDigest {
    let needs = prepared.needs
    let facts = identities[identity]
    var key = hash.digest(facts.kind.high, facts.kind.low, after: keys.call)
    if needs.isOfAccounts {
      key = hash.digest(UInt64(facts.account), UInt64(facts.actorAccount), after: key)
    }
    if needs.isOfActorKind { key = hash.digest(facts.access.high, facts.access.low, after: key) }
    if needs.isOfActor || needs.isOfSession {
      key = hash.digest(keys.identity.high, keys.identity.low, after: key)
    }
    if needs.isOfAddress || needs.isOfSource {
      key = hash.digest(keys.address.high, keys.address.low, after: key)
    }
    return hash.digest(of: prepared, in: scanner, &documentTapes, after: key)
  }

  /// The critical outcomes of the record at hand.
  private mutating func judge(
    call: Int, identity: Int, origin: Int, _ nature: NatureFacts
  ) -> [OverrideMatch] {
    let needs = needs[nature.needs]
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
    return rules.overrides.matches(
      facts, among: candidates[nature.candidates], lists: EvaluationLists())
  }

  /// A document of the record at hand, to be read before the next is scanned.
  private mutating func document(_ member: RecordMember, _ needed: NeededValues) -> LazyDocument {
    guard !scanner[member].isEmpty, !needed.isEmpty else { return LazyDocument.none }
    return LazyDocument(documentTapes.document(member, of: scanner))
  }
}
