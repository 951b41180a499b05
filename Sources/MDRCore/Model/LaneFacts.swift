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
  /// The number of other accounts on whose lanes this one stands: the same lane is established there; 0 if it stands
  /// by itself.
  package var peerAccounts = 0
}

/// What a lane's recurrence amounts to; none of these words means safe.
package enum LaneStanding: String, BitwiseCopyable, Sendable, CaseIterable {
  /// Seen, but on too few days, in too few sessions, too close together or too recently.
  case observed
  /// Recurs as refused or failed calls only: it vouches for further attempts, never for a success.
  case attempted
  /// Recurs over the window.
  case established
}

/// Observations by outcome.
package struct OutcomeCounts: Hashable, BitwiseCopyable, Sendable {
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
