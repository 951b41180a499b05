/// The detections in this engine's own terms, for programs: the logic as text and as a tree.
struct EngineTarget: ExportTarget {
  let name = "json"
  let title = "this engine (JSON)"
  let fileExtension = "json"
  let hasLanes = true
  var assumptions: [String] {
    ["Logic is in the language of logic-language.md; its text parses back into the same tree."]
  }

  func text(of detection: Detection, _ lowering: ExportLowering) throws(ExportLimit) -> String {
    var json = detection.json
    json["schema"] = "mdr-rainer/detection/1"
    json["without_baseline"] = .string(detection.matchesWithoutBaseline ? "match" : "silent")
    if let lesser = detection.severityByDeployment {
      json["severity_by_deployment"] = .string(lesser.rawValue)
    }
    json["log_source"] = .string(detection.logSource)
    json["references"] = JSONValue(detection.references)
    json["logic"] = .string(Self.logic(of: detection))
    json["tree"] = detection.logic.treeJSON
    if let correlation = detection.correlation { json["correlation"] = .string(correlation.description) }
    return json.prettyText + "\n"
  }

  /// The whole block: what one event has to be, and what several have to be together.
  private static func logic(of detection: Detection) -> String {
    switch detection.correlation {
    case nil: detection.logic.description
    case .sequence(let sequence)?: Correlation.sequence(sequence).description
    case let correlation?: "(\(detection.logic))\n\(correlation)"
    }
  }
}

extension Expression {
  /// The tree for programs: what joins the parts, and tests as text.
  var treeJSON: JSONValue {
    switch self {
    case .all(let parts): ["and": .array(parts.map(\.treeJSON))]
    case .either(let parts): ["or": .array(parts.map(\.treeJSON))]
    case .not(let inner): ["not": inner.treeJSON]
    case .element(let path, let inner): ["any": .string(path.description), "holds": inner.treeJSON]
    case .always, .comparison, .call, .baseline: ["test": .string(description)]
    }
  }
}
