/// Collects the lanes of the files that one thread reads: an event is a handful of numbers, and events that agree in
/// them are one group.
final class LogLaneCollector {
  private let facets: LogFacetReader
  private let hash: KeyedHash
  private let cutOff: Timestamp?
  private let inventory: Inventory
  private let events: SharedEventIndex
  /// On a second reading an event counts where the first said that it comes first.
  private let isRepeat: Bool

  private var groups: [LaneGroup] = []
  private var groupNumbers = DigestTable(capacity: 1 << 12)
  private var natures = FacetTable<LaneAccumulator.Nature>()
  private var parts: LogLanes
  private let reader = RawRecordReader()

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

  init(
    rules: NormalizationRules, cutOff: Timestamp?, inventory: Inventory, hash: KeyedHash,
    events: SharedEventIndex, isRepeat: Bool
  ) {
    facets = LogFacetReader(rules: rules, inventory: inventory, hash: hash)
    self.hash = hash
    self.cutOff = cutOff
    self.inventory = inventory
    self.events = events
    self.isRepeat = isRepeat
    parts = LogLanes(others: BaselineBuilder(until: cutOff, crownJewels: inventory.crownJewels))
  }

  /// What was collected.
  var lanes: LogLanes {
    var lanes = parts
    lanes.strings = facets.strings
    lanes.groups = groups
    return lanes
  }

  /// Reads a file; gives the number of its records.
  func read(_ file: LogFile, number: Int) -> Int {
    let before = parts.records
    do {
      let fault = try reader.forEachEntry(
        in: file,
        native: { bytes, start, count, index in
          self.native(bytes, from: start, count: count, rank: Self.rank(number, index))
        }
      ) { entry, index, _ in
        switch entry {
        case .rejected(let reason):
          parts.records += 1
          parts.rejects[reason, default: 0] += 1
        case .record(let tape, let node, _, let notes):
          let observation = facets.normalizer.observation(
            tape, node, file: "", index: 0, sha256: "", recordNotes: notes)
          add(inventory.resolved(observation), rank: Self.rank(number, index))
        }
      }
      if let fault { parts.faults.append((number, fault)) }
    } catch {
      // Neither of the two bodies throws.
    }
    settle()
    return parts.records - before
  }

  /// A record's place among all.
  private static func rank(_ file: Int, _ index: Int) -> UInt64 { UInt64(file) << 40 | UInt64(index) }

  /// Takes in a native record; gives where it ends, or `nil` for what is none.
  private func native(
    _ bytes: UnsafePointer<UInt8>, from start: Int, count: Int, rank: UInt64
  ) -> Int? {
    let scanner = facets.scanner
    guard let end = scanner.scan(bytes, from: start, count: count), !scanner[.eventID].isEmpty,
      !scanner[.eventID].hasEscapes, !facets.isCrowded
    else { return nil }
    let call = facets.call()
    guard !facets.calls[call.number].isSetAside else { return nil }
    let time =
      Timestamp(utf8: scanner.buffer(scanner[.eventTime]))
      ?? Timestamp(utf8: scanner.buffer(scanner[.timestamp]))
    let session = facets.session()
    let actor = facets.actor(of: facets.sessions[session.number])
    let account = facets.account(of: facets.actors[actor])
    let source = facets.source(of: actor)
    let agent = facets.agent()
    let habits = facets.habits(of: facets.calls[call.number])
    let origin = hash.digest(agent.digest.high, agent.digest.low, after: source.digest)
    let override = facets.override(
      call: call.number, actor: actor, account: account, session: session.digest, origin: origin,
      recordEnd: end, recordStart: start)
    let overrideMark = override.map { facets.overrides[$0].mark } ?? 0
    let counts = isCounted(time)

    var key = hash.digest(
      UInt64(actor) << 32 | UInt64(call.number), UInt64(account) << 32 | UInt64(source.facet.source))
    key = hash.digest(
      UInt64(habits.number) << 32 | UInt64(agent.number.map { $0 + 1 } ?? 0),
      overrideMark << 1 | (counts ? 1 : 0), after: key)
    let group: Int
    if let known = groupNumbers.value(key) {
      group = known
    } else {
      group = groups.count
      groupNumbers.insert(key, group)
      groups.append(
        makeGroup(
          call: call.number, actor: actor, account: account, source: source.facet, agent: agent.number,
          habits: habits.number, override: override.map { facets.overrides[$0] }, counts: counts))
    }
    let moment = time ?? Timestamp(seconds: 0)
    var content = hash.digest(session.digest.high, session.digest.low, after: call.digest)
    content = hash.digest(origin.high, origin.low, after: content)
    content = hash.digest(habits.digest.high, habits.digest.low, after: content)
    content = hash.digest(UInt64(bitPattern: Int64(moment.seconds)), overrideMark, after: content)
    content = facets.digest(.recipientAccountId, after: content)
    pending.append(
      PendingEvent(
        entry: .init(
          id: EventIndex.key(scanner.buffer(scanner[.eventID])), rank: rank, content: content.low),
        time: moment,
        session: facets.sessionDigest(facets.sessions[session.number], account: account, day: moment.day),
        number: Int32(truncatingIfNeeded: group), isNative: true))
    if pending.count >= 4_096 { settle() }
    return end
  }

