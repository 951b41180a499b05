/// The tables of a thread; a struct, so that the many small accesses need no checks at run time.
struct LogLaneState: ~Copyable {
  var facets: LogFacetReader
  var part: LogLanes
  private let hash: KeyedHash
  private let window: CountedWindow
  private let events: SharedEventIndex
  private let isRepeat: Bool
  private var groups: PlainList<LanePart.Group>
  /// The number of what a group's steps of sequences are kept under; of groups without steps nothing is said.
  private var owners: PlainList<UInt32>
  /// The same by account and actor, and what the numbers stand for.
  private var knownOwners: [UInt64: UInt32] = [:]
  private var ownerDigests = PlainList<UInt64>()
  private var groupNumbers = DigestTable(capacity: 1 << 12)
  private var moments: MomentLog
  /// The place of the event that was counted last, and what it adds up to.
  private var span: (place: LanePlace, seen: SeenSpan)?
  private var entries: [SharedEventIndex.Entry] = []
  private var pending: [PendingEvent] = []
  private var others: [Observation] = []

  /// Events that are settled together: few enough for a core's own cache.
  private static let batchSize = 2_048

  /// What a second reading has counted of the file at hand.
  private var counted: Set<SharedEventIndex.Identity> = []

  /// An event that waits to hear whether it was delivered before.
  private struct PendingEvent {
    var time: Timestamp
    var session: UInt64
    /// The digest of its group's parts.
    var key: KeyedDigest
    /// `nil` for what is no native record.
    var parts: GroupParts?
  }

  /// What makes a group; numbers of tables that only grow, and of names.
  private struct GroupParts {
    var call: UInt32
    var actor: UInt32
    var account: NameNumber
    var source: SourceFacet
    var agent: NameNumber
    var habits: UInt32
    var mark: UInt64
    var place: CountedWindow.Place
  }

  init(_ task: LogLaneTask) {
    facets = LogFacetReader(rules: task.rules, inventory: task.intake.context.inventory, hash: task.hash)
    hash = task.hash
    window = task.window
    events = task.events
    isRepeat = task.isRepeat
    moments = MomentLog(expecting: task.expectedEvents)
    groups = PlainList(expecting: task.expectedEvents / 2)
    owners = PlainList(expecting: task.expectedEvents / 2)
    part = LogLanes(others: task.intake)
  }

  /// Hands over what was collected.
  mutating func takeLanes() -> LogLanes {
    var groups = PlainList<LanePart.Group>()
    swap(&groups, &self.groups)
    var moments = MomentLog()
    swap(&moments, &self.moments)
    endSpan()
    var lanes = part
    lanes.strings = facets.strings
    lanes.part = LanePart(groups: groups, names: facets.habits.takeNames(), log: moments)
    return lanes
  }

  mutating func reject(_ reason: String) {
    part.records += 1
    part.rejects[reason, default: 0] += 1
  }

  /// Takes in the native record at a place, and in an array those that follow it.
  mutating func natives(
    _ bytes: UnsafePointer<UInt8>, from start: Int, count: Int, isInArray: Bool, file: Int
  ) -> NativeRun {
    NativeRun(bytes, from: start, count: count, isInArray: isInArray) { start, _ in
      native(bytes, from: start, count: count, file: file)
    }
  }

  /// Takes in a native record; gives where it ends, or `nil` for what is none.
  private mutating func native(
    _ bytes: UnsafePointer<UInt8>, from start: Int, count: Int, file: Int
  ) -> Int? {
    guard let end = facets.scanner.scan(bytes, from: start, count: count) else { return nil }
    let eventID = facets.scanner[.eventID]
    guard !eventID.isEmpty, !eventID.hasEscapes, !facets.isCrowded else { return nil }
    let call = facets.call()
    guard !facets.calls[call.number].isSetAside else { return nil }
    // A time that an exporter has respelled is for the general reader to make out.
    let written = facets.scanner[.eventTime].isEmpty ? facets.scanner[.timestamp] : facets.scanner[.eventTime]
    guard let time = facets.times.time(facets.scanner.buffer(written)) else { return nil }
    facets.findValues(of: call.number)
    let (actor, principal) = facets.actor()
    let account = facets.account(of: facets.actors[actor])
    let source = facets.source(of: actor)
    let agent = facets.agent()
    let shown = facets.shown(by: call.number)
    let origin = hash.digest(agent.digest.high, agent.digest.low, after: source.digest)
    let mark = facets.overrideMark(
      of: call.number,
      .init(
        actor: actor, account: account, address: origin,
        source: (source.facet.source, agent.number), record: start..<end))
    let place = window.place(of: time)
    let habits = facets.habits(shown.values)

    var key = hash.digest(
      UInt64(actor) << 32 | UInt64(call.number), UInt64(account) << 32 | UInt64(source.facet.source))
    key = hash.digest(
      UInt64(habits) << 32 | UInt64(agent.number), mark << 2 | place.rawValue, after: key)
    let session = facets.sessionDigest(of: facets.actors[actor], account: account, day: time.day)
    var content = hash.digest(principal.high, principal.low, after: call.digest)
    content = hash.digest(origin.high, origin.low, after: content)
    content = hash.digest(shown.raw.high, shown.raw.low, after: content)
    content = hash.digest(UInt64(bitPattern: Int64(time.seconds)), mark ^ session, after: content)
    content = facets.digest(.account, after: facets.digest(.recipientAccountId, after: content))
    entries.append(
      events.entry(
        facets.scanner.buffer(eventID),
        of: facets.calls[call.number].mark.adding(CriticalOutcomes.classes(of: mark)), file: file,
        content: content.low))
    pending.append(
      PendingEvent(
        time: time, session: session, key: key,
        parts: GroupParts(
          call: UInt32(truncatingIfNeeded: call.number), actor: UInt32(truncatingIfNeeded: actor),
          account: account, source: source.facet, agent: agent.number,
          habits: UInt32(truncatingIfNeeded: habits), mark: mark, place: place)))
    if pending.count >= Self.batchSize { settle() }
    return end
  }

