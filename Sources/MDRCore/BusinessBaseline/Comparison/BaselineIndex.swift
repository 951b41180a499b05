/// Answers how an observation compares with a baseline, without walking through its lanes.
package struct BaselineIndex: Sendable {
  package let baseline: Baseline
  /// Positions in the baseline's lanes, the lane with the most observations first, ties by key.
  private let ranked: [Int]
  private let names: StringTable
  private let table: ProjectionTable
  private let accounts: [String: BaselineAccount]
  private let accountsByActorAndEvent: [UInt64: Int]
  private let patterns = ResourcePattern()
  let settled = SettledResources()
  private let wandering: WanderingActors

  /// Indexes a baseline's lanes under all subsets of their tuple.
  package init(_ baseline: Baseline) {
    self.baseline = baseline
    let lanes = baseline.lanes
    var names = StringTable()
    var table = ProjectionTable(capacity: lanes.count)
    var accountsByActorAndEvent: [UInt64: Int] = [:]
    let order = lanes.indices.sorted { (lanes[$1].count, lanes[$0].key) < (lanes[$0].count, lanes[$1].key) }
    for (rank, position) in order.enumerated() {
      let lane = lanes[position]
      let key = lane.key
      let tuple = ProjectionTable.Tuple(
        numbers: (
          names.intern(key.account), names.intern(key.actor), names.intern(key.event),
          names.intern(key.source), names.intern(key.region)
        ))
      if table.entry(tuple, [.account, .actor, .event]) == nil {
        accountsByActorAndEvent[Self.pair(tuple), default: 0] += 1
      }
      table.add(
        tuple, lane: Int32(rank), observations: lane.count,
        standing: lane.approval == nil ? lane.standing : .established)
    }
    wandering = WanderingActors(baseline)
    ranked = order
    self.names = names
    self.table = table
    self.accountsByActorAndEvent = accountsByActorAndEvent
    accounts = Dictionary(baseline.accounts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Compares an observation with the baseline.
  package func compare(_ observation: Observation) -> Comparison {
    let key = observation.laneKey
    let tuple = tuple(of: key)
    let exact = table.entry(tuple, .all).map { lane(at: $0.lane) }
    let overrides = Set(observation.overrides.map(\.overrideClass))
    var comparison = Comparison(
      normality: .undetermined, newDimensions: [], exact: exact, nearest: exact,
      priorObservations: exact?.count ?? 0, counts: counts(tuple),
      newOverrides: OverrideClass.allCases.filter {
        overrides.contains($0) && exact?.vouches(for: $0, observation.outcome) != true
          && !isOutsidersHabit($0, observation, exact)
      },
      // A signature expires, and an observation without a time can't be shown to lie before that.
      approval: exact?.approval.flatMap { $0.expires > observation.eventTime.inOrder ? $0 : nil },
      accountsWithActorAndEvent: accountsByActorAndEvent[Self.pair(tuple)] ?? 0,
      account: accounts[key.account],
      wandering: wandering.work(of: key, from: observation.origin.kind),
      isOnBeat: exact?.isOnBeat(observation)
    )
    let vouches = exact?.vouches(for: observation.outcome) == true
    let isSigned = comparison.approval != nil
    if vouches || isSigned, let exact {
      // Whoever signs a tuple sees what the lane was done to and by whom: the signature is for that work whenever it is
      // done, and not for another user's key or in other hands.
      comparison.newDimensions = exact.departures(
        of: observation, isOnBeat: isSigned ? nil : comparison.isOnBeat, patterns: patterns,
        thresholds: baseline.thresholds)
      if !isSigned, let row = settled.row(for: observation) {
        comparison.goesBy = row.target
        comparison.newResources = exact.newResources(of: observation, row, patterns)
        if !comparison.newResources.isEmpty { comparison.newDimensions.append(.resource) }
      }
    }
    if !comparison.newDimensions.isEmpty {
      comparison.normality = isThin(key.account) ? .undetermined : .variant
      return comparison
    }
    if isSigned || (vouches && comparison.newOverrides.isEmpty) {
      comparison.normality = .established
      return comparison
    }
    if vouches {
      comparison.normality = isThin(key.account) ? .undetermined : .variant
      return comparison
    }
    if let work = comparison.wandering, let new = work.departures(of: observation, baseline) {
      comparison.nearest = work.lanes.first
      comparison.newDimensions = new
      comparison.normality =
        new.isEmpty
        ? .established
        : isThin(key.account) || work.hidesStrangers(observation) ? .undetermined : .variant
      if new.isEmpty { comparison.newOverrides = [] }
      return comparison
    }
    // Known work of such hands in one more region: where it came from says as little there.
    if exact == nil, comparison.wandering == nil, observation.outcome == .success,
      let job = wandering.job(of: key, from: observation.origin.kind)
    {
      let new = job.departuresElsewhere(of: observation)
      comparison.newDimensions = new.dimensions
      comparison.nearest = job.lanes.first
      comparison.normality = normality(of: new, nearest: job.lanes.first, in: key.account, wasSeen: false)
      return comparison
    }
    let (departure, nearest) = nearestLane(
      tuple, isGlobal: key.region == "global", outcome: observation.outcome, apartFrom: exact?.key)
    // Known hands, though no lane of theirs was seen twice: what they do is new, and where from says little.
    if departure.isSuperset(of: [.actor, .event]), exact == nil,
      let lead = wandering.lead(of: key, from: observation.origin.kind)
    {
      let new: TupleDimensions =
        key.region == lead.key.region || key.region == "global"
        ? [.event, .source] : [.event, .source, .region]
      comparison.newDimensions = new.dimensions
      comparison.nearest = lead
      comparison.normality = normality(of: new, nearest: lead, in: key.account, wasSeen: false)
      return comparison
    }
    comparison.newDimensions = departure.dimensions
    comparison.nearest = nearest
    comparison.normality = normality(
      of: departure, nearest: nearest, in: key.account, wasSeen: exact != nil)
    return comparison
  }

  /// Whether an outcome that hangs on who called, and on the customer's lists, recurs with all calls of its lane.
  ///
  /// A record doesn't say who is an outsider, so the lane can't have counted it: but who called is the same in each of
  /// its calls, and each of them came to the same.
  private func isOutsidersHabit(
    _ overrideClass: OverrideClass, _ observation: Observation, _ exact: Lane?
  ) -> Bool {
    let matches = observation.overrides.filter { $0.overrideClass == overrideClass }
    guard let exact, exact.counts.success == exact.count, observation.actor.hasPrefix("xacct:"),
      matches.allSatisfy({ $0.id == Self.outsiderTakesRole })
    else { return false }
    let establishment = Establishment(thresholds: baseline.thresholds, window: baseline.window)
    return establishment.criticalOutcomeRecurrence(onDays: exact.days) > .none
  }

  /// The override that the actor alone decides.
  private static let outsiderTakesRole = "role-assumed-by-outsider"

  /// Prior observations that agree with a tuple on every subset of its dimensions.
  package func counts(of key: LaneKey) -> [String: Int] { counts(tuple(of: key)) }

  /// What a call was made on that its very lane, settled in that, never named.
  func newResources(
    of observation: Observation, in comparison: Comparison, _ row: SettledResources.Row
  ) -> [String] {
    comparison.exact?.newResources(of: observation, row, patterns) ?? []
  }

  /// The very lane of a tuple.
  package func lane(_ key: LaneKey) -> Lane? { table.entry(tuple(of: key), .all).map { lane(at: $0.lane) } }

  /// The nearest lane that vouches for an outcome, and in what the tuple departs from it.
  ///
  /// The very lane of the tuple is none: where its signature has expired, nothing in it is new and nothing vouches.
  private func nearestLane(
    _ tuple: ProjectionTable.Tuple, isGlobal: Bool, outcome: Outcome, apartFrom exact: LaneKey?
  ) -> (TupleDimensions, Lane?) {
    for departure in TupleDimensions.departures where !departure.isEmpty {
      var kept = TupleDimensions.all.subtracting(departure)
      // A service without regions has no region to be new in: beside a new event it says nothing.
      if isGlobal, departure.contains(.event) { kept.remove(.region) }
      guard !kept.isEmpty, let entry = table.entry(tuple, kept) else { continue }
      let rank = outcome == .success ? entry.established : entry.attempted
      guard rank >= 0 else { continue }
      let lane = lane(at: rank)
      if lane.key != exact { return (departure, lane) }
    }
    return (.all, nil)
  }

  private func normality(
    of departure: TupleDimensions, nearest: Lane?, in account: String, wasSeen: Bool
  ) -> Normality {
    if baseline.window.days < baseline.thresholds.matureDays { return .undetermined }
    // A thin account can't say what is new in it. That the account itself is new to an actor, the other accounts can.
    if isThin(account), wasSeen || !departure.contains(.account) { return .undetermined }
    // An operation of which neither actor nor event is known has no lane near it.
    let hasNothingNear = nearest == nil || departure.isSuperset(of: [.actor, .event])
    return hasNothingNear || departure.count > baseline.thresholds.variantDimensions ? .firstSeen : .variant
  }

  /// Whether an account was seen, but not for long enough to call anything in it new.
  private func isThin(_ account: String) -> Bool { accounts[account].map { !$0.isMature } ?? false }

  private func lane(at rank: Int32) -> Lane { baseline.lanes[ranked[Int(rank)]] }

  private func counts(_ tuple: ProjectionTable.Tuple) -> [String: Int] {
    Dictionary(
      TupleDimensions.projections.map { ($0.name, table.entry(tuple, $0)?.observations ?? 0) },
      uniquingKeysWith: { first, _ in first })
  }

  private func tuple(of key: LaneKey) -> ProjectionTable.Tuple {
    func number(_ text: String) -> UInt32 { names.number(of: text) ?? .max }
    return ProjectionTable.Tuple(
      numbers: (
        number(key.account), number(key.actor), number(key.event), number(key.source), number(key.region)
      ))
  }

  private static func pair(_ tuple: ProjectionTable.Tuple) -> UInt64 {
    UInt64(tuple.numbers.1) << 32 | UInt64(tuple.numbers.2)
  }
}

extension Lane {
  /// Whether the lane's recurrence vouches for an outcome: attempts never do for a success.
  func vouches(for outcome: Outcome) -> Bool {
    self.standing == .established || (self.standing == .attempted && outcome != .success)
  }

  func vouches(for overrideClass: OverrideClass, _ outcome: Outcome) -> Bool {
    (outcome == .success ? self.establishedOverrides : self.attemptedOverrides).contains(overrideClass)
  }
}
