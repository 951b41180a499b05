/// Makes lanes of what was collected, one after the other on one thread, in room that it keeps.
struct LaneFinisher {
  let establishment: Establishment
  let names: OrderedNames
  private var learner: TemplateLearner

  /// Crown jewels and the like keep their names as `patterns` tells.
  init(judgedBy establishment: Establishment, names: OrderedNames, keeping patterns: ResourcePattern) {
    self.establishment = establishment
    self.names = names
    learner = TemplateLearner(patterns: patterns)
  }

  /// The lane that the collected observations make; what was collected is sorted meanwhile.
  mutating func lane(_ key: LaneNumbers, of lane: inout LaneAccumulator) -> Lane {
    let hours = lane.seen.sort()
    let successHours = lane.seen.sortedSuccesses(of: hours)
    let days = HourSlot.days(of: hours)
    let sessions = lane.sessions.tally(before: establishment.quarantineStart)
    let nature = lane.nature
    let archetype = nature?.archetype ?? .unknown
    let (hangs, established, attempted) = criticalRecurrences(of: lane, archetype)
    let usual = establishment.recurrence(
      days: lane.ordinary.map { HourSlot.days(of: $0.sortedSuccesses()) }
        ?? (lane.seen.differ ? HourSlot.days(of: successHours) : days),
      settledSessions: sessions.settled)
    let limit = establishment.thresholds.listedValues
    return Lane(
      LaneFacts(
        key: LaneKey(
          account: names[key.account], actor: names[key.actor], event: names[key.event],
          source: names[key.source], region: names[key.region]),
        counts: OutcomeCounts(success: lane.successes, denied: lane.denials, failed: lane.failures),
        firstSeen: lane.first, lastSeen: lane.last, days: days,
        hours: HourSlot.hoursOfDay(of: hours), sessions: sessions.count,
        cadence: Cadence(
          slots: successHours.isEmpty ? hours : successHours, thresholds: establishment.thresholds),
        standing: standing(of: lane, usual, established, attempted, days, sessions.settled),
        family: nature?.family ?? .other, risk: nature?.risk ?? .operationalChange,
        archetype: archetype, sourceKind: nature?.sourceKind ?? .unknown,
        overrides: lane.overrides.isEmpty
          ? [:] : Dictionary(uniqueKeysWithValues: lane.overrides.map { ($0.overrideClass, $0.count) }),
        establishedOverrides: established,
        attemptedOverrides: attempted,
        userAgentFamilies: lane.agents.bounded(limit, names),
        resourcePatterns: resourcePatterns(&lane.resources, limit: limit),
        targets: lane.targets.bounded(limit, names),
        people: lane.people.bounded(limit, names), approval: nil,
        hangsOnOneDay: usual == .hanging && established.isEmpty || hangs))
  }

  /// The same as counting names, but names built alike become one template where there are more than are listed.
  private mutating func resourcePatterns(_ resources: inout CountList, limit: Int) -> BoundedCounts {
    resources.withDistinct { counts in
      counts.count > limit
        ? learner.counts(of: counts, limit: limit, names: names)
        : BoundedCounts(reordering: &counts, limit: limit, names: names)
    }
  }

  /// Ordinary calls and critical outcomes are judged apart: neither makes the other usual, nor less so.
  private func standing(
    of lane: LaneAccumulator, _ usual: Recurrence, _ established: [OverrideClass],
    _ attempted: [OverrideClass], _ days: [Int], _ settledSessions: Int
  ) -> LaneStanding {
    if !established.isEmpty || usual > .none { return .established }
    guard attempted.isEmpty else { return .attempted }
    // Where every ordinary call succeeded, trying it is what was judged already.
    guard lane.ordinary?.differ ?? lane.seen.differ else { return .observed }
    let tried = lane.ordinary.map { HourSlot.days(of: $0.sorted()) } ?? days
    return establishment.recurrence(days: tried, settledSessions: settledSessions) > .none
      ? .attempted : .observed
  }

  /// The classes of critical outcomes that recur where they succeeded, or whose attempts do, and whether one of the
  /// former hangs on each of its days.
  private func criticalRecurrences(
    of lane: LaneAccumulator, _ archetype: Archetype
  ) -> (hangs: Bool, established: [OverrideClass], attempted: [OverrideClass]) {
    var result: (hangs: Bool, established: [OverrideClass], attempted: [OverrideClass]) = (false, [], [])
    guard !lane.overrides.isEmpty else { return result }
    for overrideClass in OverrideClass.allCases {
      guard let share = lane.overrides.first(where: { $0.overrideClass == overrideClass }) else { continue }
      let succeeding = establishment.criticalOutcomeRecurrence(
        slots: share.seen.sortedSuccesses(), of: archetype)
      let tried =
        share.seen.differ
        ? establishment.criticalOutcomeRecurrence(slots: share.seen.sorted(), of: archetype) : succeeding
      if succeeding > .none { result.established.append(overrideClass) }
      if tried > .none { result.attempted.append(overrideClass) }
      if succeeding == .hanging { result.hangs = true }
    }
    return result
  }
}

extension CountList {
  /// The most frequent values, ties by name, with a count of the rest; the list is reordered meanwhile.
  @inline(__always)
  fileprivate mutating func bounded(_ limit: Int, _ names: OrderedNames) -> BoundedCounts {
    isEmpty ? BoundedCounts() : withDistinct { BoundedCounts(reordering: &$0, limit: limit, names: names) }
  }
}

extension BoundedCounts {
  /// Keeps the most frequent of distinct values, ties by name, and counts the rest.
  ///
  /// The names' ranks order them, which costs less than the names.
  init(reordering counts: inout [CountList.Entry], limit: Int, names: OrderedNames) {
    guard !counts.isEmpty else {
      self.init()
      return
    }
    var omitted = (values: 0, observations: 0)
    if counts.count > limit {
      counts.sort {
        $0.count != $1.count ? $0.count > $1.count : names.ranks[$0.value] < names.ranks[$1.value]
      }
      omitted = (counts.count - limit, counts[limit...].reduce(0) { $0 + $1.count })
      counts.removeLast(omitted.values)
    }
    counts.sortShort { names.ranks[$0.value] < names.ranks[$1.value] }
    self.init(
      NamedCounts(sorted: counts.map { (key: names[$0.value], value: $0.count) }),
      omittedValues: omitted.values, omittedObservations: omitted.observations)
  }
}
