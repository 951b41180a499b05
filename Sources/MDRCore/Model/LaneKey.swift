/// The tuple of a lane: how this business does one thing.
package struct LaneKey: Hashable, Comparable, Sendable {
  /// The account that the call was made in, by its twelve digits.
  package var account: String
  /// Such as `role:build-server`.
  package var actor: String
  /// Service and event name, such as `iam.amazonaws.com:CreateRole`.
  package var event: String
  /// Such as `svc:ec2.amazonaws.com`, `owned:nat` or `ip:192.0.2.0/24`.
  package var source: String
  /// Such as `us-east-1`, or `global` for services that have none.
  package var region: String

  package init(account: String, actor: String, event: String, source: String, region: String) {
    self.account = account
    self.actor = actor
    self.event = event
    self.source = source
    self.region = region
  }

  /// The tuple in one line, for messages.
  var words: String { [account, actor, event, source, region].joined(separator: " ") }

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
