/// Finds the CloudTrail records in an item, whatever it is wrapped in.
///
/// A delivery, an API answer, an event bus or a SIEM puts records into members of known names, as objects or
/// as JSON text; those are followed to a bounded depth. What holds no record is named, not dropped.
final class RecordUnwrapper {
  /// A record found: its structure, and the node of the file's own bytes that holds it.
  struct Found {
    let tape: JSONTape
    let node: JSONTape.Index
    /// Node on the file's tape whose bytes are the record as delivered.
    let delivered: JSONTape.Index
  }

  /// Members that hold one record or a further wrapper.
  private static let objectKeys: [StaticString] = [
    "detail", "_source", "result", "jsonPayload", "cloudtrail", "aws", "data", "payload", "decoded_payload",
    "event", "record", "awslogs", "CloudTrailEvent", "fields",
  ]
  /// Members that hold a record as JSON text.
  private static let textKeys: [StaticString] = [
    "CloudTrailEvent", "message", "Message", "body", "_raw", "original", "payload", "decoded_payload",
    "@message",
    "rawLog", "eventData", "data",
  ]
  /// Members that hold many.
  private static let listKeys: [StaticString] = [
    "Records", "Events", "logEvents", "hits", "results", "events", "records", "Items", "value",
  ]
  private static let depthLimit = 8

  private var children: [(tape: JSONTape, bytes: [UInt8])] = []

  /// Calls back with each record in the item, or with the reason why there is none.
  func unwrap(
    _ tape: JSONTape, found: (Found) throws -> Void,
    rejected: (_ reason: String, JSONTape.Index) throws -> Void
  ) rethrows {
    try unwrap(tape, 0, delivered: 0, isFileTape: true, depth: 0, found: found, rejected: rejected)
  }

  private func unwrap(
    _ tape: JSONTape, _ node: JSONTape.Index, delivered: JSONTape.Index, isFileTape: Bool, depth: Int,
    found: (Found) throws -> Void, rejected: (String, JSONTape.Index) throws -> Void
  ) rethrows {
    guard depth < Self.depthLimit else { return try rejected("wrapped more than \(depth) times", delivered) }
    switch tape.kind(node) {
    case .array:
      let end = tape.after(node)
      var child = node + 1
      while child < end {
        try unwrap(
          tape, child, delivered: isFileTape ? child : delivered, isFileTape: isFileTape, depth: depth + 1,
          found: found, rejected: rejected)
        child = tape.after(child)
      }
    case .object:
      if Self.isRecord(tape, node) {
        if let reason = Self.setAside(tape, node) { return try rejected(reason, delivered) }
        return try found(Found(tape: tape, node: node, delivered: delivered))
      }
      if let reason = Self.setAside(tape, node) { return try rejected(reason, delivered) }
      for key in Self.listKeys {
        guard let list = tape.member(node, key), tape.kind(list) == .array || tape.kind(list) == .object
        else { continue }
        return try unwrap(
          tape, list, delivered: delivered, isFileTape: isFileTape, depth: depth + 1, found: found,
          rejected: rejected)
      }
      for key in Self.textKeys {
        guard let text = tape.member(node, key), tape.kind(text) == .string,
          let child = parseText(tape, text, depth: depth)
        else { continue }
        return try unwrap(
          child, 0, delivered: delivered, isFileTape: false, depth: depth + 1, found: found,
          rejected: rejected)
      }
      for key in Self.objectKeys {
        guard let object = tape.member(node, key), tape.kind(object) == .object,
          holdsRecord(tape, object, depth: depth)
        else { continue }
        return try unwrap(
          tape, object, delivered: delivered, isFileTape: false, depth: depth + 1, found: found,
          rejected: rejected)
      }
      try rejected(Self.refusal(tape, node), delivered)
    default: try rejected("a \(tape.kind(node)) where a record should be", delivered)
    }
  }

  /// Whether following a member leads to a record at all, so that `detail` of another service's event doesn't.
  private func holdsRecord(_ tape: JSONTape, _ node: JSONTape.Index, depth: Int) -> Bool {
    guard depth < Self.depthLimit else { return false }
    if Self.isRecord(tape, node) || Self.setAside(tape, node) != nil { return true }
    if Self.listKeys.contains(where: { tape.member(node, $0).map { tape.kind($0) == .array } ?? false }) {
      return true
    }
    if Self.textKeys.contains(where: { key in
      guard let text = tape.member(node, key), tape.kind(text) == .string else { return false }
      return tape.slice(text).first == UInt8(ascii: "{") || tape.slice(text).first == UInt8(ascii: "[")
    }) {
      return true
    }
    return Self.objectKeys.contains { key in
      guard let object = tape.member(node, key), tape.kind(object) == .object else { return false }
      return holdsRecord(tape, object, depth: depth + 1)
    }
  }

  private func parseText(_ tape: JSONTape, _ node: JSONTape.Index, depth: Int) -> JSONTape? {
    let slice = tape.slice(node)
    let start = slice.first { $0 != 0x20 && $0 != 0x5C }
    guard start == UInt8(ascii: "{") || start == UInt8(ascii: "[") || start == UInt8(ascii: "n") else {
      return nil
    }
    var decoded = JSONText.unescaped(slice)
    let count = decoded.count
    decoded.append(contentsOf: repeatElement(0, count: 8))
    while children.count <= depth { children.append((JSONTape(), [])) }
    children[depth].bytes = decoded
    let child = children[depth].tape
    let parsed = children[depth].bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { child.parse($0, from: 0, count: count) } ?? .incomplete
    }
    guard case .value(let end) = parsed,
      children[depth].bytes[end..<count].allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 })
    else { return nil }
    return child
  }

  static func isRecord(_ tape: JSONTape, _ node: JSONTape.Index) -> Bool {
    guard tape.kind(node) == .object else { return false }
    var hasName = false
    var companions = 0
    tape.forEachChild(node) { child in
      let key = tape.keySlice(child)
      switch key.count {
      case 9 where tape.isKey(child, "eventName"): hasName = tape.kind(child) == .string
      case 9 where tape.isKey(child, "awsRegion"), 9 where tape.isKey(child, "eventTime"),
        7 where tape.isKey(child, "eventID"), 11 where tape.isKey(child, "eventSource"),
        12 where tape.isKey(child, "userIdentity"), 12 where tape.isKey(child, "eventVersion"):
        companions += 1
      default: break
      }
    }
    return hasName && companions >= 1
  }

  /// The reason to set aside what CloudTrail writes besides events.
  private static func setAside(_ tape: JSONTape, _ node: JSONTape.Index) -> String? {
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
    return nil
  }

  private static func refusal(_ tape: JSONTape, _ node: JSONTape.Index) -> String {
    if let type = tape.text(tape.member(node, "detail-type")) {
      return "an EventBridge event (\(type.prefix(60))) that holds no CloudTrail record"
    }
    return "no CloudTrail record: eventName is missing"
  }
}
