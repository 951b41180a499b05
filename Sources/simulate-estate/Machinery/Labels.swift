import MDRCore

/// The truth about one operation of the review window, against which verdicts are counted.
struct Label: Sendable {
  let id: String
  let lane: Lane
  let account: Account
  let isStory: Bool
  let day: Int
  let eventIDs: [String]

  init(lane: Lane, account: Account, day: Int, isStory: Bool, eventIDs: [[UInt8]]) {
    self.lane = lane
    self.account = account
    self.isStory = isStory
    self.day = day
    self.eventIDs = eventIDs.map { String(decoding: $0, as: UTF8.self) }
    let kind = isStory ? "story" : "usual"
    id = "\(kind)/\(lane.name)/\(account.name)/\(Timestamp.startOfDay(day).date)"
  }

  /// Where an account is young, usual business may also be "not enough seen yet".
  private var acceptedPositions: [String] {
    let expected = lane.judgement.position
    let isThin = !isStory && account.openedDaysAgo != nil && expected != .unknown
    return [expected.rawValue] + (isThin ? [Judgement.Position.unknown.rawValue] : [])
  }

  var json: JSONValue {
    let judgement = lane.judgement
    return .object([
      "label_id": .string(id),
      "kind": .string(isStory ? "injected" : "business_as_usual"),
      "lane": .string(lane.name),
      "account_id": .string(account.id),
      "account_name": .string(account.name),
      "date": .string(Timestamp.startOfDay(day).date),
      "story": .string(judgement.story ?? "Business as usual: \(lane.name)."),
      "event_names": JSONValue(lane.calls.map(\.name)),
      "event_ids": JSONValue(eventIDs),
      "expected_position": .string(judgement.position.rawValue),
      "accepted_positions": JSONValue(acceptedPositions),
      "expected_severity": JSONValue(judgement.severities),
      "expected_new_dimensions": JSONValue(judgement.newDimensions),
      "business_risk": JSONValue(judgement.risk),
    ])
  }
}
