/// The signs that tell a CloudTrail record from what else logs hold.
enum RecordSigns {
  /// What an object is.
  enum Form {
    case record
    /// A record whose identity or documents are text.
    case text
    case other
  }

  /// Looks at an object's members once: this runs for every record.
  static func form(_ tape: JSONTape, _ node: JSONTape.Index) -> Form {
    guard tape.kind(node) == .object else { return .other }
    var hasName = false
    var companions = 0
    var isText = false
    tape.forEachChild(node) { child in
      switch tape.keySlice(child).count {
      case 9 where tape.isKey(child, "eventName"):
        hasName = tape.kind(child) == .string && !tape.slice(child).isEmpty
      case 12 where tape.isKey(child, "userIdentity"):
        companions += 1
        if tape.kind(child) == .string, JSONInText.mayHoldJSON(tape.slice(child)) { isText = true }
      case 9 where tape.isKey(child, "awsRegion"), 9 where tape.isKey(child, "eventTime"),
        7 where tape.isKey(child, "eventID"), 11 where tape.isKey(child, "eventSource"),
        12 where tape.isKey(child, "eventVersion"):
        companions += 1
      case 16, 17, 19:
        guard tape.kind(child) == .string, JSONInText.mayHoldJSON(tape.slice(child)) else { return }
        if tape.isKey(child, "requestParameters") || tape.isKey(child, "responseElements")
          || tape.isKey(child, "additionalEventData") || tape.isKey(child, "serviceEventDetails")
        {
          isText = true
        }
      default: break
      }
    }
    guard hasName, companions >= 1 else { return .other }
    return isText ? .text : .record
  }

  /// The reason to set aside what CloudTrail writes besides events.
  static func setAside(_ tape: JSONTape, _ node: JSONTape.Index) -> String? {
    if tape.text(tape.member(node, "eventType")) == "AwsCloudTrailInsight"
      || tape.member(node, "insightDetails") != nil
    {
      return "a CloudTrail Insights event, which counts calls and is no call"
    }
    if tape.member(node, "digestStartTime") != nil {
      return "a CloudTrail digest file, which holds no events"
    }
    if tape.text(tape.member(node, "eventSource")) == "aws:s3" {
      return "an S3 notification, which is no CloudTrail event"
    }
    if tape.text(tape.member(node, "messageType")) == "CONTROL_MESSAGE" {
      return "a CloudWatch Logs control message, which holds no events"
    }
    if let schema = tape.text(tape.member(node, "schema")), schema.hasPrefix("mdr-rainer/") {
      return "an artifact of these tools, which holds no raw records"
    }
    return nil
  }

  static func refusal(_ tape: JSONTape, _ node: JSONTape.Index) -> String {
    OtherLogs.name(tape, node) ?? "no CloudTrail record: eventName is missing"
  }

  /// A row of CloudTrail Lake's GetQueryResults, an array of objects with one member each, as one object.
  static func queryRow(_ tape: JSONTape, _ node: JSONTape.Index) -> String? {
    var members: [String: JSONValue] = [:]
    var isRow = true
    var count = 0
    tape.forEachChild(node) { child in
      guard isRow, count < 256, tape.kind(child) == .object, tape.firstChild(child) < tape.after(child) else {
        isRow = false
        return
      }
      let member = tape.firstChild(child)
      guard tape.after(member) == tape.after(child),
        tape.kind(member) == .string || tape.kind(member) == .null
      else {
        isRow = false
        return
      }
      count += 1
      members[tape.key(member)] = tape.value(member)
    }
    guard isRow, count > 1, RowColumns.areColumns(members.keys) else { return nil }
    return JSONValue.object(members).compactText
  }
}
