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
    guard observation.eventTime.isKnown else { return }
    if let cutOff, observation.eventTime >= cutOff {
      laterObservations += 1
      return
    }
    observations += 1
    let key = LaneNumbers(observation.laneKey, table: &names)
    var times = LaneTimes()
    times.add(observation.eventTime, session: observation.sessionDigest)
    count(observation, times, in: key)
    sequences.add(observation, table: &names)
  }

  /// Counts observations that agree in all but their time and session; no order of changes is known of them.
  mutating func add(_ observation: Observation, _ times: LaneTimes) {
    guard times.first.isKnown else { return }
    if let cutOff, times.first >= cutOff {
      laterObservations += times.count
      return
    }
    observations += times.count
    let key = LaneNumbers(observation.laneKey, table: &names)
    count(observation, times, in: key)
  }

  private mutating func count(_ observation: Observation, _ times: LaneTimes, in key: LaneNumbers) {
    let contribution = LaneContribution(observation, table: &names)
    let resources = Set(observation.resources.map(patterns.template)).map { names.intern($0) }
    let targets = patterns.targets(of: observation).map { names.intern($0) }
    accounts[key.account, default: AccountLanes()].add(
      contribution, resources: resources, targets: targets, times, to: key)
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

  /// Takes in what threads made of logs, account by account; gives how many observations were retracted, and how many
  /// lie before the first day that counts.
  mutating func merge(
    _ parts: [LogLanes], retractions: Retractions, jobs: Int
  ) -> (retracted: Int, earlier: Int) {
    let numbers = numbers(of: parts)
    let names = names
    let sorted = ConcurrentMap(jobs: jobs).map(parts.count) { index in
      let part = parts[index].part
      part.renumber(numbers[index])
      return part.sorted { retractions.cover($0, names: names) }
    }
    for (sorting, part) in zip(sorted, parts.indices) {
      for (account, piece) in zip(sorting.accounts, sorting.pieces) {
        accounts[account, default: AccountLanes()].add(piece)
      }
      laterObservations += sorting.later
      sequences.formUnion(parts[part].sequences) { numbers[part][Int($0)] }
    }
    observations = accounts.values.reduce(0) { $0 + $1.span.count }
    return (sorted.reduce(0) { $0 + $1.retracted }, sorted.reduce(0) { $0 + $1.earlier })
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
    let collected = accounts.filter { $0.value.span.count > 0 }
    guard let start = collected.values.map(\.span.first).min(),
      let end = collected.values.map(\.span.last).max()
    else { return nil }
    let table = names
    let sequences = sequences
    let recurring = ConcurrentResult(jobs: jobs) { sequences.sequences(names: table) }
    let window = ObservedWindow(start: start, end: end, cutOff: cutOff)
    let establishment = Establishment(thresholds: thresholds, window: window)
    var finished = OrderedNames(names, jobs: jobs).withView { names in
      FinishedLanes(
        of: collected, by: LaneFinisher(judgedBy: establishment, names: names, keeping: patterns), jobs: jobs)
    }
    var baseline = Baseline(
      window: window, thresholds: thresholds, lanes: finished.takeLanes(), accounts: finished.accounts,
      observations: observations,
      laterObservations: laterObservations, caveats: caveats)
    baseline.establishThinLanes(finished.habits)
    baseline.sequences = recurring.value
    baseline.measureMaturity(jobs: jobs)
    baseline.apply(approvals)
    return baseline
  }
}

extension [Lane] {
  /// The lanes of one account, in lanes sorted by key.
  func lanes(of account: String) -> ArraySlice<Lane> {
    let start = bound(from: startIndex) { $0 < account }
    return self[start..<bound(from: start) { $0 == account }]
  }

  /// The first lane from one on of whose account a condition no longer holds.
  private func bound(from start: Int, while holds: (String) -> Bool) -> Int {
    var low = start
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle].key.account) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Retractions {
  /// Whether a lane whose names are numbers was declared bad.
  fileprivate func cover(_ key: LaneNumbers, names: StringTable) -> Bool {
    !entries.isEmpty && cover(key.unpacked(names))
  }
}
