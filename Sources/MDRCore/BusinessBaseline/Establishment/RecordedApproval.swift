/// A signature under one exact tuple, as a file of approvals holds it.
package struct RecordedApproval: Equatable, Sendable {
  package var key: LaneKey
  package var approval: Approval

  package init(key: LaneKey, approval: Approval) {
    self.key = key
    self.approval = approval
  }
}

extension Baseline {
  /// Puts valid signatures under their lanes; those that expired or fit no lane become caveats.
  ///
  /// Expiry is judged at the cut-off, so that the same files always give the same baseline.
  mutating func apply(_ approvals: [RecordedApproval]) {
    let moment = window.cutOff ?? window.end
    var positions: [LaneKey: Int] = [:]
    if !approvals.isEmpty { for (index, lane) in lanes.enumerated() { positions[lane.key] = index } }
    for recorded in approvals.sorted(by: { ($0.key, $0.approval.expires) < ($1.key, $1.approval.expires) }) {
      let key = recorded.key
      let tuple = [key.account, key.actor, key.event, key.source, key.region].joined(separator: " ")
      if recorded.approval.expires <= moment {
        caveats.append(
          "the approval \(recorded.approval.ticket) of \(tuple) expired on \(recorded.approval.expires.date)"
            + " and does not count")
      } else if let position = positions[key] {
        lanes[position].change { _, rare in rare.approval = recorded.approval }
      } else {
        caveats.append("the approval \(recorded.approval.ticket) of \(tuple) fits no lane and does not count")
      }
    }
  }
}
