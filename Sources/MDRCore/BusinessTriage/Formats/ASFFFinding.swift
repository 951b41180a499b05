/// A finding in the AWS Security Finding Format, within the limits that `BatchImportFindings` sets.
///
/// The format: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html
struct ASFFFinding {
  let finding: Finding
  /// The time of making for a finding that has none.
  let end: Timestamp

  init(_ finding: Finding, end: Timestamp) { (self.finding, self.end) = (finding, end) }

  var json: JSONValue {
    var value: JSONValue = [
      "SchemaVersion": "2018-10-08", "Id": .string("mdr-rainer/\(finding.findingID)"),
      "ProductArn": .string(productARN),
      "ProductName": "mdr-rainer", "CompanyName": "mdr-rainer",
      "GeneratorId": .string(
        ("business-triage/" + (finding.detections.first ?? "baseline")).shortened(to: 512)),
      "AwsAccountId": .string(account), "Region": .string(finding.awsRegion),
      "Types": JSONValue([type]),
      "Severity": [
        "Label": .string(finding.severity.rawValue.uppercased()),
        "Original": .string("\(finding.severity.rawValue), \(finding.position.title)"),
      ],
      "Title": .string(finding.title.shortened(to: 256)),
      "Description": .string(finding.summary.shortened(to: 1_024)),
      "Remediation": ["Recommendation": ["Text": .string(recommendation.shortened(to: 512))]],
      "ProductFields": productFields, "Resources": resources, "Workflow": ["Status": "NEW"],
      "RecordState": "ACTIVE",
    ]
    // Security Hub asks for the two last, and a finding of no time has only the review's.
    let times: [(String, Timestamp)] = [
      ("FirstObservedAt", finding.firstSeen), ("LastObservedAt", finding.lastSeen),
      ("CreatedAt", finding.firstSeen.known ?? end), ("UpdatedAt", finding.lastSeen.known ?? end),
    ]
    for (key, time) in times where time.isKnown { value[key] = .string(time.iso8601) }
    return value
  }

  private var account: String { finding.hasAccountNumber ? finding.accountID : "000000000000" }

  private var productARN: String {
    "arn:\(finding.partition):securityhub:\(finding.awsRegion):\(account):product/\(account)/default"
  }

  /// Namespace and category from AWS's own list.
  private var type: String {
    let tactics: [BusinessRisk: String] = [
      .credentialOrPrivilege: "TTPs/Persistence", .defenseEvasion: "TTPs/Defense Evasion",
      .dataLossOrOutage: "Effects/Data Destruction", .dataExposure: "Effects/Data Exposure",
      .dataAccessStorage: "Effects/Data Exposure", .internetExposure: "TTPs/Initial Access",
      .networkVisibility: "TTPs/Discovery",
      .unauthorizedInfrastructure: "Effects/Resource Consumption",
    ]
    return tactics[finding.businessRisk] ?? "Unusual Behaviors/User"
  }

  private var recommendation: String {
    // The finding's own fields tell its scope, and room is short.
    let remediation = finding.remediation.filter { !$0.hasPrefix("Scope") }
    let steps = remediation.isEmpty ? finding.verification : remediation
    return steps.isEmpty ? "Answer the evidence that the finding requires." : steps.joined(separator: " ")
  }

  /// At most 50 fields, names of up to 128 and values of 1 to 2,048 characters.
  private var productFields: JSONValue {
    var fields: [String: String] = [
      "mdr-rainer/position": finding.position.title, "mdr-rainer/normality": finding.normality.rawValue,
      "mdr-rainer/actor": finding.actor, "mdr-rainer/source": finding.source,
      "mdr-rainer/events": finding.eventNames.joined(separator: ", "),
      "mdr-rainer/count": "\(finding.count)",
      "mdr-rainer/new_dimensions": finding.newDimensions.map(\.rawValue).joined(separator: ", "),
      "mdr-rainer/overrides": finding.overrideClasses.map(\.rawValue).joined(separator: ", "),
      "mdr-rainer/attack": finding.attack.map { "\($0.id) (\($0.confidence))" }.joined(separator: ", "),
      "mdr-rainer/evidence_required": finding.evidenceRequired.joined(separator: " "),
      "mdr-rainer/event_ids": finding.eventIDs.prefix(20).joined(separator: ", "),
    ]
    if let note = finding.timeNote { fields["mdr-rainer/time"] = note }
    if let person = finding.person { fields["mdr-rainer/person"] = person }
    return .object(
      fields.filter { !$0.value.isEmpty }.mapValues { .string($0.shortened(to: 2_048)) })
  }

  /// At least one and at most 32 resources, ids of up to 512 characters.
  private var resources: JSONValue {
    var resources: [JSONValue] = [
      resource("AwsAccount", "AWS::::Account:\(account)")
    ]
    for name in finding.resources.prefix(31) where !name.isEmpty {
      resources.append(resource("Other", name.shortened(to: 512)))
    }
    return .array(resources)
  }

  private func resource(_ type: String, _ id: String) -> JSONValue {
    [
      "Type": .string(type), "Id": .string(id), "Partition": .string(finding.partition),
      "Region": .string(finding.awsRegion),
    ]
  }
}
