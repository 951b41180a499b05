/// The tables of a thread; a struct, so that the many small accesses need no checks at run time.
struct LogLaneState: ~Copyable {
  var facets: LogFacetReader
  var part: LogLanes
  private let hash: KeyedHash
  private let window: CountedWindow
  private let events: SharedEventIndex
  private let isRepeat: Bool
  private var groups: [LaneGroup] = []
  private var groupNumbers = DigestTable(capacity: 1 << 12)
  private var pending: [PendingEvent] = []
  private var others: [Observation] = []

  /// An event that waits to hear whether it is the first with its id.
  private struct PendingEvent {
    var entry: SharedEventIndex.Entry
    var time: Timestamp
    var session: UInt64
    /// The number of its group or, of what is no native record, of the observation.
    var number: Int32
    var isNative: Bool
  }

  init(_ task: LogLaneTask) {
    facets = LogFacetReader(rules: task.rules, inventory: task.intake.context.inventory, hash: task.hash)
    hash = task.hash
    window = task.window
    events = task.events
    isRepeat = task.isRepeat
    part = LogLanes(others: task.intake)
  }

  /// What was collected.
  var lanes: LogLanes {
    var lanes = part
    lanes.strings = facets.strings
    lanes.groups = groups
    return lanes
  }

  mutating func reject(_ reason: String) {
    part.records += 1
    part.rejects[reason, default: 0] += 1
  }

  /// Takes in a native record; gives where it ends, or `nil` for what is none.
  mutating func native(
    _ bytes: UnsafePointer<UInt8>, from start: Int, count: Int, rank: UInt64
  ) -> Int? {
    guard let end = facets.scanner.scan(bytes, from: start, count: count) else { return nil }
    let eventID = facets.scanner[.eventID]
    guard !eventID.isEmpty, !eventID.hasEscapes, !facets.isCrowded else { return nil }
    let call = facets.call()
    guard !facets.calls[call.number].isSetAside else { return nil }
    // A time that an exporter has respelled is for the general reader to make out.
    let written = facets.scanner[.eventTime].isEmpty ? facets.scanner[.timestamp] : facets.scanner[.eventTime]
    guard let time = Timestamp(utf8: facets.scanner.buffer(written)) else { return nil }
    let session = facets.session()
    let actor = facets.actor(of: session.facet)
    let account = facets.account(of: facets.actors[actor])
    let source = facets.source(of: actor)
    let agent = facets.agent()
    let habits = facets.habits(of: call.number)
    let origin = hash.digest(agent.digest.high, agent.digest.low, after: source.digest)
    let mark = facets.overrideMark(
      of: call.number,
      .init(
        actor: actor, account: account, session: session.digest, address: origin,
        source: (source.facet.source, agent.number), record: start..<end))
    let place = window.place(of: time)

    var key = hash.digest(
      UInt64(actor) << 32 | UInt64(call.number), UInt64(account) << 32 | UInt64(source.facet.source))
    key = hash.digest(
      UInt64(habits.number) << 32 | UInt64(agent.number), mark << 2 | place.rawValue, after: key)
    let group =
      groupNumbers.value(key)
      ?? makeGroup(
        key, call: call.number, actor: actor, account: account, source: source.facet, agent: agent.number,
        habits: habits.number, mark: mark, place: place)

    var content = hash.digest(session.digest.high, session.digest.low, after: call.digest)
    content = hash.digest(origin.high, origin.low, after: content)
    content = hash.digest(habits.digest.high, habits.digest.low, after: content)
    content = hash.digest(UInt64(bitPattern: Int64(time.seconds)), mark, after: content)
    content = facets.digest(.account, after: facets.digest(.recipientAccountId, after: content))
    pending.append(
      PendingEvent(
        entry: .init(
          id: EventDigest(facets.scanner.buffer(eventID)), rank: rank, content: content.low),
        time: time, session: facets.sessionDigest(session.facet, account: account, day: time.day),
        number: Int32(truncatingIfNeeded: group), isNative: true))
    if pending.count >= 4_096 { settle() }
    return end
  }

