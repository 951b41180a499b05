extension LogFacetReader {
  /// Whether an event names so many values that the limits of observations may apply.
  var isCrowded: Bool { scanner.found.count > TargetTable.valueLimit }

  /// The number of the habits that the event's documents show, and the digest of what was hashed.
  mutating func habits(of call: Int) -> (number: Int, digest: KeyedDigest) {
    let service = UInt64(calls[call].targetService)
    var raw = KeyedDigest.none
    var shown = KeyedDigest.none
    shownValues.removeAll(keepingCapacity: true)
    for position in scanner.found.indices {
      let value = scanner.found[position]
      let key = hash.digest(
        UInt64(value.name), service, after: hash.digest(scanner.buffer(value.slice)))
      let number = values.number(for: key) ?? values.insert(key, makeValue(value, call: call))
      show(values[number], in: &shown)
      raw = hash.digest(key.high, key.low, after: raw)
    }
    for position in scanner.resources.indices {
      let resource = scanner.resources[position]
      let key = hash.digest(0, .max, after: hash.digest(scanner.buffer(resource)))
      let number = values.number(for: key) ?? values.insert(key, makeResource(resource))
      show(values[number], in: &shown)
      raw = hash.digest(key.high, key.low, after: raw)
    }
    if let known = habitNumbers.value(shown) { return (known, raw) }
    habitNumbers.insert(shown, habits.count)
    habits.append(
      Habits(
        resources: Set(shownValues.map(\.resource)).subtracting([.none]).sorted(),
        targets: Set(shownValues.map(\.target)).subtracting([.none]).sorted()))
    return (habits.count - 1, raw)
  }

  @inline(__always)
  private mutating func show(_ value: ValueFacet, in digest: inout KeyedDigest) {
    guard value.resource != .none || value.target != .none else { return }
    shownValues.append(value)
    digest = hash.digest(UInt64(value.resource), UInt64(value.target), after: digest)
  }

  private mutating func makeValue(_ value: RecordScanner.FoundValue, call: Int) -> ValueFacet {
    guard
      let entry = rules.targets.entry(
        scanner.names.name(value.name), eventSource: callNames[call].eventSource),
      let text = text(value.slice).flatMap(TargetTable.value)
    else { return ValueFacet() }
    return ValueFacet(
      resource: name(entry.resource(text).map(patterns.template)),
      target: name(patterns.text(of: text, target: entry.target)))
  }

  private mutating func makeResource(_ slice: RecordScanner.Slice) -> ValueFacet {
    let resource = TargetTable.resource(text(slice) ?? "")
    return ValueFacet(resource: strings.intern(patterns.template(of: resource)))
  }

  // MARK: - Overrides

  /// What stands around a call, for judging whether it is a critical outcome.
  struct Surroundings {
    var actor: Int
    var account: NameNumber
    /// The digest of the whole identity.
    var session: KeyedDigest
    /// The digest of address, endpoint and user agent.
    var address: KeyedDigest
    /// The stable source and the user agent's family.
    var source: (NameNumber, NameNumber)
    var record: Range<Int>
  }

  /// The mark of the critical outcomes that the event is, 0 for most events, which are none.
  @inline(__always)
  mutating func overrideMark(of call: Int, _ surroundings: Surroundings) -> UInt64 {
    let place = call * ActorType.allCases.count + Int(actors[surroundings.actor].type)
    let known = dependences[place]
    if known == 1 { return 0 }
    return judgedMark(
      of: call, surroundings, dependence: known == 0 ? dependence(of: call, at: place, surroundings) : known)
  }

  private mutating func judgedMark(
    of call: Int, _ surroundings: Surroundings, dependence: UInt16
  ) -> UInt64 {
    guard dependence > 1 else { return 0 }
    let needs = needs[Int(dependence) - 2]
    let actor = actors[surroundings.actor]
    var key = hash.digest(UInt64(call), UInt64(actor.type))
    if needs.isOfAccounts {
      key = hash.digest(UInt64(surroundings.account), UInt64(actor.account), after: key)
    }
    if needs.isOfActorKind { key = hash.digest(actor.kind.high, actor.kind.low, after: key) }
    if needs.isOfActor { key = hash.digest(UInt64(surroundings.actor), 0, after: key) }
    if needs.isOfSession {
      key = hash.digest(surroundings.session.high, surroundings.session.low, after: key)
    }
    if needs.isOfAddress {
      key = hash.digest(surroundings.address.high, surroundings.address.low, after: key)
    }
    if needs.isOfSource {
      key = hash.digest(UInt64(surroundings.source.0), UInt64(surroundings.source.1), after: key)
    }
    if needs.isOfTargets {
      for member in [RecordMember.requestParameters, .responseElements, .serviceEventDetails] {
        key = digest(member, after: key)
      }
      for position in scanner.resources.indices {
        key = hash.digest(scanner.buffer(scanner.resources[position]), after: key)
      }
    }
    key = digest(of: needs.request, in: .requestParameters, after: key)
    key = digest(of: needs.response, in: .responseElements, after: key)
    key = digest(of: needs.additional, in: .additionalEventData, after: key)
    key = digest(of: needs.additional, in: .serviceEventDetails, after: key)
    if let known = overrideMarks.number(for: key) { return overrideMarks[known] }
    let mark = judge(surroundings.record)
    _ = overrideMarks.insert(key, mark)
    return mark
  }

  private mutating func dependence(of call: Int, at place: Int, _ surroundings: Surroundings) -> UInt16 {
    let names = callNames[call]
    let found = rules.overrides.needs(
      eventName: names.eventName, rawEventName: names.rawEventName, eventSource: names.eventSource,
      actorType: identities[surroundings.actor].type)
    var number: UInt16 = 1
    if let found {
      if !needs.contains(found) { needs.append(found) }
      number = UInt16((needs.firstIndex(of: found) ?? 0) + 2)
    }
    dependences[place] = number
    return number
  }

  /// The digest of a document's members that are looked at.
  private func digest(
    of members: Set<String>?, in member: RecordMember, after start: KeyedDigest
  ) -> KeyedDigest {
    if members?.isEmpty == true { return start }
    guard let members else { return digest(member, after: start) }
    let document = scanner[member]
    guard !document.isEmpty,
      case .value = tape.parse(scanner.bytes, from: document.start, count: scanner.count)
    else { return hash.digest(1, 0, after: start) }
    var digest = hash.digest(2, 0, after: start)
    tape.forEachChild(0) { child in
      guard members.contains(tape.key(child)) else { return }
      digest = hash.digest(tape.slice(child), after: hash.digest(tape.keySlice(child), after: digest))
    }
    return digest
  }

  private mutating func judge(_ record: Range<Int>) -> UInt64 {
    guard case .value = tape.parse(scanner.bytes, from: record.lowerBound, count: record.upperBound) else {
      return 0
    }
    let observation = normalizer.observation(tape, 0, file: "", index: 0, sha256: "")
    let classes = Set(observation.overrides.map(\.overrideClass))
    let found = CriticalOutcomes(
      classes: OverrideClass.allCases.filter(classes.contains),
      risk: classes.isEmpty ? nil : observation.businessRisk)
    outcomes[found.mark] = found
    return found.mark
  }
}
