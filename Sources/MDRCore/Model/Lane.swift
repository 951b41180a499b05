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

/// What was seen in one lane up to the cut-off.
package struct Lane: Equatable, Sendable {
  package var key: LaneKey
  package var counts: [Outcome: Int]
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  /// Days with at least one observation, counted from 1970-01-01, sorted.
  package var days: [Int]
  package var sessions: Int
  package var family: BusinessFamily
  package var risk: BusinessRisk
  package var archetype: Archetype
  package var overrides: [OverrideClass: Int]
  package var userAgentFamilies: [String: Int]
  package var resourcePatterns: [String: Int]
  package var targets: [String: Int]
  package var people: [String: Int]
  package var approval: Approval?

  /// All observations, whatever their outcome.
  package var count: Int { counts.values.reduce(0, +) }
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
