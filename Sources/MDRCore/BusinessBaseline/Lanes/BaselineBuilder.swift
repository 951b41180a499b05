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
    var pieces: [NameNumber: [AccountPiece]] = [:]
    for part in parts {
      let numbers = part.strings.strings.map { names.intern($0) }
      var positions: [NameNumber: [Int]] = [:]
      for index in part.groups.indices where part.groups[index].times.count > 0 {
        switch part.groups[index].place {
        case .inside: positions[numbers[Int(part.groups[index].key.account)], default: []].append(index)
        case .after: laterObservations += part.groups[index].times.count
        case .before, .nowhere: break
        }
      }
      for (account, positions) in positions {
        pieces[account, default: []].append(
          AccountPiece(groups: part.groups, positions: positions, numbers: numbers))
      }
      sequences.formUnion(part.sequences) { numbers[Int($0)] }
    }
    // The largest first, so that no thread is left with one at the end.
    let order = pieces.keys.sorted {
      (pieces[$1]?.groupCount ?? 0, $0) < (pieces[$0]?.groupCount ?? 0, $1)
    }
    let work = order.map { (lanes: accounts[$0] ?? AccountLanes(), pieces: pieces[$0] ?? []) }
    let finalNames = names
    let merged = ConcurrentMap(jobs: jobs).map(work.count) { index in
      var lanes = work[index].lanes
      let retracted = work[index].pieces.reduce(0) { sum, piece in
        sum + lanes.add(piece, retractions: retractions, names: finalNames)
      }
      return (lanes: lanes, retracted: retracted)
    }
    var retracted = 0
    for (account, result) in zip(order, merged) {
      observations += result.lanes.observations - (accounts[account]?.observations ?? 0)
      accounts[account] = result.lanes
      retracted += result.retracted
    }
    return retracted
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
    let finished = ConcurrentMap(jobs: jobs).map(order.count) { index in
      let lanes =
        collected[order[index]]?.lanes(
          judgedBy: establishment, names: names, keeping: patterns) ?? []
      return (
        lanes: lanes,
        account: collected[order[index]]?.account(
          names[order[index]], lanes: lanes, window: window, thresholds: thresholds)
      )
    }
    var baseline = Baseline(
      window: window, thresholds: thresholds, lanes: finished.flatMap(\.lanes),
      accounts: finished.compactMap(\.account), observations: observations,
      laterObservations: laterObservations, caveats: caveats)
    baseline.establishThinLanes()
    baseline.sequences = sequences.sequences(names: names)
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
