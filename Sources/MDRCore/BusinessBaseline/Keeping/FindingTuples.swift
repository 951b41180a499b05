/// The exact tuples that a finding was judged by.
enum FindingTuples {
  /// Reads them from a `findings.jsonl` or the folder that holds one.
  static func of(_ id: String, in path: String) throws -> [LaneKey] {
    let findings = try FindingsFile(path: path).findings.filter { $0.findingID == id }
    guard let finding = findings.first else {
      throw CommandError(
        .noUsableInput, "\(path) has no finding \(id)", mend: "copy the id from findings.md")
    }
    let keys = finding.tuples.map(\.key)
    guard !keys.isEmpty else {
      throw CommandError(
        .noUsableInput, "the finding \(id) names no tuple", mend: "name the lane's five parts instead")
    }
    return Array(Set(keys)).sorted()
  }
}

extension BaselineTuple {
  /// The lane of the tuple.
  var key: LaneKey { LaneKey(account: account, actor: actor, event: event, source: source, region: region) }
}
