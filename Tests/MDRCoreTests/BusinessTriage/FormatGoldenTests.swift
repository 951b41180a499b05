import Foundation
import Testing

@testable import MDRCore

/// What findings look like in other tools' forms: Tests/Cases/formats has the findings and each form's file.
///
/// With RECORD_GOLDEN=1 the files are written anew and the test fails, so that the change is looked at.
@Suite struct FormatGoldenTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Cases/formats")

  private static let findings = Result {
    try String(contentsOf: root.appendingPathComponent("findings.jsonl"), encoding: .utf8)
      .split(separator: "\n").map { try Finding(json: JSONValue(parsing: String($0))) }
  }

  @Test(arguments: FindingFormat.allCases)
  func `a form is what was looked at`(format: FindingFormat) throws {
    let text = format.text(of: try Self.findings.get())
    let file = Self.root.appendingPathComponent(format.fileName)
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
      Issue.record(
        "\(format.fileName) was recorded anew: look at the difference, then run without RECORD_GOLDEN")
      return
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)), "\(format.fileName)")
  }

  @Test func `the case has a finding of each listed position, and a hostile one`() throws {
    let findings = try Self.findings.get()
    #expect(Set(findings.map(\.position)).union([.normalLowRisk]) == Set(Position.allCases))
    #expect(findings.contains { $0.actor.contains("<script>") })
  }

  /// A member by its path; `[]` stands for every element, of which there has to be at least one.
  private static func members(_ value: JSONValue, _ path: [Substring]) -> [JSONValue?] {
    guard let first = path.first else { return [value] }
    let name = first.hasSuffix("[]") ? String(first.dropLast(2)) : String(first)
    guard let member = name.isEmpty ? value : value[name] else { return [nil] }
    guard first.hasSuffix("[]") else { return members(member, Array(path.dropFirst())) }
    guard !member.elements.isEmpty else { return [nil] }
    return member.elements.flatMap { members($0, Array(path.dropFirst())) }
  }

  private static func expect(_ paths: String, in value: JSONValue) {
    for path in paths.split(separator: " ") {
      let found = members(value, path.split(separator: "."))
      #expect(
        !found.contains { $0 == nil || $0 == .null || $0?.string?.isEmpty == true }, "\(path) is missing")
    }
  }

  /// Required by the class, its base event, the cloud profile and the objects used:
  /// https://github.com/ocsf/ocsf-schema, events/findings/detection_finding.json and objects/*.json.
  @Test func `OCSF has every required attribute of class 2004 and its objects`() throws {
    for finding in try Self.findings.get() {
      let value = OCSFFinding(finding, end: .unknown).json
      Self.expect(
        """
        activity_id category_uid class_uid type_uid severity_id time metadata.version metadata.product.vendor_name \
        metadata.product.name finding_info.uid finding_info.title finding_info.analytic.type_id cloud.provider \
        cloud.account.uid evidences[].api.operation evidences[].api.service.name evidences[].actor.user.uid \
        evidences[].src_endpoint finding_info.related_events[].uid resources[].uid
        """, in: value)
      if value["remediation"] != nil { Self.expect("remediation.desc", in: value) }
      if value["finding_info"]?["attacks"]?.elements.isEmpty == false {
        Self.expect(
          "finding_info.attacks[].technique.uid finding_info.attacks[].technique.name finding_info.attacks[].tactic.name",
          in: value)
      }
    }
  }

  /// The list: https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html.
  @Test func `ASFF has every required attribute`() throws {
    Self.expect(
      """
      [].AwsAccountId [].CreatedAt [].Description [].GeneratorId [].Id [].ProductArn [].Resources[].Id \
      [].Resources[].Type [].SchemaVersion [].Severity.Label [].Title [].Types[] [].UpdatedAt [].Workflow.Status \
      [].RecordState
      """, in: try JSONValue(parsing: FindingFormat.asff.text(of: try Self.findings.get())))
  }

  /// The schema: https://docs.oasis-open.org/sarif/sarif/v2.1.0/, sarif-schema-2.1.0.json.
  @Test func `SARIF has every required property`() throws {
    let log = try JSONValue(parsing: FindingFormat.sarif.text(of: try Self.findings.get()))
    Self.expect(
      """
      version runs[].tool.driver.name runs[].tool.driver.rules[].id runs[].results[].message.text \
      runs[].results[].ruleId runs[].results[].level \
      runs[].results[].locations[].physicalLocation.artifactLocation.uri
      """, in: log)
  }
}
