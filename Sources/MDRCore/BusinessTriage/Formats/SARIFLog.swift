/// Findings as a SARIF 2.1.0 log: each detection, or the bare comparison with the baseline, is a rule.
struct SARIFLog {
  let findings: [Finding]

  init(_ findings: [Finding]) { self.findings = findings }

  var json: JSONValue {
    let ids = Set(findings.map(rule)).sorted()
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "mdr-rainer business-triage", "version": .string(Tool.version),
              "rules": .array(ids.map { ["id": .string($0)] }),
            ]
          ], "results": .array(findings.map(result)),
        ]
      ],
    ]
  }

  private func rule(_ finding: Finding) -> String { finding.detections.first ?? "baseline-comparison" }

  private func result(_ finding: Finding) -> JSONValue {
    let locations = finding.records.prefix(5).map { record -> JSONValue in
      [
        "physicalLocation": ["artifactLocation": ["uri": .string(record.file.percentEncoded)]],
        "logicalLocations": [["fullyQualifiedName": .string("record \(record.index)")]],
      ]
    }
    return [
      "ruleId": .string(rule(finding)), "level": .string(level(finding.severity)),
      "kind": "fail", "message": ["text": .string(finding.summary)], "locations": .array(Array(locations)),
      "partialFingerprints": ["findingId/v1": .string(finding.findingID)],
      "properties": [
        "position": .string(finding.position.rawValue), "severity": .string(finding.severity.rawValue),
        "account_id": .string(finding.accountID), "actor": .string(finding.actor),
        "event_names": JSONValue(finding.eventNames), "count": .number(finding.count),
        "attack": JSONValue(finding.attack.map(\.id)),
      ],
    ]
  }

  private func level(_ severity: Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .informational: "note"
    }
  }
}

extension String {
  /// The text as a relative URI reference: all but unreserved characters and slashes encoded.
  fileprivate var percentEncoded: String {
    var text = ""
    for byte in utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x5F, 0x7E, 0x2F].contains(byte)
      if isPlain {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }
}
