/// A question that the review's own events answer, with the events or with their absence.
package enum ReviewQuestion: String, Sendable, CaseIterable {
  /// The finding's own calls.
  case own
  /// Calls of the same principal in the day before.
  case principalBefore = "principal-before"
  /// Calls of the same principal in the day after.
  case principalAfter = "principal-after"
  /// Changes by the same principal in the day after.
  case changesAfter = "changes-after"
  /// Changes of networks and perimeters by the same principal in the day after.
  case networkChangesAfter = "network-changes-after"
  /// Everything else that root of the account did in the review.
  case rootOtherwise = "root-otherwise"
  /// Calls signed with an access key that was created.
  case keyUse = "key-use"
  /// Calls of a user or role that was created or changed.
  case newIdentityUse = "new-identity-use"
  /// Calls that undo it on the same resource.
  case undone
  /// The same call by the same actor in other accounts, within a day.
  case elsewhere
  /// Calls of other principals from the same source, within a day.
  case sameSource = "same-source"
  /// Workloads that anybody created in the account, from a day before up to its last call.
  case workloadsBefore = "workloads-before"
  /// AWS services that anybody enabled in the account, from a day before up to its last call.
  case servicesEnabledBefore = "services-enabled-before"

  /// How far a question looks around an operation, in seconds.
  static let reach = 86_400

  /// The name for people.
  package var title: String {
    switch self {
    case .own: "The finding's own calls"
    case .principalBefore: "What the same principal did in the 24 h before"
    case .principalAfter: "What the same principal did in the 24 h after"
    case .changesAfter: "Whether a change by the same principal followed within 24 h"
    case .networkChangesAfter: "Whether a network change by the same principal followed within 24 h"
    case .rootOtherwise: "What else root did"
    case .keyUse: "Whether, when and where from the new key was used"
    case .newIdentityUse: "Whether the new or changed identity was used"
    case .undone: "Whether it was undone"
    case .elsewhere: "Whether the same actor did the same in other accounts"
    case .sameSource: "Who else called from the same source"
    case .workloadsBefore: "Whether a workload was created in the account in the 24 h before"
    case .servicesEnabledBefore: "Whether a service was enabled in the account in the 24 h before"
    }
  }

  /// Whether it asks what came before, after or near the finding, which only a time tells.
  var needsTime: Bool { ![.own, .rootOtherwise, .keyUse].contains(self) }

  /// The moments between which a question looks; open ends reach as far as the logs.
  func window(of finding: Finding) -> (from: Timestamp?, to: Timestamp?) {
    guard finding.firstSeen.isKnown else { return (nil, nil) }
    return switch self {
    case .own: (finding.firstSeen, finding.lastSeen)
    case .principalBefore: (finding.firstSeen.adding(-Self.reach), finding.firstSeen)
    case .workloadsBefore, .servicesEnabledBefore: (finding.firstSeen.adding(-Self.reach), finding.lastSeen)
    case .principalAfter, .changesAfter, .networkChangesAfter:
      (finding.firstSeen, finding.lastSeen.adding(Self.reach))
    case .rootOtherwise: (nil, nil)
    case .keyUse, .newIdentityUse, .undone: (finding.firstSeen, nil)
    case .elsewhere, .sameSource:
      (finding.firstSeen.adding(-Self.reach), finding.lastSeen.adding(Self.reach))
    }
  }
}
