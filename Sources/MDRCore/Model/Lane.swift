/// What was seen in one lane up to the cut-off.
///
/// A lane is a place in a chunk of them: copying and sorting lanes costs no more than sorting numbers. Threads may share
/// it, because nothing changes a chunk once it is made.
package struct Lane: Equatable, @unchecked Sendable {
  /// What holds the record's memory.
  let chunk: LaneChunk
  /// Good for as long as the chunk lives.
  let record: UnsafePointer<LaneRecord>

  /// The lane whose record lies in a chunk.
  init(_ chunk: LaneChunk, _ record: UnsafePointer<LaneRecord>) {
    self.chunk = chunk
    self.record = record
  }

  package init(_ facts: LaneFacts) {
    var builder = LaneChunk.Builder()
    builder.add(facts)
    self = LaneChunk(builder).lane(0)
  }

  @inline(__always)
  private func of<Value>(_ member: (LaneRecord) -> Value) -> Value {
    withExtendedLifetime(chunk) { member(record.pointee) }
  }

  /// The lane's tuple.
  package var key: LaneKey {
    let key = of { $0.key }
    return LaneKey(
      account: chunk.text(key.account), actor: chunk.text(key.actor), event: chunk.text(key.event),
      source: chunk.text(key.source), region: chunk.text(key.region))
  }

  /// All observations, whatever their outcome.
  package var count: Int { of { $0.counts.total } }
  package var counts: OutcomeCounts { of { $0.counts } }
  package var firstSeen: Timestamp { of { $0.firstSeen } }
  package var lastSeen: Timestamp { of { $0.lastSeen } }
  /// Days with at least one observation, counted from 1970-01-01, sorted.
  package var days: [Int] { of { Array($0.days) } }
  /// Hours of the day, in UTC, with at least one observation.
  package var hours: HoursOfDay { of { $0.hours } }
  /// Distinct sessions; a day counts as one where the log names none.
  package var sessions: Int { of { $0.sessions } }
  package var cadence: Cadence? { of { chunk.cadence(of: $0) } }
  /// What the days and sessions amount to, by the thresholds of the baseline.
  package var standing: LaneStanding { of { $0.standing } }
  package var family: BusinessFamily { of { $0.family } }
  package var risk: BusinessRisk { of { $0.risk } }
  package var archetype: Archetype { of { $0.archetype } }
  package var sourceKind: SourceKind { of { $0.sourceKind } }
  /// Observations that are critical outcomes, by class.
  package var overrides: [OverrideClass: Int] { of { chunk.overrides(of: $0) } }
  /// The classes whose outcomes recur here enough to be established by themselves, in the taxonomy's order.
  package var establishedOverrides: [OverrideClass] { of { Array($0.establishedOverrides) } }
  /// The same with refused and failed attempts counted in: what vouches for an attempt.
  package var attemptedOverrides: [OverrideClass] { of { Array($0.attemptedOverrides) } }
  package var userAgentFamilies: BoundedCounts { of { chunk.counts(.userAgentFamilies, of: $0) } }
  package var resourcePatterns: BoundedCounts { of { chunk.counts(.resourcePatterns, of: $0) } }
  package var targets: BoundedCounts { of { chunk.counts(.targets, of: $0) } }
  package var people: BoundedCounts { of { chunk.counts(.people, of: $0) } }
  /// Whether the log names anybody behind the lane's actor.
  var namesPeople: Bool { of { !$0.entries(.people).isEmpty } }
  package var approval: Approval? { of { chunk.approval(of: $0) } }
  /// Established by no more than what is asked for: with any one day less it would not be.
  package var hangsOnOneDay: Bool { of { $0.hangsOnOneDay } }
  /// The number of other accounts on whose lanes this one stands: the same lane is established there; 0 if it stands
  /// by itself.
  package var peerAccounts: Int { of { $0.peerAccounts } }

  /// Changes what the lane holds, but for its names, days and lists; its copies keep what they had.
  mutating func change(_ body: (inout LaneRecord, inout LaneRarities) -> Void) {
    var builder = LaneChunk.Builder(sharing: chunk.shared)
    builder.add(self, body)
    self = LaneChunk(builder).lane(0)
  }

  /// Everything that the lane holds.
  private var facts: LaneFacts {
    LaneFacts(
      key: key, counts: counts, firstSeen: firstSeen, lastSeen: lastSeen, days: days, hours: hours,
      sessions: sessions, cadence: cadence, standing: standing, family: family, risk: risk,
      archetype: archetype, sourceKind: sourceKind, overrides: overrides,
      establishedOverrides: establishedOverrides, attemptedOverrides: attemptedOverrides,
      userAgentFamilies: userAgentFamilies, resourcePatterns: resourcePatterns, targets: targets,
      people: people, approval: approval, hangsOnOneDay: hangsOnOneDay, peerAccounts: peerAccounts)
  }

  package static func == (one: Lane, other: Lane) -> Bool {
    one.record == other.record || one.facts == other.facts
  }
}

extension Lane {
  /// Whether another lane is of the same actor in the same account.
  func isOfActor(of other: Lane) -> Bool {
    let (one, two) = (of { $0.key }, other.of { $0.key })
    // Numbers are the same names' in one chunk, and where both are shared.
    if chunk === other.chunk
      || chunk.shared === other.chunk.shared
        && max(one.actor, one.account, two.actor, two.account) < LaneChunk.ownMark
    {
      return one.actor == two.actor && one.account == two.account
    }
    return chunk.text(one.actor) == other.chunk.text(two.actor)
      && chunk.text(one.account) == other.chunk.text(two.account)
  }
}

extension ArraySlice<Lane> {
  /// Calls `body` with each chunk that lanes are of, and with the positions of those next to each other.
  @inline(__always)
  func forEachChunk(_ body: (LaneChunk, Range<Int>) -> Void) {
    var start = startIndex
    while start < endIndex {
      let chunk = self[start].chunk
      var end = start + 1
      while end < endIndex, self[end].chunk === chunk { end += 1 }
      body(chunk, start..<end)
      start = end
    }
  }

  /// Calls `body` with each lane's record and chunk, without counting a reference for each.
  @inline(__always)
  func forEachRecord(_ body: (_ position: Int, borrowing LaneRecord, LaneChunk) -> Void) {
    withUnsafeBufferPointer { lanes in
      forEachChunk { chunk, positions in
        for position in positions { body(position, lanes[position - startIndex].record.pointee, chunk) }
      }
    }
  }
}
