/// Which ATT&CK techniques the detections stand for.
struct TechniqueCoverage {
  /// A technique under one tactic, with the detections that name it.
  struct Row: Equatable {
    var technique: AttackReference
    var detections: [String]
    var severity: Severity
  }

  /// By tactic, then by id.
  let rows: [Row]

  init(_ detections: [Detection]) {
    var found: [String: Row] = [:]
    for detection in detections {
      for technique in detection.attack {
        let key = technique.tactic + "\u{1F}" + technique.id
        var row = found[key] ?? Row(technique: technique, detections: [], severity: detection.severity)
        row.detections.append(detection.id)
        row.severity = max(row.severity, detection.severity)
        found[key] = row
      }
    }
    rows = found.sorted { $0.key < $1.key }.map { _, row in
      Row(technique: row.technique, detections: row.detections.sorted(), severity: row.severity)
    }
  }

  /// A layer for the ATT&CK Navigator; the score is the number of detections.
  var navigatorLayer: JSONValue {
    [
      "name": "mdr-rainer detections", "domain": "enterprise-attack",
      "versions": ["attack": "19", "navigator": "5.1.0", "layer": "4.5"],
      "description": "Techniques that the reviewed detections name; the score is the number of detections.",
      "filters": ["platforms": ["IaaS", "SaaS", "Identity Provider"]], "sorting": 3,
      "gradient": [
        "colors": ["#ffffff", "#66b1ff"], "minValue": 0,
        "maxValue": .number(rows.map(\.detections.count).max() ?? 1),
      ],
      "techniques": .array(
        rows.map { row in
          [
            "techniqueID": .string(row.technique.id), "tactic": .string(row.technique.tactic),
            "score": .number(row.detections.count), "enabled": true,
            "comment": .string(row.detections.joined(separator: ", ")),
            "metadata": [["name": "v18", "value": .string(row.technique.v18)]],
          ]
        }),
    ]
  }
}
