/// Looks for records below members of known names: those by which deliveries, APIs and exporters hand records on.
extension RecordUnwrapper {
  /// Members that hold one record or a further wrapper.
  private static let objectKeys: [StaticString] = [
    "detail", "_source", "result", "jsonPayload", "cloudtrail", "aws", "data", "payload", "decoded_payload",
    "event", "record", "awslogs", "kinesis", "CloudTrailEvent", "fields", "message", "protoPayload",
    "cloud_trail_event", "attributes", "content", "log", "map", "raw", "RAW",
  ]
  /// Members that hold a record as JSON text.
  private static let textKeys: [StaticString] = [
    "CloudTrailEvent", "message", "Message", "body", "_raw", "original", "detail", "Detail",
    "cloud_trail_event", "payload", "decoded_payload",
    "@message",
    "rawLog", "raw_data", "rawData", "event.original", "eventData", "data", "Body", "Data", "log",
    "@rawstring", "eventJson", "eventjson", "full_message", "raw", "RAW",
  ]
  /// The member of a known name that leads to a record, and the first text with JSON of another kind: it is told of where
  /// nothing else leads to a record.
  func knownMember(
    _ tape: JSONTape, _ node: JSONTape.Index, depth: Int
  ) -> (next: (tape: JSONTape, node: JSONTape.Index)?, otherText: JSONTape.Index?) {
    var otherText: JSONTape.Index?
    for key in Self.textKeys {
      guard let text = tape.member(node, key), tape.kind(text) == .string,
        let child = parseText(tape, text, depth: depth)
      else { continue }
      if holdsRecord(child, 0, depth: depth) { return ((child, 0), otherText) }
      otherText = otherText ?? text
    }
    for key in Self.objectKeys {
      guard let object = tape.member(node, key), tape.kind(object) == .object,
        holdsRecord(tape, object, depth: depth)
      else { continue }
      return ((tape, object), otherText)
    }
    return (nil, otherText)
  }

  /// Whether following a member leads to a record at all, so that `detail` of another service's event doesn't.
  private func holdsRecord(_ tape: JSONTape, _ node: JSONTape.Index, depth: Int) -> Bool {
    guard depth < Self.depthLimit else { return false }
    if tape.kind(node) == .array {
      return tape.firstChild(node) < tape.after(node)
        && holdsRecord(tape, tape.firstChild(node), depth: depth + 1)
    }
    if RecordDialect(tape, node) != nil || ResultTable(tape, node) != nil { return true }
    if RecordSigns.form(tape, node) != .other || RecordSigns.setAside(tape, node) != nil { return true }
    if Self.listKeys.contains(where: { tape.member(node, $0).map { tape.kind($0) == .array } ?? false }) {
      return true
    }
    if Self.textKeys.contains(where: { key in
      guard let text = tape.member(node, key), tape.kind(text) == .string else { return false }
      return JSONInText.mayHoldJSON(tape.slice(text))
    }) {
      return true
    }
    return Self.objectKeys.contains { key in
      guard let object = tape.member(node, key), tape.kind(object) == .object else { return false }
      return holdsRecord(tape, object, depth: depth + 1)
    }
  }
}
