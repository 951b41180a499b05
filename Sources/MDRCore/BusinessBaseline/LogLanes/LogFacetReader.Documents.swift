extension LogFacetReader {
  /// Whether an event names so many values that the limits of observations may apply.
  var isCrowded: Bool { scanner.found.count > TargetTable.valueLimit }

  /// The number of the habits that the event's documents show, and the digest of what was hashed.
  func habits(of call: CallFacet) -> (number: Int, digest: KeyedDigest) {
    var raw = KeyedDigest.none
    var shown = KeyedDigest.none
    shownValues.removeAll(keepingCapacity: true)
    for value in scanner.found {
      let key = hash.digest(
        UInt64(value.name), UInt64(call.targetService), after: hash.digest(scanner.buffer(value.slice)))
      show(values[values.number(for: key) { makeValue(value, call: call) }], in: &shown)
      raw = hash.digest(key.high, key.low, after: raw)
    }
    for resource in scanner.resources {
      let key = hash.digest(0, .max, after: hash.digest(scanner.buffer(resource)))
      show(values[values.number(for: key) { makeResource(resource) }], in: &shown)
      raw = hash.digest(key.high, key.low, after: raw)
    }
    let number = habits.number(for: shown) {
      HabitFacet(
        resources: Set(shownValues.compactMap(\.resource)).sorted(),
        targets: Set(shownValues.compactMap(\.target)).sorted())
    }
    return (number, raw)
  }

  @inline(__always)
  private func show(_ value: ValueFacet, in digest: inout KeyedDigest) {
    guard value.resource != nil || value.target != nil else { return }
    shownValues.append(value)
    digest = hash.digest(
      value.resource.map { UInt64($0) + 1 } ?? 0, value.target.map { UInt64($0) + 1 } ?? 0, after: digest)
  }

  private func makeValue(_ value: RecordScanner.FoundValue, call: CallFacet) -> ValueFacet {
    guard
      let entry = rules.targets.entry(scanner.names.name(value.name), eventSource: call.eventSource),
      let text = text(value.slice).flatMap(TargetTable.value)
    else { return ValueFacet() }
    return ValueFacet(
      resource: entry.resource(text).map { strings.intern(patterns.template(of: $0)) },
      target: patterns.text(of: text, target: entry.target).map { strings.intern($0) })
  }

  private func makeResource(_ slice: RecordScanner.Slice) -> ValueFacet {
    let name = text(slice).map { String($0.prefix(1_024)) } ?? ""
    return ValueFacet(resource: strings.intern(patterns.template(of: name)))
  }

  // MARK: - Overrides

  /// The critical outcomes that the event is, and the digest of them; `nil` for most events, which are none.
  ///
  /// `origin` stands for address, endpoint and user agent, `session` for the whole identity.
  func override(
    call: Int, actor: Int, account: UInt32, session: KeyedDigest, origin: KeyedDigest, recordEnd: Int,
    recordStart: Int
  ) -> Int? {
    let identity = actors[actor].identity
    guard case .on(let needs) = dependence(of: call, on: identity.type) else { return nil }
    var key = hash.digest(UInt64(call), UInt64(actor) << 32 | UInt64(account))
    if needs.isOfSession { key = hash.digest(session.high, session.low, after: key) }
    if needs.isOfOrigin { key = hash.digest(origin.high, origin.low, after: key) }
    if needs.isOfTargets {
      for member in [RecordMember.requestParameters, .responseElements, .serviceEventDetails] {
        key = digest(member, after: key)
      }
      for resource in scanner.resources { key = hash.digest(scanner.buffer(resource), after: key) }
    }
    key = digest(of: needs.request, in: .requestParameters, after: key)
    key = digest(of: needs.response, in: .responseElements, after: key)
    key = digest(of: needs.additional, in: .additionalEventData, after: key)
    key = digest(of: needs.additional, in: .serviceEventDetails, after: key)
    return overrides.number(for: key) { makeOverride(from: recordStart, to: recordEnd) }
  }

  private func dependence(of call: Int, on type: ActorType) -> CallFacet.OverrideDependence {
    let position = typePositions[type] ?? 0
    let known = calls[call].overrideDependence[position]
    guard case .notAsked = known else { return known }
    let facet = calls[call]
    let found: CallFacet.OverrideDependence =
      rules.overrides.needs(
        eventName: facet.eventName, rawEventName: facet.rawEventName, eventSource: facet.eventSource,
        actorType: type
      ).map { .on($0) } ?? .never
    calls[call].overrideDependence[position] = found
    return found
  }

  /// The digest of a document's members that are looked at.
  private func digest(
    of members: Set<String>?, in member: RecordMember, after start: KeyedDigest
  ) -> KeyedDigest {
    let document = scanner[member]
    if members?.isEmpty == true { return start }
    guard let members else { return digest(member, after: start) }
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

  private func makeOverride(from start: Int, to end: Int) -> OverrideFacet {
    guard case .value = tape.parse(scanner.bytes, from: start, count: end) else {
      return OverrideFacet(classes: [], risk: nil)
    }
    let observation = normalizer.observation(tape, 0, file: "", index: 0, sha256: "")
    let classes = Set(observation.overrides.map(\.overrideClass))
    return OverrideFacet(
      classes: OverrideClass.allCases.filter(classes.contains),
      risk: classes.isEmpty ? nil : observation.businessRisk)
  }
}
