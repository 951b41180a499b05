import Testing

@testable import MDRCore

/// What the public specifications require of each form: https://schema.ocsf.io/1.4.0/classes/detection_finding,
/// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html and
/// https://docs.oasis-open.org/sarif/sarif/v2.1.0/.
@Suite struct FormatTests {
  private static func text(_ value: JSONValue?, upTo limit: Int) -> Bool {
    guard let text = value?.string else { return false }
    return !text.isEmpty && text.utf16.count <= limit
  }

  @Test(arguments: ["sso:AWS-Admin"] + hostileTexts)
  func `OCSF detection findings have what class 2004 requires`(text: String) throws {
    let line = FindingFormat.ocsf.text(of: [.example(text: text)])
    #expect(line.hasSuffix("}\n") && line.split(separator: "\n").count == 1)
    let value = try JSONValue(parsing: line)
    #expect(value["class_uid"]?.int == 2004)
    #expect(value["category_uid"]?.int == 2)
    #expect(value["activity_id"]?.int == 1)
    #expect(value["type_uid"]?.int == 2004 * 100 + 1)
    #expect((1...5).contains(value["severity_id"]?.int ?? 0))
    #expect(value["time"]?.int == 1_775_000_600_000)
    #expect(value["metadata"]?["version"]?.string == "1.4.0")
    #expect(value["metadata"]?["product"]?["vendor_name"]?.string?.isEmpty == false)
    #expect(value["metadata"]?["profiles"]?.strings == ["cloud"])
    #expect(value["cloud"]?["provider"]?.string == "AWS")
    #expect(value["finding_info"]?["uid"]?.string == "f-0001")
    #expect(value["finding_info"]?["title"]?.string?.isEmpty == false)
    for attack in value["finding_info"]?["attacks"]?.elements ?? [] {
      #expect(attack["technique"]?["uid"]?.string?.isEmpty == false)
      #expect(attack["tactic"]?["name"]?.string?.isEmpty == false)
    }
    #expect(value["finding_info"]?["analytic"]?["type_id"]?.int == 1)
    #expect((0...3).contains(value["confidence_id"]?.int ?? -1))
    for evidence in value["evidences"]?.elements ?? [] {
      let endpoint = evidence["src_endpoint"]
      #expect(endpoint?["ip"] != nil || endpoint?["name"] != nil)
    }
    #expect(value["resources"]?.elements.isEmpty == false)
  }

  @Test(arguments: ["sso:AWS-Admin", String(repeating: "long 😀 name ", count: 600)] + hostileTexts)
  func `ASFF findings have what BatchImportFindings requires, within its limits`(text: String) throws {
    var finding = Finding.example(text: text)
    finding.resources = (0..<90).map { "\(text)-\($0)" }
    let value = try #require(try JSONValue(parsing: FindingFormat.asff.text(of: [finding])).elements.first)
    #expect(value["SchemaVersion"]?.string == "2018-10-08")
    #expect(Self.text(value["Id"], upTo: 512))
    #expect(Self.text(value["GeneratorId"], upTo: 512))
    #expect(Self.text(value["Title"], upTo: 256))
    #expect(Self.text(value["Description"], upTo: 1_024))
    let account = try #require(value["AwsAccountId"]?.string)
    #expect(account.count == 12 && account.allSatisfy(\.isNumber))
    let product = try #require(value["ProductArn"]?.string)
    #expect(product.hasPrefix("arn:aws") && product.hasSuffix(":product/\(account)/default"))
    for key in ["CreatedAt", "UpdatedAt", "FirstObservedAt", "LastObservedAt"] {
      #expect(value[key]?.string.flatMap(Timestamp.init(parsing:)) != nil, "\(key)")
    }
    let labels = ["INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"]
    #expect(labels.contains(value["Severity"]?["Label"]?.string ?? ""))
    let namespaces = [
      "Software and Configuration Checks", "TTPs", "Effects", "Unusual Behaviors",
      "Sensitive Data Identifications",
    ]
    for type in try #require(value["Types"]).strings {
      let parts = type.split(separator: "/").map(String.init)
      #expect((2...3).contains(parts.count) && namespaces.contains(parts[0]), "\(type)")
    }
    let resources = try #require(value["Resources"]).elements
    #expect((1...32).contains(resources.count))
    for resource in resources {
      #expect(Self.text(resource["Id"], upTo: 512) && Self.text(resource["Type"], upTo: 256))
    }
    let fields = try #require(value["ProductFields"]).members
    #expect(fields.count <= 50)
    for (name, field) in fields { #expect(name.count <= 128 && Self.text(field, upTo: 2_048), "\(name)") }
    #expect(Self.text(value["Remediation"]?["Recommendation"]?["Text"], upTo: 512))
    #expect(value.compactText.utf8.count < 240_000)
  }

  @Test func `a finding without an account or a region still goes to Security Hub`() throws {
    var finding = Finding.example()
    (finding.accountID, finding.region) = ("", "global")
    let value = ASFFFinding(finding, end: .unknown).json
    #expect(value["AwsAccountId"]?.string == "000000000000")
    #expect(value["Region"]?.string == "us-east-1")
    finding.region = "cn-north-1"
    #expect(ASFFFinding(finding, end: .unknown).json["ProductArn"]?.string?.hasPrefix("arn:aws-cn:") == true)
  }

  @Test(arguments: ["sso:AWS-Admin"] + hostileTexts)
  func `SARIF logs name a rule for each result`(text: String) throws {
    let log = try JSONValue(
      parsing: FindingFormat.sarif.text(of: [.example(text: text), .example(id: "f-2")]))
    #expect(log["version"]?.string == "2.1.0")
    let run = try #require(log["runs"]?.elements.first)
    #expect(run["tool"]?["driver"]?["name"]?.string?.isEmpty == false)
    let rules = Set(run["tool"]?["driver"]?["rules"]?.elements.compactMap { $0["id"]?.string } ?? [])
    let results = run["results"]?.elements ?? []
    #expect(results.count == 2)
    for result in results {
      #expect(rules.contains(result["ruleId"]?.string ?? "?"))
      #expect(["error", "warning", "note"].contains(result["level"]?.string ?? ""))
      #expect(result["message"]?["text"]?.string?.isEmpty == false)
      for location in result["locations"]?.elements ?? [] {
        let uri = location["physicalLocation"]?["artifactLocation"]?["uri"]?.string ?? " "
        #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A })
      }
    }
  }

  @Test func `a severity is met from itself upward, a position by itself`() {
    let finding = Finding.example()
    #expect(FailCondition("high")?.isMet(by: finding) == true)
    #expect(FailCondition("critical")?.isMet(by: finding) == true)
    #expect(FailCondition("abnormal_high_risk")?.isMet(by: finding) == true)
    #expect(FailCondition("unknown_needs_evidence")?.isMet(by: finding) == false)
    var slight = finding
    slight.severity = .low
    #expect(FailCondition("medium")?.isMet(by: slight) == false)
    #expect(FailCondition("bad") == nil)
  }
}
