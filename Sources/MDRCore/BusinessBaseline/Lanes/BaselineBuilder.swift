/// Collects observations into lanes; any order and any split over builders gives the same baseline.
package struct BaselineBuilder: Sendable {
  /// Nothing at or after this moment counts: an event never vouches for itself.
  package let cutOff: Timestamp?
  private let patterns: ResourcePattern
  private var names = StringTable()
  private var accounts: [NameNumber: AccountLanes] = [:]
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
    let key = LaneNumbers(observation.laneKey, table: &names)
    var times = LaneTimes()
    times.add(observation.eventTime, session: observation.sessionDigest)
    let contribution = LaneContribution(observation, patterns: patterns, table: &names)
    accounts[key.account, default: AccountLanes()].add(contribution, times, to: key)
    sequences.add(observation, table: &names)
  }

  /// Counts observations that agree in all but their time and session; no order of changes is known of them.
  mutating func add(_ observation: Observation, _ times: LaneTimes) {
    guard times.first.seconds > 0 else { return }
    if let cutOff, times.first >= cutOff {
      laterObservations += times.count
      return
    }
    observations += times.count
    let key = LaneNumbers(observation.laneKey, table: &names)
    let contribution = LaneContribution(observation, patterns: patterns, table: &names)
    accounts[key.account, default: AccountLanes()].add(contribution, times, to: key)
  }

  /// Takes in what another builder with the same cut-off collected.
  package mutating func merge(_ other: BaselineBuilder) {
    guard other.observations + other.laterObservations > 0 else { return }
    let numbers = other.names.strings.map { names.intern($0) }
    for (account, lanes) in other.accounts {
      accounts[numbers[Int(account)], default: AccountLanes()].formUnion(lanes, numbers: numbers)
    }
    sequences.formUnion(other.sequences) { numbers[Int($0)] }
    observations += other.observations
    laterObservations += other.laterObservations
  }

  /// Takes in what threads made of logs, account by account; gives how many observations were retracted.
  mutating func merge(_ parts: [LogLanes], retractions: Retractions, jobs: Int) -> Int {
    let numbers = numbers(of: parts)
    let renumbered = ConcurrentMap(jobs: jobs).map(parts.count) { LanePart(parts[$0], numbers: numbers[$0]) }
    var retracted = 0
    for part in renumbered {
      var positions: [NameNumber: [Int]] = [:]
      for (number, group) in part.lanes.groups.enumerated() {
        switch group.place {
        case .inside where retractions.cover(part.key(number), names: names):
          retracted += part.lanes.moments.count(number)
        case .inside: positions[part.numbers[Int(group.key.account)], default: []].append(number)
        case .after: laterObservations += part.lanes.moments.count(number)
        case .before, .nowhere: break
        }
      }
      for (account, positions) in positions {
        accounts[account, default: AccountLanes()].add(AccountPiece(part: part, positions: positions))
      }
      sequences.formUnion(part.lanes.sequences) { part.numbers[Int($0)] }
    }
    observations = accounts.values.reduce(0) { $0 + $1.observations }
    return retracted
  }

  /// The numbers that the names of each part have in this builder's table; an empty table begins with the first part's.
  private mutating func numbers(of parts: [LogLanes]) -> [[NameNumber]] {
    let begins = names.strings.isEmpty
    if begins, let first = parts.first { names = first.strings }
    return parts.enumerated().map { number, part in
      let strings = part.strings.strings
      return begins && number == 0
        ? strings.indices.map { NameNumber($0) } : strings.map { names.intern($0) }
    }
  }

  /// The baseline of what was collected, or `nil` when nothing was.
  package func baseline(
    thresholds: EstablishmentThresholds = .reviewed, approvals: [RecordedApproval] = [],
    caveats: [String] = [], jobs: Int = 1
  ) -> Baseline? {
    let collected = accounts.filter { $0.value.observations > 0 }
    guard let start = collected.values.map(\.firstSeen).min(),
      let end = collected.values.map(\.lastSeen).max()
    else { return nil }
    let window = ObservedWindow(start: start, end: end, cutOff: cutOff)
    let establishment = Establishment(thresholds: thresholds, window: window)
    let names = names
    let order = collected.keys.sorted { names[$0] < names[$1] }
    // The largest first, so that no thread is left with one at the end.
    let work = order.indices.sorted {
      (collected[order[$1]]?.observations ?? 0, $0) < (collected[order[$0]]?.observations ?? 0, $1)
    }
    let ranks = NameRanks(names, jobs: jobs)
    let recurring = ConcurrentResult(jobs: jobs) { sequences.sequences(names: names) }
    let made = ConcurrentMap(jobs: jobs).map(work.count) { index in
      collected[order[work[index]]]?.finished(
        names[order[work[index]]], judgedBy: establishment, names: names, ranks: ranks, keeping: patterns)
    }
    let finished = zip(work, made).sorted { $0.0 < $1.0 }.compactMap(\.1)
    var baseline = Baseline(
      window: window, thresholds: thresholds, lanes: finished.flatMap(\.lanes),
      accounts: finished.map(\.account), observations: observations,
      laterObservations: laterObservations, caveats: caveats)
    baseline.establishThinLanes(finished.flatMap(\.keys))
    baseline.sequences = recurring.value
    baseline.measureMaturity(jobs: jobs)
    baseline.apply(approvals)
    return baseline
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

extension Retractions {
  /// Whether a lane whose names are numbers was declared bad.
  fileprivate func cover(_ key: LaneNumbers, names: StringTable) -> Bool {
    !entries.isEmpty && cover(key.unpacked(names))
  }
}
