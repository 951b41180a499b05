extension LaneAccumulator {
  /// The lane that the collected observations make.
  func lane(
    _ key: LaneKey, judgedBy establishment: Establishment, names: StringTable,
    keeping patterns: ResourcePattern
  ) -> Lane {
    let hours = seen.sorted()
    let successHours = seen.sortedSuccesses()
    let sessions = sessions.tally
    let nature = nature
    let archetype = nature?.archetype ?? .unknown
    let succeeding = overrides.mapValues {
      establishment.criticalOutcomeRecurrence(slots: $0.seen.sortedSuccesses(), of: archetype)
    }
    let established = OverrideClass.allCases.filter { succeeding[$0, default: .none] > .none }
    let attempted = OverrideClass.allCases.filter { overrideClass in
      overrides[overrideClass].map {
        establishment.criticalOutcomeRecurrence(slots: $0.seen.sorted(), of: archetype) > .none
      } ?? false
    }
    let usual = recurrence(of: ordinary?.sortedSuccesses() ?? successHours, sessions.days, establishment)
    let limit = establishment.thresholds.listedValues
    return Lane(
      LaneFacts(
        key: key,
        counts: OutcomeCounts(success: successes, denied: denials, failed: failures),
        firstSeen: first, lastSeen: last, days: HourSlot.days(of: hours),
        hours: HourSlot.hoursOfDay(of: hours), sessions: sessions.count,
        cadence: Cadence(
          slots: successHours.isEmpty ? hours : successHours, thresholds: establishment.thresholds),
        standing: standing(usual, established, attempted, sessions.days, establishment),
        family: nature?.family ?? .other, risk: nature?.risk ?? .operationalChange,
        archetype: archetype, sourceKind: nature?.sourceKind ?? .unknown,
        overrides: overrides.mapValues(\.count), establishedOverrides: established,
        attemptedOverrides: attempted,
        userAgentFamilies: BoundedCounts(agents, limit: limit, names: names),
        resourcePatterns: BoundedCounts(
          learningFrom: resources, limit: limit, names: names, keeping: patterns),
        targets: BoundedCounts(targets, limit: limit, names: names),
        people: BoundedCounts(people, limit: limit, names: names), approval: nil,
        hangsOnOneDay: usual == .hanging && established.isEmpty || succeeding.values.contains(.hanging)))
  }

  /// Ordinary calls and critical outcomes are judged apart: neither makes the other usual, nor less so.
  private func standing(
    _ usual: Recurrence, _ established: [OverrideClass], _ attempted: [OverrideClass],
    _ sessionDays: [Int], _ establishment: Establishment
  ) -> LaneStanding {
    if !established.isEmpty || usual > .none { return .established }
    let isTried =
      !attempted.isEmpty
      || recurrence(of: (ordinary ?? seen).sorted(), sessionDays, establishment) > .none
    return isTried ? .attempted : .observed
  }

  private func recurrence(
    of slots: [HourSlot], _ sessionDays: [Int], _ establishment: Establishment
  ) -> Recurrence {
    establishment.recurrence(days: HourSlot.days(of: slots), sessionDays: sessionDays)
  }
}

extension BoundedCounts {
  /// Keeps the most frequent values, ties by name, and counts the rest.
  init(_ counts: CountList, limit: Int, names: StringTable) {
    self.init(counts.distinct.map { (key: names[$0.value], value: $0.count) }, limit: limit)
  }

  init(_ counts: [(key: String, value: Int)], limit: Int) {
    guard counts.count > limit else {
      self.init(NamedCounts(counts))
      return
    }
    let ranked = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    self.init(
      NamedCounts(ranked.prefix(limit)), omittedValues: ranked.count - limit,
      omittedObservations: ranked.dropFirst(limit).reduce(0) { $0 + $1.value })
  }
}