  private func isCounted(_ time: Timestamp?) -> Bool {
    guard let time, time.seconds > 0 else { return false }
    return cutOff.map { time < $0 } ?? true
  }

  private func makeGroup(
    call: Int, actor: Int, account: UInt32, source: SourceFacet, agent: UInt32?, habits: Int,
    override: OverrideFacet?, counts: Bool
  ) -> LaneGroup {
    let call = facets.calls[call]
    let actor = facets.actors[actor]
    let (family, risk) = facets.normalizer.classification(
      eventSource: call.eventSource, eventName: call.eventName, isReadOnly: call.isReadOnly,
      archetype: actor.identity.archetype)
    return LaneGroup(
      key: PackedKey(
        account: account, actor: actor.actor, event: call.event, source: source.source, region: call.region),
      contribution: LaneContribution(
        outcome: call.outcome,
        nature: .init(
          family: family, risk: override?.risk ?? risk, archetype: actor.identity.archetype,
          sourceKind: source.kind),
        overrides: override?.classes ?? [], agent: agent, person: actor.person,
        resources: facets.habits[habits].resources, targets: facets.habits[habits].targets),
      awsRegion: call.awsRegion, counts: counts)
  }

  /// Takes in what the general reader made of a record.
  private func add(_ observation: Observation, rank: UInt64) {
    var eventID = observation.eventID
    pending.append(
      PendingEvent(
        entry: .init(
          id: eventID.withUTF8(EventIndex.key), rank: rank, content: hash.content(of: observation)),
        time: observation.eventTime, session: 0, number: Int32(truncatingIfNeeded: others.count),
        isNative: false))
    others.append(observation)
    if pending.count >= 4_096 { settle() }
  }

  /// Counts the waiting events that are the first with their id.
  private func settle() {
    for event in pending {
      parts.records += 1
      let isFirst = isRepeat ? events.isFirst(event.entry) : events.insert(event.entry)
      guard isFirst else {
        parts.duplicates += 1
        continue
      }
      if event.isNative {
        groups[Int(event.number)].times.add(event.time, session: event.session)
      } else {
        parts.others.add(others[Int(event.number)])
        parts.otherAccounting.count(others[Int(event.number)])
      }
    }
    pending.removeAll(keepingCapacity: true)
    others.removeAll(keepingCapacity: true)
  }
}

extension OverrideFacet {
  /// The classes and the risk as a number, 0 for no critical outcome.
  var mark: UInt64 {
    guard !classes.isEmpty else { return 0 }
    let bits = OverrideClass.allCases.enumerated().reduce(0 as UInt64) { bits, member in
      classes.contains(member.element) ? bits | 1 << UInt64(member.offset) : bits
    }
    let position = risk.flatMap { BusinessRisk.allCases.firstIndex(of: $0) } ?? 0
    return bits << 8 | UInt64(position + 1)
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
