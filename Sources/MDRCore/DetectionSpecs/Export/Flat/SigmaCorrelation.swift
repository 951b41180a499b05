/// A threshold or chain as a Sigma correlation over rules for its events.
///
/// Sigma groups by members as logged. Where this engine groups by a text of normalisation, the nearest member stands in
/// for it and the rule says so.
struct SigmaCorrelation {
  let text: String

  init(
    _ correlation: Correlation, of detection: Detection, _ lowering: ExportLowering, _ target: SigmaTarget
  ) throws(ExportLimit) {
    var notes: [String] = []
    var keys: [String] = []
    for key in correlation.keys { keys.append(try Self.member(key, &notes)) }
    var rules: [[String]] = []
    var lines = ["correlation:"]
    let minutes: Int
    switch correlation {
    case .change:
      throw ExportLimit("it compares a value with the one last seen, for which Sigma has no correlation")
    case .threshold(let threshold):
      minutes = threshold.minutes
      let name = "\(detection.id)-event"
      rules.append(
        Self.rule(
          name, "An event of: \(detection.title)", try SigmaTarget.body(of: try lowering.single(detection))))
      lines += [
        "    type: \(threshold.distinct == nil ? "event_count" : "value_count")", "    rules:",
        "        - \(name)",
      ]
      lines += Self.grouped(keys, minutes) + ["    condition:", "        gte: \(threshold.atLeast)"]
      if let distinct = threshold.distinct {
        lines.append("        field: \(SigmaTarget.quoted(try Self.member(.value(distinct), &notes)))")
      }
      notes.append("Minutes are counted to the second here, and whole by this engine.")
    case .sequence(let sequence):
      minutes = sequence.minutes
      lines += ["    type: temporal_ordered", "    rules:"]
      let steps = try lowering.steps(of: sequence, detection)
      for (place, step) in sequence.steps.enumerated() {
        let name = "\(detection.id)-\(place + 1)"
        rules.append(
          Self.rule(
            name, "\(detection.title): \(step.name)",
            try SigmaTarget.body(of: steps[place])))
        lines.append("        - \(name)")
      }
      lines += Self.grouped(keys, minutes)
    }
    let head = target.header(detection) + notes
    let all = rules + [SigmaTarget.head(of: detection) + lines + SigmaTarget.foot(of: detection)]
    text =
      head.map { "# \($0)\n" }.joined()
      + all.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "---\n")
  }

  /// A rule of which single matches say nothing.
  private static func rule(_ name: String, _ title: String, _ body: [String]) -> [String] {
    [
      "title: \(SigmaTarget.quoted(title))", "id: \(SigmaTarget.identifier(of: name))", "name: \(name)",
      "status: experimental",
    ] + body + ["level: informational"]
  }

  private static func grouped(_ keys: [String], _ minutes: Int) -> [String] {
    ["    group-by:"] + keys.map { "        - \(SigmaTarget.quoted($0))" } + ["    timespan: \(minutes)m"]
  }

  /// The member that a key is read from.
  private static func member(_ key: GroupKey, _ notes: inout [String]) throws(ExportLimit) -> String {
    func near(_ field: RawField, _ note: String) -> String {
      if !notes.contains(note) { notes.append(note) }
      return field.rawValue
    }
    switch key {
    case .identityPath: throw ExportLimit.followsCredentials
    case .personOrActor: throw ExportLimit.followsPerson
    case .session:
      return near(.accessKeyID, "A session is told by its access key; calls without one are left out.")
    case .value(let path):
      let keys = path.steps.compactMap { if case .key(let key) = $0 { key } else { nil } }
      guard keys.count == path.steps.count else { throw ExportLimit.countsElements(of: path) }
      switch path.root {
      case .request: return (["requestParameters"] + keys).joined(separator: ".")
      case .response: return (["responseElements"] + keys).joined(separator: ".")
      case .field(.accountID):
        return near(
          .recipientAccountId, "The account is recipientAccountId; records without it are left out.")
      case .field(.actorAccountID):
        return near(
          .accountID, "The actor's account is userIdentity.accountId; records without it are left out.")
      case .field(.actor):
        return near(.arn, "The actor is userIdentity.arn, so that each session of a role counts by itself.")
      case .field(.eventName): return RawField.eventName.rawValue
      case .field(.sourceIP): return RawField.sourceIPAddress.rawValue
      case .field(.awsRegion): return RawField.awsRegion.rawValue
      default: throw ExportLimit("it groups by \(path), which is no member of the record")
      }
    }
  }
}
