extension LaneAccumulator {
  /// The lane that the collected observations make.
  func lane(_ key: LaneKey, judgedBy establishment: Establishment, names: StringTable) -> Lane {
    let hours = seen.sorted()
    let successHours = seen.sortedSuccesses()
    let established = classes { establishment.criticalOutcomeRecurs(slots: $0.sortedSuccesses()) }
    let attempted = classes { establishment.criticalOutcomeRecurs(slots: $0.sorted()) }
    let nature = natures.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    let limit = establishment.thresholds.listedValues
    return Lane(
      key: key,
      counts: [.success: successes, .denied: denials, .failed: failures].filter { $0.value > 0 },
      firstSeen: first, lastSeen: last, days: HourSlot.days(of: hours),
      hours: Set(hours.map(\.hourOfDay)).sorted(), sessions: sessions.count,
      cadence: Cadence(
        slots: successHours.isEmpty ? hours : successHours, thresholds: establishment.thresholds),
      standing: standing(established, attempted, establishment),
      family: nature?.family ?? .other, risk: nature?.risk ?? .operationalChange,
      archetype: nature?.archetype ?? .unknown, sourceKind: nature?.sourceKind ?? .unknown,
      overrides: overrides.mapValues(\.count), establishedOverrides: established,
      attemptedOverrides: attempted,
      userAgentFamilies: BoundedCounts(agents, limit: limit, names: names),
      resourcePatterns: BoundedCounts(resources, limit: limit, names: names),
      targets: BoundedCounts(targets, limit: limit, names: names),
      people: BoundedCounts(people, limit: limit, names: names), approval: nil)
  }

  private func classes(_ recurs: (SeenHours) -> Bool) -> [OverrideClass] {
    overrides.isEmpty ? [] : OverrideClass.allCases.filter { overrides[$0].map { recurs($0.seen) } ?? false }
  }

  /// Ordinary calls and critical outcomes are judged apart: neither makes the other usual, nor less so.
  private func standing(
    _ established: [OverrideClass], _ attempted: [OverrideClass], _ establishment: Establishment
  ) -> LaneStanding {
    let ordinary = ordinary ?? seen
    func recurs(_ slots: [HourSlot]) -> Bool {
      establishment.recurs(days: HourSlot.days(of: slots), sessionDays: sessions.days)
    }
    if !established.isEmpty || recurs(ordinary.sortedSuccesses()) { return .established }
    return !attempted.isEmpty || recurs(ordinary.sorted()) ? .attempted : .observed
  }
}

extension BoundedCounts {
  /// Keeps the most frequent values, ties by name, and counts the rest.
  init(_ counts: [UInt32: Int], limit: Int, names: StringTable) {
    guard counts.count > limit else {
      self.init(
        Dictionary(counts.map { (names[$0.key], $0.value) }, uniquingKeysWith: +))
      return
    }
    let ranked = counts.map { (name: names[$0.key], count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    self.init(
      Dictionary(ranked.prefix(limit).map { ($0.name, $0.count) }, uniquingKeysWith: +),
      omittedValues: ranked.count - limit,
      omittedObservations: ranked.dropFirst(limit).reduce(0) { $0 + $1.count })
  }
}
