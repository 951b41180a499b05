/// Collects observations into lanes; any order and any split over builders gives the same baseline.
package struct BaselineBuilder: Sendable {
  /// Nothing at or after this moment counts: an event never vouches for itself.
  package let cutOff: Timestamp?
  private let patterns: ResourcePattern
  private var table = StringTable()
  private var positions: [PackedKey: Int] = [:]
  private var keys: [PackedKey] = []
  private var lanes: [LaneAccumulator] = []
  private var accounts: [String: AccountCounter] = [:]
  private var sequences = SequenceCollector()
  private(set) var observations = 0
  /// Observations at or after the cut-off, left for the review.
  private(set) var laterObservations = 0

  /// Starts an empty baseline; `crownJewels` keep their names in resource patterns.
  package init(until cutOff: Timestamp? = nil, crownJewels: some Sequence<String> = []) {
    self.cutOff = cutOff
    patterns = ResourcePattern(keeping: crownJewels)
  }

  /// Counts an observation that lies before the cut-off; one without a time has no place before or after it.
  package mutating func add(_ observation: Observation) {
    guard observation.eventTime.seconds > 0 else { return }
    if let cutOff, observation.eventTime >= cutOff {
      laterObservations += 1
      return
    }
    observations += 1
    let key = PackedKey(observation.laneKey, table: &table)
    let position = position(of: key, first: observation.eventTime)
    var times = LaneTimes()
    times.add(observation.eventTime, session: observation.sessionDigest)
    lanes[position].add(
      LaneContribution(observation, patterns: patterns, table: &table), times)
    accounts[observation.accountID, default: AccountCounter(first: observation.eventTime)].add(observation)
    sequences.add(observation, table: &table)
  }

  /// Takes in what another builder with the same cut-off collected.
  package mutating func merge(_ other: BaselineBuilder) {
    let numbers = other.table.strings.map { table.intern($0) }
    for (key, lane) in zip(other.keys, other.lanes) {
      let key = key.renumbered(numbers)
      if let position = positions[key] {
        lanes[position].formUnion(lane) { numbers[Int($0)] }
      } else {
        var copy = LaneAccumulator(first: lane.first)
        copy.formUnion(lane) { numbers[Int($0)] }
        positions[key] = lanes.count
        keys.append(key)
        lanes.append(copy)
      }
    }
    for (account, counter) in other.accounts {
      accounts[account, default: AccountCounter(first: counter.firstSeen)].formUnion(counter)
    }
    sequences.formUnion(other.sequences) { numbers[Int($0)] }
    observations += other.observations
    laterObservations += other.laterObservations
  }

  /// Takes in the groups of a thread.
  mutating func merge(_ part: LogLanes) {
    let numbers = part.strings.strings.map { table.intern($0) }
    for group in part.groups where group.times.count > 0 {
      guard group.counts else {
        if group.times.first.seconds > 0 { laterObservations += group.times.count }
        continue
      }
      observations += group.times.count
      let position = position(of: group.key.renumbered(numbers), first: group.times.first)
      lanes[position].add(group.contribution.renumbered(numbers), group.times)
      accounts[part.strings[group.key.account], default: AccountCounter(first: group.times.first)].add(
        group.contribution.nature.family, group.times)
    }
    merge(part.others)
  }

  private mutating func position(of key: PackedKey, first: Timestamp) -> Int {
    if let known = positions[key] { return known }
    let position = lanes.count
    positions[key] = position
    keys.append(key)
    lanes.append(LaneAccumulator(first: first))
    return position
  }

  /// The baseline of what was collected, or `nil` when nothing was.
  package func baseline(
    thresholds: EstablishmentThresholds = .reviewed, approvals: [RecordedApproval] = [],
    caveats: [String] = []
  ) -> Baseline? {
    guard let start = accounts.values.map(\.firstSeen).min(),
      let end = accounts.values.map(\.lastSeen).max()
    else { return nil }
    let window = ObservedWindow(start: start, end: end, cutOff: cutOff)
    let establishment = Establishment(thresholds: thresholds, window: window)
    let finished = zip(keys, lanes).map { key, lane in
      lane.lane(key.unpacked(table), judgedBy: establishment, names: table)
    }.sorted { $0.key < $1.key }
    var baseline = Baseline(
      window: window, thresholds: thresholds, lanes: finished,
      accounts: accounts.map { id, counter in
        counter.account(id, lanes: finished.lanes(of: id), window: window, thresholds: thresholds)
      }.sorted { $0.id < $1.id },
      observations: observations, laterObservations: laterObservations, caveats: caveats)
    baseline.sequences = sequences.sequences(names: table)
    baseline.measureMaturity()
    baseline.apply(approvals)
    return baseline
  }
}

extension Observation {
  /// What identifies the session; the day where the log names none.
  var sessionDigest: UInt64 {
    identity.sessionStart.map { SessionCounter.digest(actorAccountID, $0) }
      ?? SessionCounter.digest(String(eventTime.day))
  }
}

/// A lane's key as numbers.
struct PackedKey: Hashable, Sendable {
  var account: UInt32
  var actor: UInt32
  var event: UInt32
  var source: UInt32
  var region: UInt32

  init(account: UInt32, actor: UInt32, event: UInt32, source: UInt32, region: UInt32) {
    self.account = account
    self.actor = actor
    self.event = event
    self.source = source
    self.region = region
  }

  init(_ key: LaneKey, table: inout StringTable) {
    account = table.intern(key.account)
    actor = table.intern(key.actor)
    event = table.intern(key.event)
    source = table.intern(key.source)
    region = table.intern(key.region)
  }

  func unpacked(_ table: StringTable) -> LaneKey {
    LaneKey(
      account: table[account], actor: table[actor], event: table[event], source: table[source],
      region: table[region])
  }

  func renumbered(_ numbers: [UInt32]) -> PackedKey {
    var copy = self
    copy.account = numbers[Int(account)]
    copy.actor = numbers[Int(actor)]
    copy.event = numbers[Int(event)]
    copy.source = numbers[Int(source)]
    copy.region = numbers[Int(region)]
    return copy
  }
}

extension [Lane] {
  /// The lanes of one account, in lanes sorted by key.
  func lanes(of account: String) -> ArraySlice<Lane> {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if self[middle].key.account < account { low = middle + 1 } else { high = middle }
    }
    return self[low...].prefix { $0.key.account == account }
  }
}
