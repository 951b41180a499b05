extension LaneAccumulator {
  /// The lane that the collected observations make; what was collected is sorted meanwhile.
  mutating func lane(
    _ key: LaneKey, judgedBy establishment: Establishment, names: StringTable, ranks: NameRanks,
    keeping patterns: ResourcePattern
  ) -> Lane {
    let hours = seen.sort()
    let successHours = seen.sortedSuccesses(of: hours)
    let days = HourSlot.days(of: hours)
    let sessions = sessions.tally()
    let nature = nature
    let archetype = nature?.archetype ?? .unknown
    let (succeeding, established, attempted) = criticalRecurrences(of: archetype, establishment)
    let usual = establishment.recurrence(
      days: ordinary.map { HourSlot.days(of: $0.sortedSuccesses()) }
        ?? (seen.differ ? HourSlot.days(of: successHours) : days),
      sessionDays: sessions.days)
    let limit = establishment.thresholds.listedValues
    return Lane(
      LaneFacts(
        key: key,
        counts: OutcomeCounts(success: successes, denied: denials, failed: failures),
        firstSeen: first, lastSeen: last, days: days,
        hours: HourSlot.hoursOfDay(of: hours), sessions: sessions.count,
        cadence: Cadence(
          slots: successHours.isEmpty ? hours : successHours, thresholds: establishment.thresholds),
        standing: standing(usual, established, attempted, days, sessions.days, establishment),
        family: nature?.family ?? .other, risk: nature?.risk ?? .operationalChange,
        archetype: archetype, sourceKind: nature?.sourceKind ?? .unknown,
        overrides: overrides.mapValues(\.count), establishedOverrides: established,
        attemptedOverrides: attempted,
        userAgentFamilies: BoundedCounts(agents.distinct(), limit: limit, names: names, ranks: ranks),
        resourcePatterns: BoundedCounts(
          learningFrom: resources.distinct(), limit: limit, names: names, ranks: ranks, keeping: patterns),
        targets: BoundedCounts(targets.distinct(), limit: limit, names: names, ranks: ranks),
        people: BoundedCounts(people.distinct(), limit: limit, names: names, ranks: ranks), approval: nil,
        hangsOnOneDay: usual == .hanging && established.isEmpty || succeeding.values.contains(.hanging)))
  }

  /// Ordinary calls and critical outcomes are judged apart: neither makes the other usual, nor less so.
  private func standing(
    _ usual: Recurrence, _ established: [OverrideClass], _ attempted: [OverrideClass],
    _ days: [Int], _ sessionDays: [Int], _ establishment: Establishment
  ) -> LaneStanding {
    if !established.isEmpty || usual > .none { return .established }
    guard attempted.isEmpty else { return .attempted }
    // Where every ordinary call succeeded, trying it is what was judged already.
    guard (ordinary ?? seen).differ else { return .observed }
    let tried = ordinary.map { HourSlot.days(of: $0.sorted()) } ?? days
    return establishment.recurrence(days: tried, sessionDays: sessionDays) > .none ? .attempted : .observed
  }

  /// How well each critical outcome recurs where it succeeded, and the classes that do, or whose attempts do.
  private func criticalRecurrences(
    of archetype: Archetype, _ establishment: Establishment
  ) -> (succeeding: [OverrideClass: Recurrence], established: [OverrideClass], attempted: [OverrideClass]) {
    guard !overrides.isEmpty else { return ([:], [], []) }
    let succeeding = overrides.mapValues {
      establishment.criticalOutcomeRecurrence(slots: $0.seen.sortedSuccesses(), of: archetype)
    }
    let established = OverrideClass.allCases.filter { succeeding[$0, default: .none] > .none }
    let attempted = OverrideClass.allCases.filter { overrideClass in
      overrides[overrideClass].map {
        establishment.criticalOutcomeRecurrence(slots: $0.seen.sorted(), of: archetype) > .none
      } ?? false
    }
    return (succeeding, established, attempted)
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
    var listed = counts
    var rest = counts[..<0]
    if counts.count > limit {
      listed.sort { ($1.count, ranks[$0.value]) < ($0.count, ranks[$1.value]) }
      rest = listed[limit...]
      listed.removeLast(rest.count)
    }
    if listed.count > 1 { listed.sort { ranks[$0.value] < ranks[$1.value] } }
    self.init(
      NamedCounts(sorted: listed.map { (key: names[$0.value], value: $0.count) }),
      omittedValues: rest.count, omittedObservations: rest.reduce(0) { $0 + $1.count })
  }
}
