extension EvidencePack {
  /// What the pack holds, record by record, for programs.
  var manifest: JSONValue {
    [
      "schema": "mdr-rainer/evidence-pack/1",
      "totals": totals,
      "findings": .array(
        findings.map { finding in
          [
            "finding_id": .string(finding.findingID), "title": .string(finding.title),
            "severity": .string(finding.severity.rawValue), "position": .string(finding.position.rawValue),
            "event_count": .number(finding.eventIDs.count),
            "records": JSONValue(names(of: finding.findingID)),
          ]
        }),
      "records": .array(
        records.map { record in
          [
            "event_id": .string(record.wanted.eventID), "event_name": .string(record.wanted.eventName),
            "event_time": JSONValue(record.wanted.eventTime), "path": .string(record.name),
            "bytes": .number(record.byteCount), "sha256": .string(record.sha256),
            "source": [
              "file": .string(record.wanted.reference.file), "index": .number(record.wanted.reference.index),
            ],
            "finding_ids": JSONValue(record.wanted.findingIDs),
          ]
        }),
      "sources": .array(
        sources.map {
          ["file": .string($0.name), "bytes": .number($0.byteCount), "sha256": .string($0.sha256)]
        }),
      "refused": .array(
        refusals.map { refusal in
          [
            "event_id": .string(refusal.wanted.eventID), "finding_ids": JSONValue(refusal.wanted.findingIDs),
            "source": [
              "file": .string(refusal.wanted.reference.file),
              "index": .number(refusal.wanted.reference.index),
            ],
            "reason": .string(refusal.reason),
          ]
        }),
      "caveats": JSONValue(caveats),
    ]
  }

  /// The numbers of the pack.
  var totals: JSONValue {
    [
      "findings": .number(findings.count), "records": .number(records.count),
      "refused": .number(refusals.count), "bytes": .number(records.reduce(0) { $0 + $1.byteCount }),
      "sources": .number(sources.count),
    ]
  }

  private func names(of findingID: String) -> [String] {
    records.filter { $0.wanted.findingIDs.contains(findingID) }.map(\.name)
  }
}
