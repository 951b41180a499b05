import Testing

@testable import MDRCore

@Suite struct AttackCatalogTests {
  @Test(arguments: [
    ("iam.amazonaws.com:CreateRole", "T1098.003"), ("iam.amazonaws.com:CreateUser", "T1136.003"),
    ("iam.amazonaws.com:ListUsers", "T1087.004"), ("sts.amazonaws.com:AssumeRoleWithSAML", "T1078.004"),
    ("servicequotas.amazonaws.com:ListServices", "T1526"), ("s3.amazonaws.com:ListBuckets", "T1619"),
    ("ec2.amazonaws.com:CreateRoute", "T1686.001"), ("ec2.amazonaws.com:RunInstances", "T1578.002"),
    ("athena.amazonaws.com:StartQueryExecution", "T1213.006"), ("rds.amazonaws.com:DeleteDBCluster", "T1485"),
  ])
  func `an event by itself gives a technique of low confidence`(event: String, technique: String) {
    let found = AttackCatalog().technique(of: event)
    #expect(found?.id == technique)
    #expect(found?.confidence == "low")
  }

  @Test func `most of what happens is part of no technique`() {
    for event in ["kms.amazonaws.com:Decrypt", "sns.amazonaws.com:Publish", "nothing"] {
      #expect(AttackCatalog().technique(of: event) == nil, "\(event)")
    }
  }

  @Test func `each technique of the table has a name and a tactic`() {
    for row in Content.table("business-triage/references/attack-by-event.tsv") {
      let technique = AttackCatalog().technique(row["technique"] ?? "", confidence: "low")
      #expect(technique.name != technique.id && technique.tactic != "unknown", "\(row)")
      #expect(row["why"]?.isEmpty == false)
    }
  }

  @Test func `a finding that nothing else names a technique for has one`() throws {
    var call = Sample.observation(
      Sample.time(day: 91), actor: "role:stacksets-exec-{id}", source: "svc:cloudformation.amazonaws.com",
      kind: .awsService, archetype: .deploymentAutomation)
    call.businessRisk = .credentialOrPrivilege
    var triage = Triage(
      index: BaselineIndex(try Sample.baseline([])), since: Sample.time(day: 90, hour: 0), inventory: nil,
      detector: try Detector(directory: nil, inventory: nil))
    triage.add(call)
    let finding = try #require(try triage.finish(caveats: []).findings.first)
    #expect(finding.detections.isEmpty && finding.overrides.isEmpty)
    #expect(finding.attack.map(\.id) == ["T1098.003"] && finding.attack.map(\.confidence) == ["low"])
  }
}