  private mutating func makeGroup(_ key: KeyedDigest, _ parts: GroupParts) -> Int {
    let call = Int(parts.call)
    let actor = facets.actors[Int(parts.actor)]
    let archetype = facets.identities[Int(parts.actor)].archetype
    let (family, risk) = facets.classification(of: call, by: Int(parts.actor))
    let outcomes = parts.mark == 0 ? nil : facets.outcomes[parts.mark]
    groupNumbers.insert(key, groups.count)
    groups.append(
      LanePart.Group(
        key: LaneNumbers(
          account: parts.account, actor: actor.actor, event: facets.calls[call].event,
          source: parts.source.source, region: facets.calls[call].region),
        contribution: LaneContribution(
          outcome: facets.calls[call].outcome,
          nature: .init(
            family: family, risk: outcomes?.risk ?? risk, archetype: archetype, sourceKind: parts.source.kind
          ),
          overrides: CriticalOutcomes.classes(of: parts.mark), agent: parts.agent, person: actor.person),
        habits: facets.habits[Int(parts.habits)], place: parts.place))
    owners.append(facets.calls[call].isChange ? owner(actor.actor, in: parts.account) : 0)
    return groups.count - 1
  }

  /// The number of what the steps of an actor's sequences are kept under.
  private mutating func owner(_ actor: NameNumber, in account: NameNumber) -> UInt32 {
    let key = UInt64(account) << 32 | UInt64(actor)
    if let known = knownOwners[key] { return known }
    let number = UInt32(ownerDigests.count)
    ownerDigests.append(SessionCounter.digest(facets.strings[account], facets.strings[actor]))
    knownOwners[key] = number
    return number
  }

  /// Takes in what the general reader made of a record.
  mutating func add(_ observation: Observation, file: Int) {
    let content = hash.content(of: observation)
    var eventID = observation.eventID
    entries.append(
      eventID.withUTF8 { events.entry($0, of: CallMark(observation), file: file, content: content) })
    pending.append(
      PendingEvent(time: observation.eventTime, session: 0, key: .none, parts: nil))
    others.append(observation)
    if pending.count >= Self.batchSize { settle() }
  }

  /// Counts the waiting events that were not delivered before.
  mutating func settle() {
    let areFirst = isRepeat ? entries.map { isFirstOfItsFile($0) } : events.insert(entries)
    part.records += pending.count
    for event in pending { groupNumbers.approach(event.key) }
    var other = 0
    for (event, isFirst) in zip(pending, areFirst) {
      if event.parts == nil { other += 1 }
      guard isFirst else {
        part.duplicates += 1
        continue
      }
      if let parts = event.parts {
        count(event, parts)
      } else {
        part.otherAccounting.count(others[other - 1])
        part.others.add(others[other - 1], in: window)
      }
    }
    pending.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    others.removeAll(keepingCapacity: true)
  }

  /// Counts all that waits, and forgets what belongs to the file at hand.
  mutating func endFile() {
    settle()
    counted.removeAll()
  }

  /// Whether a record is the first delivery of its event, now that all files are known.
  private mutating func isFirstOfItsFile(_ entry: SharedEventIndex.Entry) -> Bool {
    events.isInFirstFile(entry) && counted.insert(entry.identity).inserted
  }

  @inline(__always)
  private mutating func count(_ event: PendingEvent, _ parts: GroupParts) {
    let number = groupNumbers.value(event.key) ?? makeGroup(event.key, parts)
    moments.add(event.time, session: event.session, group: number)
    add(
      event.time,
      to: LanePlace(
        account: parts.account, region: facets.calls[Int(parts.call)].awsRegion, place: parts.place))
    guard parts.place == .inside, facets.calls[Int(parts.call)].isChange else { return }
    let key = groups[number].key
    part.sequences.add(
      session: SequenceCollector.session(of: ownerDigests[Int(owners[number])], event.session),
      account: key.account, actor: key.actor, event: key.event, second: event.time.seconds)
  }

  /// Counts an event where it was; neighbours mostly share their place.
  @inline(__always)
  private mutating func add(_ time: Timestamp, to place: LanePlace) {
    if span?.place != place {
      endSpan()
      span = (place, SeenSpan())
    }
    span?.seen.add(time, 1)
  }

  private mutating func endSpan() {
    if let span { part.spans[span.place, default: SeenSpan()].formUnion(span.seen) }
    span = nil
  }
}
