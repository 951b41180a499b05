extension DayFacts {
  /// Calls back with each observation of a block and the digest of its event id, in the order written.
  ///
  /// Members that no baseline reads are empty.
  static func forEach(
    in reader: inout FactReader, day: Int, _ body: (Observation, EventDigest) throws -> Void
  ) throws {
    var strings: [String] = []
    for _ in 0..<(try reader.count()) { strings.append(try reader.text()) }
    var lists: [[Int]] = []
    for _ in 0..<(try reader.count()) {
      var list: [Int] = []
      for _ in 0..<(try reader.count()) { list.append(try reader.index(below: Int(UInt32.max))) }
      lists.append(list)
    }
    var shapes: [Observation] = []
    for _ in 0..<(try reader.count()) { shapes.append(try shape(&reader, strings, lists)) }
    let resources = lists.map { list in list.map { $0 < strings.count ? strings[$0] : "" } }
    var targets: [Int: [String: [String]]] = [:]
    var digests: [EventDigest] = []
    for _ in 0..<(try reader.count()) {
      digests.append(EventDigest(high: try reader.fixed(), low: try reader.fixed()))
    }
    for digest in digests {
      let second = try reader.index(below: 86_400)
      var observation = shapes[try reader.index(below: shapes.count)]
      let session = try reader.index(below: strings.count + 1)
      let touched = try reader.index(below: lists.count)
      let target = try reader.index(below: lists.count)
      observation.eventTime = Timestamp.startOfDay(day).adding(second)
      observation.identity.sessionStart = session > 0 ? strings[session - 1] : nil
      observation.resources = resources[touched]
      if !lists[target].isEmpty {
        let known = try targets[target] ?? Self.targets(lists[target], strings)
        targets[target] = known
        observation.targets = known
      }
      try body(observation, digest)
    }
  }

  private static func targets(_ list: [Int], _ strings: [String]) throws -> [String: [String]] {
    var targets: [String: [String]] = [:]
    var rest = list[...]
    while let name = rest.popFirst(), let count = rest.popFirst() {
      guard name < strings.count, count <= rest.count, rest.prefix(count).allSatisfy({ $0 < strings.count })
      else { throw FactReader.Damage() }
      targets[strings[name]] = rest.prefix(count).map { strings[$0] }
      rest = rest.dropFirst(count)
    }
    return targets
  }

  private static func shape(
    _ reader: inout FactReader, _ strings: [String], _ lists: [[Int]]
  ) throws -> Observation {
    var rest = try reader.count() - 16
    guard rest >= 0, rest.isMultiple(of: 3) else { throw FactReader.Damage() }
    func text() throws -> String { strings[try reader.index(below: strings.count)] }
    func optionalText() throws -> String? {
      let index = try reader.index(below: strings.count + 1)
      return index > 0 ? strings[index - 1] : nil
    }
    let words = try lists[try reader.index(below: lists.count)].map { index in
      guard index < strings.count else { throw FactReader.Damage() }
      return strings[index]
    }
    guard words.count == 7, let outcome = Outcome(rawValue: words[0]),
      let type = ActorType(rawValue: words[1]), let archetype = Archetype(rawValue: words[2]),
      let kind = SourceKind(rawValue: words[3]), let family = BusinessFamily(rawValue: words[4]),
      let risk = BusinessRisk(rawValue: words[5])
    else { throw FactReader.Damage() }
    let (account, actorAccount, region) = (try text(), try text(), try text())
    let (awsRegion, eventSource, eventName, eventType) = (try text(), try text(), try text(), try text())
    var identity = ActorIdentity(actor: try text(), type: type, archetype: archetype)
    let origin = EventOrigin(
      source: try text(), kind: kind, sourceIP: try text(), userAgentFamily: try text())
    let errorCode = try optionalText()
    identity.person = try optionalText()
    identity.sessionClass = try optionalText()
    identity.invokedBy = try optionalText()
    var overrides: [OverrideMatch] = []
    while rest > 0 {
      guard let overrideClass = OverrideClass(rawValue: try text()) else { throw FactReader.Damage() }
      let id = try text()
      guard let severity = Severity(rawValue: try text()) else { throw FactReader.Damage() }
      overrides.append(OverrideMatch(overrideClass, id: id, severity: severity, reason: ""))
      rest -= 3
    }
    return Observation(
      eventID: "", eventTime: Timestamp(seconds: 0), accountID: account, actorAccountID: actorAccount,
      region: region, awsRegion: awsRegion, eventSource: eventSource, eventName: eventName,
      rawEventName: eventName, eventType: eventType, outcome: outcome, errorCode: errorCode,
      isReadOnly: words[6] == "read", identity: identity, origin: origin, resources: [], targets: [:],
      businessFamily: family, businessRisk: risk, overrides: overrides, generalisations: [],
      details: EventDetails(), sharedEventID: nil, record: RecordReference(file: "", index: 0, sha256: ""))
  }
}
