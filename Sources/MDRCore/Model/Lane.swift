/// The tuple of a lane: how this business does one thing.
package struct LaneKey: Hashable, Comparable, Sendable {
  package var account: String
  package var actor: String
  /// Service and event name, such as `iam.amazonaws.com:CreateRole`.
  package var event: String
  package var source: String
  package var region: String

  package init(account: String, actor: String, event: String, source: String, region: String) {
    self.account = account
    self.actor = actor
    self.event = event
    self.source = source
    self.region = region
  }

  package static func < (one: LaneKey, other: LaneKey) -> Bool {
    (one.account, one.actor, one.event, one.source, one.region)
      < (other.account, other.actor, other.event, other.source, other.region)
  }
}

extension Observation {
  /// The lane that the observation falls in.
  package var laneKey: LaneKey {
    LaneKey(account: accountID, actor: actor, event: event, source: source, region: region)
  }
}

/// What was seen in one lane up to the cut-off.
///
/// A lane holds many names and lists. Its copies share them, so that sorting lanes costs no more than sorting numbers.
package struct Lane: Equatable, Sendable {
  private final class Shared: Sendable {
    let facts: LaneFacts

    init(_ facts: consuming LaneFacts) { self.facts = facts }
  }

  private var shared: Shared
  /// All observations, whatever their outcome.
  package let count: Int

  package init(_ facts: consuming LaneFacts) {
    count = facts.counts.total
    shared = Shared(facts)
  }

  /// The lane's tuple.
  package var key: LaneKey { shared.facts.key }
  package var counts: OutcomeCounts { shared.facts.counts }
  package var firstSeen: Timestamp { shared.facts.firstSeen }
  package var lastSeen: Timestamp { shared.facts.lastSeen }
  /// Days with at least one observation, counted from 1970-01-01, sorted.
  package var days: [Int] { shared.facts.days }
  /// Hours of the day, in UTC, with at least one observation.
  package var hours: HoursOfDay { shared.facts.hours }
  /// Distinct sessions; a day counts as one where the log names none.
  package var sessions: Int { shared.facts.sessions }
  package var cadence: Cadence? { shared.facts.cadence }
  /// What the days and sessions amount to, by the thresholds of the baseline.
  package var standing: LaneStanding { shared.facts.standing }
  package var family: BusinessFamily { shared.facts.family }
  package var risk: BusinessRisk { shared.facts.risk }
  package var archetype: Archetype { shared.facts.archetype }
  package var sourceKind: SourceKind { shared.facts.sourceKind }
  /// Observations that are critical outcomes, by class.
  package var overrides: [OverrideClass: Int] { shared.facts.overrides }
  /// The classes whose outcomes recur here enough to be established by themselves, in the taxonomy's order.
  package var establishedOverrides: [OverrideClass] { shared.facts.establishedOverrides }
  /// The same with refused and failed attempts counted in: what vouches for an attempt.
  package var attemptedOverrides: [OverrideClass] { shared.facts.attemptedOverrides }
  package var userAgentFamilies: BoundedCounts { shared.facts.userAgentFamilies }
  package var resourcePatterns: BoundedCounts { shared.facts.resourcePatterns }
  package var targets: BoundedCounts { shared.facts.targets }
  package var people: BoundedCounts { shared.facts.people }
  package var approval: Approval? { shared.facts.approval }
  /// Established by no more than what is asked for: with any one day less it would not be.
  package var hangsOnOneDay: Bool { shared.facts.hangsOnOneDay }
  /// Other accounts in which the same lane is established, where it is those that this one stands on; else 0.
  package var peerAccounts: Int { shared.facts.peerAccounts }

  /// Changes what the lane holds; its copies keep what they had.
  package mutating func change(_ body: (inout LaneFacts) -> Void) {
    var facts = shared.facts
    body(&facts)
    self = Lane(facts)
  }

  package static func == (one: Lane, other: Lane) -> Bool {
    one.shared === other.shared || one.shared.facts == other.shared.facts
  }
}

/// What a lane holds.
package struct LaneFacts: Equatable, Sendable {
  package var key: LaneKey
  package var counts: OutcomeCounts
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  /// Days with at least one observation, counted from 1970-01-01, sorted.
  package var days: [Int]
  /// Hours of the day, in UTC, with at least one observation.
  package var hours: HoursOfDay
  /// Distinct sessions; a day counts as one where the log names none.
  package var sessions: Int
  package var cadence: Cadence?
  /// What the days and sessions amount to, by the thresholds of the baseline.
  package var standing: LaneStanding
  package var family: BusinessFamily
  package var risk: BusinessRisk
  package var archetype: Archetype
  package var sourceKind: SourceKind
  /// Observations that are critical outcomes, by class.
  package var overrides: [OverrideClass: Int]
  /// The classes whose outcomes recur here enough to be established by themselves, in the taxonomy's order.
  package var establishedOverrides: [OverrideClass]
  /// The same with refused and failed attempts counted in: what vouches for an attempt.
  package var attemptedOverrides: [OverrideClass]
  package var userAgentFamilies: BoundedCounts
  package var resourcePatterns: BoundedCounts
  package var targets: BoundedCounts
  package var people: BoundedCounts
  package var approval: Approval?
  /// Established by no more than what is asked for: with any one day less it would not be.
  package var hangsOnOneDay = false
  /// Other accounts in which the same lane is established, where it is those that this one stands on; else 0.
  package var peerAccounts = 0
}

/// What a lane's recurrence amounts to; none of these words means safe.
package enum LaneStanding: String, Sendable, CaseIterable {
  /// Seen, but on too few days, in too few sessions, too close together or too recently.
  case observed
  /// Recurs as refused or failed calls only: it vouches for further attempts, never for a success.
  case attempted
  /// Recurs over the window.
  case established
}

/// Observations by outcome.
package struct OutcomeCounts: Hashable, Sendable {
  package var success = 0
  package var denied = 0
  package var failed = 0

  package init(success: Int = 0, denied: Int = 0, failed: Int = 0) {
    self.success = success
    self.denied = denied
    self.failed = failed
  }

  /// All of them.
  package var total: Int { success + denied + failed }

  package subscript(outcome: Outcome) -> Int {
    switch outcome {
    case .success: success
    case .denied: denied
    case .failed: failed
    }
  }
}

/// How often something was seen, for the most frequent values, with what the rest add up to.
package struct BoundedCounts: Equatable, Sendable {
  package var counts: NamedCounts
  /// Values that aren't listed.
  package var omittedValues: Int
  /// Observations of the values that aren't listed.
  package var omittedObservations: Int

  package init(_ counts: NamedCounts = NamedCounts(), omittedValues: Int = 0, omittedObservations: Int = 0) {
    self.counts = counts
    self.omittedValues = omittedValues
    self.omittedObservations = omittedObservations
  }

  /// The values from the most frequent on, ties by name.
  package var ranked: [(value: String, count: Int)] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (value: $0.key, count: $0.value) }
  }
}

/// A person's signature under a lane.
package struct Approval: Equatable, Sendable {
  package var owner: String
  package var ticket: String
  package var reason: String
  package var expires: Timestamp

  package init(owner: String, ticket: String, reason: String, expires: Timestamp) {
    self.owner = owner
    self.ticket = ticket
    self.reason = reason
    self.expires = expires
  }
}
