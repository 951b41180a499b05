/// A finding as Detection Finding of the Open Cybersecurity Schema Framework.
///
/// The class: https://schema.ocsf.io/1.4.0/classes/detection_finding
struct OCSFFinding {
  private static let version = "1.4.0"

  let finding: Finding
  /// The time of making for a finding that has none.
  let end: Timestamp

  init(_ finding: Finding, end: Timestamp) { (self.finding, self.end) = (finding, end) }

  /// Milliseconds since 1970; `nil` without a time.
  private func milliseconds(_ time: Timestamp) -> JSONValue? {
    time.known.map { .number($0.seconds * 1_000) }
  }

  private var made: JSONValue? { milliseconds(finding.lastSeen) ?? milliseconds(end) }

  var json: JSONValue {
    var value: JSONValue = [
      "activity_id": 1, "activity_name": "Create", "category_uid": 2, "category_name": "Findings",
      "class_uid": 2004, "class_name": "Detection Finding", "type_uid": 200_401,
      "type_name": "Detection Finding: Create", "count": .number(finding.count),
      "severity_id": .number(severityID), "severity": .string(finding.severity.title), "status_id": 1,
      "status": "New", "message": .string(finding.title),
      "confidence_id": .number(confidenceID), "confidence": .string(confidence),
      "risk_details": .string(finding.residualRisk.joined(separator: " ")), "finding_info": info,
      "metadata": metadata, "cloud": cloud, "evidences": evidences, "resources": resources,
      "unmapped": unmapped,
    ]
    value["time"] = made
    value["start_time"] = milliseconds(finding.firstSeen)
    value["end_time"] = milliseconds(finding.lastSeen)
    if !finding.remediation.isEmpty {
      value["remediation"] = ["desc": .string(finding.remediation.joined(separator: " "))]
    }
    return value
  }

  private var info: JSONValue {
    var value: JSONValue = [
      "uid": .string(finding.findingID), "title": .string(finding.title),
      "desc": .string(finding.summary), "types": JSONValue([finding.businessRisk.rawValue]),
      "data_sources": ["AWS CloudTrail"],
      "analytic": [
        "type_id": 1, "type": "Rule", "name": .string(finding.detections.first ?? "baseline comparison"),
        "uid": .string(finding.detections.first ?? "baseline"),
      ],
      "attacks": .array(
        finding.attack.map { technique in
          [
            "technique": ["uid": .string(technique.id), "name": .string(technique.name)],
            "tactic": ["name": .string(technique.tactic)],
          ]
        }),
      "related_events": .array(
        finding.eventIDs.prefix(100).map { ["uid": .string($0), "type": "AWS CloudTrail event"] }),
    ]
    value["first_seen_time"] = milliseconds(finding.firstSeen)
    value["last_seen_time"] = milliseconds(finding.lastSeen)
    value["created_time"] = made
    return value
  }

  private var metadata: JSONValue {
    [
      "version": .string(Self.version), "profiles": ["cloud"], "uid": .string(finding.findingID),
      "product": [
        "name": "mdr-rainer business-triage", "vendor_name": "mdr-rainer", "version": .string(Tool.version),
      ],
    ]
  }

  private var cloud: JSONValue {
    var account: JSONValue = ["uid": .string(finding.accountID), "type": "AWS Account", "type_id": 10]
    if let name = finding.accountName { account["name"] = .string(name) }
    return ["provider": "AWS", "region": .string(finding.awsRegion), "account": account]
  }

  private var evidences: JSONValue {
    let addresses = finding.sourceIPs.isEmpty ? [finding.source] : finding.sourceIPs
    return .array(
      addresses.prefix(10).map { address in
        [
          "actor": [
            "user": ["name": .string(finding.person ?? finding.actor), "uid": .string(finding.actor)]
          ],
          "api": [
            "operation": .string(finding.eventNames.joined(separator: ", ")),
            "service": ["name": .string(finding.eventSources.first ?? "")],
          ],
          "src_endpoint": AddressBlock(address) == nil
            ? ["name": .string(address)] : ["ip": .string(address)],
        ]
      })
  }

  private var resources: JSONValue {
    let names = finding.resources.isEmpty ? [finding.accountID] : Array(finding.resources.prefix(50))
    return .array(
      names.map {
        [
          "uid": .string($0), "region": .string(finding.awsRegion),
          "cloud_partition": .string(finding.partition),
        ]
      })
  }

  private var unmapped: JSONValue {
    var value: JSONValue = [
      "position": .string(finding.position.rawValue), "normality": .string(finding.normality.rawValue),
      "new_dimensions": JSONValue(finding.newDimensions.map(\.rawValue)),
      "overrides": JSONValue(finding.overrideClasses.map(\.rawValue)),
      "evidence_required": JSONValue(finding.evidenceRequired), "caveats": JSONValue(finding.caveats),
    ]
    if let note = finding.timeNote { value["time_note"] = .string(note) }
    return value
  }

  private var severityID: Int {
    switch finding.severity {
    case .informational: 1
    case .low: 2
    case .medium: 3
    case .high: 4
    case .critical: 5
    }
  }

  /// The confidence in the techniques; one operation asserts no compromise.
  private var confidence: String {
    switch finding.attack.map(\.confidence) {
    case let all where all.contains("high"): "High"
    case let all where all.contains("medium"): "Medium"
    case let all where all.contains("low"): "Low"
    default: "Unknown"
    }
  }

  private var confidenceID: Int { ["Low": 1, "Medium": 2, "High": 3][confidence] ?? 0 }
}
