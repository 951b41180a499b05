/// Makes lanes of what was collected, one after the other on one thread, in room that it keeps.
struct LaneFinisher {
  let establishment: Establishment
  let names: NamesView
  private var learner: TemplateLearner
  /// The days of the lane that was made last.
  private(set) var days: [Int] = []

  /// Crown jewels and the like keep their names as `patterns` tells.
  init(judgedBy establishment: Establishment, names: NamesView, keeping patterns: ResourcePattern) {
    self.establishment = establishment
    self.names = names
    learner = TemplateLearner(patterns: patterns)
  }

  /// Adds the lane that the collected observations make; what was collected is sorted meanwhile.
  ///
  /// - Returns: the lane's record, but for its days and lists.
  mutating func add(
    _ key: LaneNumbers, of lane: inout LaneAccumulator, to builder: inout LaneChunk.Builder
  ) -> LaneRecord {
    let hours = lane.seen.sort()
    let successHours = lane.seen.sortedSuccesses(of: hours)
    HourSlot.put(daysOf: hours, in: &days)
    let sessions = lane.sessions.tally(before: establishment.quarantineStart)
    let nature = lane.nature
    let archetype = nature?.archetype ?? .unknown
    let (hangs, established, attempted) = criticalRecurrences(of: lane, archetype)
    let usual = establishment.recurrence(
      days: lane.ordinary.map { HourSlot.days(of: $0.sortedSuccesses()) }
        ?? (lane.seen.differ ? HourSlot.days(of: successHours) : days),
      settledSessions: sessions.settled)
    let cadence = Cadence(
      slots: successHours.isEmpty ? hours : successHours, thresholds: establishment.thresholds)

    var record = LaneRecord(key, startingAt: builder.words.count)
    record.counts = OutcomeCounts(success: lane.successes, denied: lane.denials, failed: lane.failures)
    (record.firstSeen, record.lastSeen) = (lane.first, lane.last)
    record.hours = HourSlot.hoursOfDay(of: hours)
    record.sessions = sessions.count
    record.standing = standing(of: lane, usual, established, attempted, sessions.settled)
    record.family = nature?.family ?? .other
    record.risk = nature?.risk ?? .operationalChange
    record.archetype = archetype
    record.sourceKind = nature?.sourceKind ?? .unknown
    record.hangsOnOneDay = usual == .hanging && established.isEmpty || hangs
    record.hasCadence = cadence != nil
    record.overrides = OverrideClasses(lane.overrides.lazy.map(\.overrideClass))
    record.establishedOverrides = established
    record.attemptedOverrides = attempted
    var rarities = LaneRarities(cadence: cadence)
    if !lane.overrides.isEmpty {
      rarities.overrides = Dictionary(
        uniqueKeysWithValues: lane.overrides.map { ($0.overrideClass, $0.count) })
    }
    builder.words.append(days: days)
    record.setDayCount(days.count)
    add(&lane.agents, .userAgentFamilies, &record, &rarities, to: &builder)
    add(&lane.resources, .resourcePatterns, &record, &rarities, to: &builder)
    add(&lane.targets, .targets, &record, &rarities, to: &builder)
    add(&lane.people, .people, &record, &rarities, to: &builder)
    builder.add(record, rarities.isEmpty ? nil : rarities)
    return record
  }

  /// Adds the most frequent of distinct names, ties by name, with a count of the rest; the list is reordered meanwhile.
  ///
  /// Names of resources that are built alike become one template where there are more than are listed.
  @inline(__always)
  private mutating func add(
    _ counted: inout CountList, _ list: LaneRecord.List, _ record: inout LaneRecord,
    _ rarities: inout LaneRarities, to builder: inout LaneChunk.Builder
  ) {
    guard !counted.isEmpty else { return }
    let limit = establishment.thresholds.listedValues
    counted.withDistinct { counts in
      if counts.count > limit {
        let added =
          list == .resourcePatterns
          ? learner.add(counts, limit: limit, names: names, to: &builder)
          : Self.add(theMostOf: &counts, limit: limit, names: names, to: &builder)
        record.setLength(added.listed, of: list)
        rarities.omit(added.omitted, from: list)
      } else {
        counts.sortShort { names.rank($0.value) < names.rank($1.value) }
        builder.words.append(entries: counts)
        record.setLength(counts.count, of: list)
      }
    }
  }

  /// Adds the most frequent of more names than are listed.
  ///
  /// The names' ranks order them, which costs less than the names.
  private static func add(
    theMostOf counts: inout [CountList.Entry], limit: Int, names: NamesView,
    to builder: inout LaneChunk.Builder
  ) -> (listed: Int, omitted: LaneRarities.Omitted) {
    var listed = counts.first(limit) {
      $0.count != $1.count ? $0.count > $1.count : names.rank($0.value) < names.rank($1.value)
    }
    let omitted = listed.reduce(counts.reduce(0) { $0 + $1.count }) { $0 - $1.count }
    listed.sort { names.rank($0.value) < names.rank($1.value) }
    builder.words.append(entries: listed)
    return (listed.count, .init(values: counts.count - listed.count, observations: omitted))
  }

  /// Ordinary calls and critical outcomes are judged apart: neither makes the other usual, nor less so.
  private func standing(
    of lane: LaneAccumulator, _ usual: Recurrence, _ established: OverrideClasses,
    _ attempted: OverrideClasses, _ settledSessions: Int
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
  ) -> (hangs: Bool, established: OverrideClasses, attempted: OverrideClasses) {
    let none = OverrideClasses(bits: 0)
    var result = (hangs: false, established: none, attempted: none)
    guard !lane.overrides.isEmpty else { return result }
    for share in lane.overrides {
      let overrideClass = share.overrideClass
      let succeeding = establishment.criticalOutcomeRecurrence(
        slots: share.seen.sortedSuccesses(), of: archetype)
      let tried =
        share.seen.differ
        ? establishment.criticalOutcomeRecurrence(slots: share.seen.sorted(), of: archetype) : succeeding
      if succeeding > .none { result.established.insert(overrideClass) }
      if tried > .none { result.attempted.insert(overrideClass) }
      if succeeding == .hanging { result.hangs = true }
    }
    return result
  }
}
