/// What a closed finding becomes, so that nobody has to close it every month.
enum Lesson: Equatable, Sendable {
  /// Signed tuples, which business-baseline reads as approvals.
  case exception(Approval)
  /// A control that somebody improves.
  case control(owner: String, text: String)
  /// A detection that somebody writes or mends.
  case detection(owner: String, text: String)

  /// An exception ends within this many days.
  static let longestException = 366

  /// Reads the `lesson` of an evidence file.
  init(_ fields: JSONFields, at moment: Timestamp) throws(JSONFields.Fault) {
    switch try fields.text("kind") {
    case "exception":
      let expires = try fields.time("expires")
      guard expires > moment, expires.day - moment.day <= Self.longestException else {
        throw JSONFields.Fault(
          key: "expires", expected: "a time after the closure, at most \(Self.longestException) days later")
      }
      let approval = Approval(
        owner: try fields.said("owner"), ticket: try fields.said("ticket"),
        reason: try fields.said("reason"), expires: expires)
      self = .exception(approval)
    case "control": self = .control(owner: try fields.said("owner"), text: try fields.said("text"))
    case "detection": self = .detection(owner: try fields.said("owner"), text: try fields.said("text"))
    default: throw JSONFields.Fault(key: "kind", expected: "exception, control or detection")
    }
  }

  var json: JSONValue {
    switch self {
    case .exception(let approval):
      [
        "kind": "exception", "owner": .string(approval.owner), "ticket": .string(approval.ticket),
        "reason": .string(approval.reason), "expires": .string(approval.expires.iso8601),
      ]
    case .control(let owner, let text):
      ["kind": "control", "owner": .string(owner), "text": .string(text)]
    case .detection(let owner, let text):
      ["kind": "detection", "owner": .string(owner), "text": .string(text)]
    }
  }

  /// One line of approvals for each tuple of a finding, as `business-baseline build --approvals` reads them.
  static func approvals(_ approval: Approval, for finding: Finding) -> [JSONValue] {
    finding.tuples.map { tuple in
      [
        "account": .string(tuple.account), "actor": .string(tuple.actor), "event": .string(tuple.event),
        "source": .string(tuple.source), "region": .string(tuple.region), "owner": .string(approval.owner),
        "ticket": .string(approval.ticket), "reason": .string(approval.reason),
        "expires": .string(approval.expires.iso8601),
      ]
    }
  }

  /// What each kind of lesson would be for a finding.
  static func offers(for finding: Finding) -> [String] {
    let containment = ["If nobody", "Scope", "Snapshot", "Isolate", "Revoke", "Rotate", "Rebuild", "Tell"]
    let improvements = finding.remediation.filter { step in
      !containment.contains { step.hasPrefix($0) }
    }
    return [
      "exception: \"lesson\": {\"kind\": \"exception\", \"owner\", \"ticket\", \"reason\", \"expires\"} signs \(finding.tuples.count.of("exact tuple")); the operation stays visible",
      "control: "
        + (improvements.isEmpty
          ? "name what would make the operation unnecessary or safer"
          : improvements.joined(separator: " ")),
      "detection: alert on \(finding.eventNames.prefix(5).joined(separator: ", ")) where \(finding.newDimensions.isEmpty ? "the outcome recurs" : finding.newDimensions.map(\.rawValue).joined(separator: ", ") + " is new")"
        + (finding.detections.isEmpty
          ? ": no detection matched" : "; \(finding.detections.joined(separator: ", ")) matched"),
    ]
  }
}

extension JSONFields {
  /// A text that has to say something.
  func said(_ key: String) throws(Fault) -> String {
    let text = try text(key)
    guard text.contains(where: { !$0.isWhitespace }) else { throw Fault(key: key, expected: "a text") }
    return text
  }
}
