/// The signs that tell a CloudTrail record from what else logs hold.
enum RecordSigns {
  /// What an object is.
  enum Form {
    case record
    /// A record whose identity or documents are text, or apart in members that are named by paths.
    case text
    case other
  }

  /// Looks at an object's members once: this runs for every record.
  static func form(_ tape: JSONTape, _ node: JSONTape.Index) -> Form {
    guard tape.kind(node) == .object else { return .other }
    var hasName = false
    var isNotification = false
    var companions = 0
    var isText = false
    tape.forEachChild(node) { child in
      let key = tape.keySlice(child)
      if isIdentityPath(key) { isText = true }
      switch key.count {
      case 9 where tape.isKey(child, "eventName"):
        hasName = tape.kind(child) == .string && !tape.slice(child).isEmpty
      case 12 where tape.isKey(child, "userIdentity"):
        companions += 1
        if tape.kind(child) == .string, JSONInText.mayHoldJSON(tape.slice(child)) { isText = true }
      case 9 where tape.isKey(child, "awsRegion"), 9 where tape.isKey(child, "eventTime"),
        7 where tape.isKey(child, "eventID"), 12 where tape.isKey(child, "eventVersion"):
        companions += 1
      case 11 where tape.isKey(child, "eventSource"):
        companions += 1
        isNotification = Self.isNotification(tape.slice(child))
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
    guard hasName, companions >= 1, !isNotification else { return .other }
    return isText ? .text : .record
  }

  /// Whether a record has what all of CloudTrail's have, so that it is one wherever it stands.
  static func isCertain(_ tape: JSONTape, _ node: JSONTape.Index) -> Bool {
    let others: [StaticString] = ["eventVersion", "eventTime", "@timestamp", "eventID", "userIdentity"]
    return tape.text(tape.member(node, "eventSource"))?.contains(".") ?? false
      && others.count { tape.member(node, $0) != nil } > 1
  }

  /// The type of what counts calls and is none.
  private static var insight: String { "AwsCloudTrailInsight" }

  /// Whether the record that was scanned last is no call by its own members, so that the general reader has to name it.
  static func isSetAside(_ scanner: borrowing RecordScanner) -> Bool {
    scanner.text(scanner[.eventType]) == insight || isNotification(scanner.buffer(scanner[.eventSource]))
  }

  /// The reason to set aside what CloudTrail writes besides events.
  static func setAside(_ tape: JSONTape, _ node: JSONTape.Index) -> String? {
    if tape.text(tape.member(node, "eventType")) == insight
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

  /// Whether an object is the line that goes before a document in a bulk request of Elastic's, and so no record.
  static func isBulkAction(_ tape: JSONTape, _ node: JSONTape.Index) -> Bool {
    let member = tape.firstChild(node)
    guard member < tape.after(node), tape.after(member) == tape.after(node), tape.kind(member) == .object,
      ["index", "create"].contains(where: { (key: StaticString) in tape.isKey(member, key) })
    else { return false }
    var isAction = true
    tape.forEachChild(member) { if tape.keySlice($0).first != UInt8(ascii: "_") { isAction = false } }
    return isAction
  }

  /// Whether an object is one of the frames that Azure Data Explorer puts around the tables of an answer, or a table that
  /// tells of the query and not of what it found.
  static func isAnswerFrame(_ tape: JSONTape, _ node: JSONTape.Index) -> Bool {
    switch tape.text(tape.member(node, "FrameType")) {
    case "DataSetHeader", "DataSetCompletion": true
    case "DataTable":
      ["QueryProperties", "QueryCompletionInformation"].contains(
        tape.text(tape.member(node, "TableKind")))
    default: false
    }
  }

  static let refusal = "no CloudTrail record: eventName is missing"

  /// Whether a key names a part of the identity by its path, as `userIdentity.arn`.
  @inline(__always)
  static func isIdentityPath(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    key.count > 13 && key[12] == UInt8(ascii: ".") && key.starts(with: "userIdentity.".utf8)
  }

  /// Whether an event source is that of a notification, such as `aws:kinesis` or `aws:dynamodb`: CloudTrail's are names of
  /// hosts.
  static func isNotification(_ source: UnsafeBufferPointer<UInt8>) -> Bool {
    source.starts(with: "aws:".utf8)
  }

  /// A row of a query's answer as one object: of CloudTrail Lake an array of objects with one member each, of CloudWatch
  /// Logs Insights one of fields with their values.
  static func queryRow(_ tape: JSONTape, _ node: JSONTape.Index) -> String? {
    var members: [String: JSONValue] = [:]
    var isRow = true
    var mayHoldRecord = false
    tape.forEachChild(node) { child in
      guard isRow, members.count < 256, let (name, value) = cell(tape, child), members[name] == nil,
        tape.kind(value) == .string || tape.kind(value) == .null
      else {
        isRow = false
        return
      }
      if tape.kind(value) == .string, JSONInText.mayHoldJSON(tape.slice(value)) { mayHoldRecord = true }
      members[name] = tape.value(value)
    }
    guard isRow, members.count > 1, mayHoldRecord || RowColumns.areColumns(members.keys) else { return nil }
    return JSONValue.object(members).compactText
  }

  /// The name and the value of an object with one member, or with a field's name and its value.
  private static func cell(_ tape: JSONTape, _ node: JSONTape.Index) -> (String, JSONTape.Index)? {
    guard tape.kind(node) == .object, tape.firstChild(node) < tape.after(node) else { return nil }
    let member = tape.firstChild(node)
    if tape.after(member) == tape.after(node) { return (tape.key(member), member) }
    guard let name = tape.text(tape.member(node, "field")), let value = tape.member(node, "value"),
      tape.after(tape.after(member)) == tape.after(node)
    else { return nil }
    return (name, value)
  }
}
