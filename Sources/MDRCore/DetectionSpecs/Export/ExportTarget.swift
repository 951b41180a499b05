/// A system that detections are carried over to.
protocol ExportTarget: Sendable {
  /// As `--target` names it.
  var name: String { get }
  /// For people.
  var title: String { get }
  /// Of the files that hold one detection each.
  var fileExtension: String { get }
  /// What holds for every detection of the target: what is read, and what is taken for granted.
  var assumptions: [String] { get }
  /// Whether questions to the baseline can be asked of a table of lanes.
  var hasLanes: Bool { get }

  /// The detection in the target's language; throws where it would not mean the same.
  func text(of detection: Detection, _ lowering: ExportLowering) throws(ExportLimit) -> String
}

/// The targets by name.
enum ExportTargets {
  static let all: [any ExportTarget] = [
    SQLTarget.clickHouse, SQLTarget.athena, SigmaTarget(), EventBridgeTarget(), KQLTarget(), SQLTarget.lake,
    SplunkTarget(), QRadarTarget(), EngineTarget(),
  ]
}

extension ExportTarget {
  /// What the file's first lines say, each to be made a comment.
  func header(_ detection: Detection, hasLanes: Bool = false) -> [String] {
    var lines = [
      "\(detection.title) (\(detection.id))",
      "severity \(detection.severity.rawValue), family \(detection.family), owner \(detection.owner)",
      "ATT&CK \(detection.attack.map(\.id).joined(separator: ", "))",
      "Exported by detection-specs for \(title). The reviewed detection is \(detection.file).",
    ]
    if detection.logic.asksBaseline, !hasLanes {
      lines.append(
        "It asks the baseline, which is not asked here: that question counts as a match, as for an engine without one."
      )
    }
    return lines
  }
}

/// ClickHouse and Athena: a query for each detection.
struct SQLTarget: ExportTarget {
  let name: String
  let title: String
  let dialect: any SQLDialect

  static let clickHouse = SQLTarget(name: "clickhouse", title: "ClickHouse", dialect: ClickHouseDialect())
  static let athena = SQLTarget(name: "athena", title: "Amazon Athena", dialect: AthenaDialect())

  static let lake = SQLTarget(name: "lake", title: "CloudTrail Lake", dialect: LakeDialect())

  var fileExtension: String { "sql" }
  var hasLanes: Bool { true }
  var assumptions: [String] { dialect.tableNote + SharedLimits.all }

  func text(of detection: Detection, _ lowering: ExportLowering) throws(ExportLimit) -> String {
    let (text, own): (String, [String])
    switch detection.correlation {
    case .threshold(let threshold)?:
      let query = try SQLThreshold(threshold, try lowering.single(detection), dialect, lowering)
      (text, own) = (query.text, query.notes)
    case .sequence(let chain)?:
      let query = try SQLChain(chain, try lowering.steps(of: chain, detection), dialect, lowering)
      (text, own) = (query.text, query.notes)
    case .change(let change)?:
      let query = try SQLChange(change, try lowering.single(detection), dialect, lowering)
      (text, own) = (query.text, query.notes)
    case nil:
      let query = try SQLQuery(try lowering.matching(detection), dialect)
      (text, own) = (query.text, query.notes)
    }
    let notes = header(detection, hasLanes: lowering.hasLanes) + dialect.tableNote + own
    return notes.map { "-- \($0)\n" }.joined() + text
  }
}

/// Limits of every export that reads raw records.
enum SharedLimits {
  static let all = [
    "Unknown is decided in the export as this engine decides it: what stays unknown matches, and a missing member is plainly not there.",
    "Documents above 64 KiB are read whole; this engine keeps none of them and calls what they say unknown.",
    "Texts that hold a secret are read as logged; this engine removes them before it judges.",
    "Accounts, partners and lists are those of --inventory at the time of the export; without it nothing is known of other accounts, so that they count.",
    "Addresses are public or private; the inventory's own networks are not in the export.",
    "IPv6 blocks longer than /16 are not joined with others to the whole internet.",
  ]
}
