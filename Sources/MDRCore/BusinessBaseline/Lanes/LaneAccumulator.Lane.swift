extension LaneAccumulator {
  /// The lane that the collected observations make; what was collected is sorted meanwhile.
  mutating func lane(
    _ key: LaneKey, judgedBy establishment: Establishment, names: StringTable, ranks: NameRanks,
    keeping patterns: ResourcePattern
  ) -> Lane {
    let hours = seen.sort()
    let successHours = seen.sortedSuccesses(of: hours)
    let days = HourSlot.days(of: hours)
    let sessions = sessions.tally(before: establishment.quarantineStart)
    let nature = nature
    let archetype = nature?.archetype ?? .unknown
    let (hangs, established, attempted) = criticalRecurrences(of: archetype, establishment)
    let usual = establishment.recurrence(
      days: ordinary.map { HourSlot.days(of: $0.sortedSuccesses()) }
        ?? (seen.differ ? HourSlot.days(of: successHours) : days),
      settledSessions: sessions.settled)
    let limit = establishment.thresholds.listedValues
    return Lane(
      LaneFacts(
        key: key,
        counts: OutcomeCounts(success: successes, denied: denials, failed: failures),
        firstSeen: first, lastSeen: last, days: days,
        hours: HourSlot.hoursOfDay(of: hours), sessions: sessions.count,
        cadence: Cadence(
          slots: successHours.isEmpty ? hours : successHours, thresholds: establishment.thresholds),
        standing: standing(usual, established, attempted, days, sessions.settled, establishment),
        family: nature?.family ?? .other, risk: nature?.risk ?? .operationalChange,
        archetype: archetype, sourceKind: nature?.sourceKind ?? .unknown,
        overrides: overrides.isEmpty
          ? [:] : Dictionary(uniqueKeysWithValues: overrides.map { ($0.overrideClass, $0.count) }),
        establishedOverrides: established,
        attemptedOverrides: attempted,
        userAgentFamilies: BoundedCounts(agents.distinct(), limit: limit, names: names, ranks: ranks),
        resourcePatterns: BoundedCounts(
          learningFrom: resources.distinct(), limit: limit, names: names, ranks: ranks, keeping: patterns),
        targets: BoundedCounts(targets.distinct(), limit: limit, names: names, ranks: ranks),
        people: BoundedCounts(people.distinct(), limit: limit, names: names, ranks: ranks), approval: nil,
        hangsOnOneDay: usual == .hanging && established.isEmpty || hangs))
  }

  /// Ordinary calls and critical outcomes are judged apart: neither makes the other usual, nor less so.
  private func standing(
    _ usual: Recurrence, _ established: [OverrideClass], _ attempted: [OverrideClass],
    _ days: [Int], _ settledSessions: Int, _ establishment: Establishment
  ) -> LaneStanding {
    if !established.isEmpty || usual > .none { return .established }
    guard attempted.isEmpty else { return .attempted }
    // Where every ordinary call succeeded, trying it is what was judged already.
    guard (ordinary ?? seen).differ else { return .observed }
    let tried = ordinary.map { HourSlot.days(of: $0.sorted()) } ?? days
    return establishment.recurrence(days: tried, settledSessions: settledSessions) > .none
      ? .attempted : .observed
  }

  /// The classes of critical outcomes that recur where they succeeded, or whose attempts do, and whether one of the
  /// former hangs on each of its days.
  private func criticalRecurrences(
    of archetype: Archetype, _ establishment: Establishment
  ) -> (hangs: Bool, established: [OverrideClass], attempted: [OverrideClass]) {
    var result: (hangs: Bool, established: [OverrideClass], attempted: [OverrideClass]) = (false, [], [])
    guard !overrides.isEmpty else { return result }
    for overrideClass in OverrideClass.allCases {
      guard let share = overrides.first(where: { $0.overrideClass == overrideClass }) else { continue }
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

extension BoundedCounts {
  /// Keeps the most frequent of distinct values, ties by name, and counts the rest.
  ///
  /// The names' ranks order them, which costs less than the names.
  init(_ counts: [CountList.Entry], limit: Int, names: StringTable, ranks: NameRanks) {
    guard !counts.isEmpty else {
      self.init()
      return
    }
    guard counts.count > 1 else {
      self.init(NamedCounts(sorted: counts.map { (key: names[$0.value], value: $0.count) }))
      return
    }
    var listed = counts
    var rest = counts[..<0]
    if counts.count > limit {
      listed.sort { ($1.count, ranks[$0.value]) < ($0.count, ranks[$1.value]) }
      rest = listed[limit...]
      listed.removeLast(rest.count)
    }
    listed.sortShort { ranks[$0.value] < ranks[$1.value] }
    self.init(
      NamedCounts(sorted: listed.map { (key: names[$0.value], value: $0.count) }),
      omittedValues: rest.count, omittedObservations: rest.reduce(0) { $0 + $1.count })
  }
}
