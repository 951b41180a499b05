/// Writes a lane as its line of `lanes.jsonl`; keys are sorted.
struct LaneLine: ~Copyable {
  private let lane: LaneRecord
  private let names: LaneNameBytes
  private let rarities: LaneRarities
  /// The signature under the lane as JSON.
  private let approval: String?

  /// The line of a chunk's record, with the chunk's names; the chunk has to outlive it.
  @inline(__always)
  init(_ lane: LaneRecord, in chunk: LaneChunk, _ names: LaneNameBytes) {
    self.lane = lane
    self.names = names
    rarities = chunk.rarities(of: lane)
    approval = rarities.approval.map { $0.json.compactText }
  }

  /// Appends the line, without its line break.
  func append(to output: inout JSONOutput) {
    output.write(atMost: longest) { write(to: &$0) }
  }

  /// An upper bound for the line's bytes.
  private var longest: Int {
    let key = lane.key
    let names = longest(key.account) + longest(key.actor) + longest(key.event) + longest(key.source)
    // 4,096 bytes are more than twice what keys, numbers, times and case names take that stand there once.
    return LaneRecord.List.allCases.reduce(
      4_096 + (lane.days.count + 2 * OverrideClass.allCases.count) * 64 + names + longest(key.region)
        + (approval?.utf8.count ?? 0)
    ) { sum, list in
      lane.entries(list).reduce(sum) { $0 + longest($1.value) + DecimalDigits.longest + 2 }
    }
  }

  @inline(__always)
  private func longest(_ name: NameNumber) -> Int { JSONCursor.longest(names[name]) }

  private func write(to output: inout JSONCursor) {
    let key = lane.key
    output.write(#"{"account_id":"#, names[key.account])
    output.write(#","actor":"#, names[key.actor])
    if let approval { output.write(#","approval":"#, json: approval) }
    output.write(#","archetype":"#, lane.archetype.rawValue)
    output.write(#","attempted_overrides":"#, lane.attemptedOverrides)
    output.write(#","business_family":"#, lane.family.rawValue)
    output.write(#","business_risk":"#, lane.risk.rawValue)
    if let cadence = rarities.cadence { cadence.write(to: &output) }
    output.write(#","days":"#, days: lane.days)
    output.write(#","distinct_days":"#, lane.days.count)
    output.write(#","established_overrides":"#, lane.establishedOverrides)
    if lane.peerAccounts > 0 { output.write(#","established_with_accounts":"#, lane.peerAccounts) }
    output.write(#","event":"#, names[key.event])
    output.write(#","first_seen":"#, lane.firstSeen)
    if lane.hangsOnOneDay { output.write(#","hangs_on_one_day":true"#) }
    output.write(#","hours":"#, lane.hours)
    output.write(#","last_seen":"#, lane.lastSeen)
    output.write(#","observations":"#, lane.counts.total)
    output.write(#","outcomes":"#, lane.counts)
    output.write(#","overrides":"#, rarities.overrides)
    output.write(#","people":"#, list: .people, of: lane, names, rarities)
    output.write(#","region":"#, names[key.region])
    output.write(#","resource_patterns":"#, list: .resourcePatterns, of: lane, names, rarities)
    output.write(#","sessions":"#, lane.sessions)
    output.write(#","source":"#, names[key.source])
    output.write(#","source_kind":"#, lane.sourceKind.rawValue)
    output.write(#","standing":"#, lane.standing.rawValue)
    output.write(#","status":"#, approval == nil ? "observed" : "approved")
    output.write(#","targets":"#, list: .targets, of: lane, names, rarities)
    output.write(#","user_agent_families":"#, list: .userAgentFamilies, of: lane, names, rarities)
    output.write("}")
  }
}

extension Cadence {
  /// Writes the member of a lane's line.
  fileprivate func write(to output: inout JSONCursor) {
    output.write(#","cadence":{"jitter_hours":"#, jitterHours)
    output.write(#","missed":"#, missed)
    output.write(#","off_beat":"#, offBeat)
    output.write(#","period":"#, period.rawValue)
    output.write(#","runs":"#, runs)
    if let usualDay { output.write(#","usual_day":"#, usualDay) }
    if let usualHour { output.write(#","usual_hour":"#, usualHour) }
    output.write("}")
  }
}
