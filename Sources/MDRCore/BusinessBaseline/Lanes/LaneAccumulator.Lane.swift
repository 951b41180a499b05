extension LaneAccumulator {
  /// The lane that the collected observations make.
  func lane(_ key: LaneKey, judgedBy establishment: Establishment, names: StringTable) -> Lane {
    let hours = slots.sorted()
    let successHours = successSlots?.sorted() ?? hours
    let overrideHours = overrides.mapValues { $0.slots.sorted() }
    let established = overrideHours.filter { establishment.criticalOutcomeRecurs(slots: $0.value) }.keys
    let nature = natures.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    let limit = establishment.thresholds.listedValues
    return Lane(
      key: key,
      counts: [.success: successes, .denied: denials, .failed: failures].filter { $0.value > 0 },
      firstSeen: first, lastSeen: last, days: HourSlot.days(of: hours),
      hours: Set(hours.map(\.hourOfDay)).sorted(), sessions: sessions.count,
      cadence: Cadence(
        slots: successHours.isEmpty ? hours : successHours, thresholds: establishment.thresholds),
      standing: standing(
        hours: hours, successHours: successHours, establishedOverrides: established,
        establishment: establishment),
      family: nature?.family ?? .other, risk: nature?.risk ?? .operationalChange,
      archetype: nature?.archetype ?? .unknown, sourceKind: nature?.sourceKind ?? .unknown,
      overrides: overrides.mapValues(\.count),
      establishedOverrides: OverrideClass.allCases.filter(established.contains),
      userAgentFamilies: BoundedCounts(agents, limit: limit, names: names),
      resourcePatterns: BoundedCounts(resources, limit: limit, names: names),
      targets: BoundedCounts(targets, limit: limit, names: names),
      people: BoundedCounts(people, limit: limit, names: names), approval: nil)
  }

  private func standing(
    hours: [HourSlot], successHours: [HourSlot], establishedOverrides: some Collection<OverrideClass>,
    establishment: Establishment
  ) -> LaneStanding {
    let total = successes + denials + failures
    // A lane that is mostly critical outcomes is judged as one.
    let isCritical = overrides.values.contains { $0.count * 2 >= total }
    if isCritical, establishedOverrides.isEmpty { return .observed }
    if establishment.recurs(days: HourSlot.days(of: successHours), sessionDays: sessions.days) {
      return .established
    }
    return establishment.recurs(days: HourSlot.days(of: hours), sessionDays: sessions.days)
      ? .attempted : .observed
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