  private mutating func makeGroup(
    _ key: KeyedDigest, call: Int, actor: Int, account: NameNumber, source: SourceFacet, agent: NameNumber,
    habits: Int, mark: UInt64, place: CountedWindow.Place
  ) -> Int {
    let names = facets.callNames[call]
    let archetype = facets.identities[actor].archetype
    let (family, risk) = facets.normalizer.classification(
      eventSource: names.eventSource, eventName: names.eventName, isReadOnly: names.isReadOnly,
      archetype: archetype)
    let outcomes = facets.outcomes[mark]
    let person = facets.actors[actor].person
    groupNumbers.insert(key, groups.count)
    groups.append(
      LaneGroup(
        key: LaneNumbers(
          account: account, actor: facets.actors[actor].actor, event: facets.calls[call].event,
          source: source.source, region: names.region),
        contribution: LaneContribution(
          outcome: names.outcome,
          nature: .init(
            family: family, risk: outcomes?.risk ?? risk, archetype: archetype, sourceKind: source.kind),
          overrides: outcomes?.classes ?? [], agent: agent == .none ? nil : agent,
          person: person == .none ? nil : person, resources: facets.habits[habits].resources,
          targets: facets.habits[habits].targets),
        awsRegion: names.awsRegion, place: place,
        isChange: names.outcome == .success && !names.isReadOnly,
        owner: SessionCounter.digest(
          facets.strings[account], facets.strings[facets.actors[actor].actor])))
    return groups.count - 1
  }

  /// Takes in what the general reader made of a record.
  mutating func add(_ observation: Observation, rank: UInt64) {
    pending.append(
      PendingEvent(
        entry: .init(
          id: EventDigest(observation.eventID), rank: rank, content: hash.content(of: observation)),
        time: observation.eventTime, session: 0, number: Int32(truncatingIfNeeded: others.count),
        isNative: false))
    others.append(observation)
    if pending.count >= 4_096 { settle() }
  }

  /// Counts the waiting events that are the first with their id.
  mutating func settle() {
    for event in pending {
      part.records += 1
      let isFirst = isRepeat ? events.isFirst(event.entry) : events.insert(event.entry)
      guard isFirst else {
        part.duplicates += 1
        continue
      }
      if event.isNative {
        count(event)
      } else {
        part.otherAccounting.count(others[Int(event.number)])
        part.others.add(others[Int(event.number)], in: window)
      }
    }
    pending.removeAll(keepingCapacity: true)
    others.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private mutating func count(_ event: PendingEvent) {
    let number = Int(event.number)
    groups[number].times.add(event.time, session: event.session)
    guard groups[number].isChange, groups[number].place == .inside else { return }
    let key = groups[number].key
    part.sequences.add(
      session: SequenceCollector.session(of: groups[number].owner, event.session), account: key.account,
      actor: key.actor, event: key.event, second: event.time.seconds)
  }
}

extension KeyedHash {
  /// The digest of all that an observation adds to a baseline.
  fileprivate func content(of observation: Observation) -> UInt64 {
    let key = observation.laneKey
    var parts = [
      key.account, key.actor, key.event, key.source, key.region, observation.outcome.rawValue,
      observation.businessFamily.rawValue, observation.businessRisk.rawValue,
      observation.identity.archetype.rawValue, observation.origin.kind.rawValue,
      observation.origin.userAgentFamily, observation.identity.person ?? "",
      String(observation.sessionDigest), observation.eventTime.iso8601,
    ]
    parts += observation.overrides.map(\.overrideClass.rawValue) + observation.resources
    for (target, values) in observation.targets.sorted(by: { $0.key < $1.key }) { parts += [target] + values }
    var digest = KeyedDigest.none
    for var part in parts { digest = part.withUTF8 { self.digest($0, after: digest) } }
    return digest.low
  }
}
