/// A shape that an exporter gives CloudTrail's records, other than CloudTrail's own.
///
/// Such a record is written anew with CloudTrail's names and read like any other; its observation says so.
enum RecordDialect {
  /// CloudTrail's members, with documents or the identity as text, or in pieces that are named by their paths.
  case text
  /// Elastic's common schema: `aws.cloudtrail`, `event.action`, `source.ip`.
  case elastic
  /// The Open Cybersecurity Schema Framework: `api.operation`, `actor.user`.
  case ocsf
  /// A row of a table: Sentinel's AWSCloudTrail, Athena, CloudTrail Lake.
  case row

  /// A record in CloudTrail's shape, and what was changed to make it one.
  struct Mapped {
    var record: JSONValue
    var notes: [String]
  }

  /// Recognises the shape of an object that is no CloudTrail record as it stands.
  init?(_ tape: JSONTape, _ node: JSONTape.Index) {
    if tape.text(tape.member(node, "api", "operation")) != nil, tape.member(node, "class_uid") != nil {
      self = .ocsf
    } else if Self.isElastic(tape, node) {
      self = .elastic
    } else if RowColumns.areColumns(of: tape, node) {
      self = .row
    } else {
      return nil
    }
  }

  private static func isElastic(_ tape: JSONTape, _ node: JSONTape.Index) -> Bool {
    if let trail = tape.member(node, "aws", "cloudtrail"), tape.kind(trail) == .object {
      return tape.text(tape.member(node, "event", "action")) != nil
    }
    var isElastic = false
    tape.forEachChild(node) { if tape.isKey($0, "event.action") { isElastic = true } }
    return isElastic
  }

  /// The record in CloudTrail's shape.
  func mapped(_ tape: JSONTape, _ node: JSONTape.Index) -> Mapped {
    let value = tape.value(node)
    switch self {
    case .text: return RowMapping(value.members).mapped(shape: "a record with documents as text")
    case .elastic: return ElasticMapping(value).mapped
    case .ocsf: return OCSFMapping(value).mapped
    case .row:
      let row = RowMapping(value.members)
      return row.mapped(
        shape: row.isSentinel ? "Sentinel's AWSCloudTrail table" : "a row of a query's result")
    }
  }
}
