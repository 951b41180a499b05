import Testing

@testable import MDRCore

@Suite struct ResourceNamesTests {
  @Test(arguments: [
    ("arn:aws:iam::111122223333:role/service/api", "role/api"),
    ("arn:aws-us-gov:iam::111122223333:user/dana", "user/dana"),
    ("arn:aws:s3:::orders/2026/a.csv", "bucket/orders"),
    ("arn:aws:s3:::orders", "bucket/orders"),
    ("arn:aws:lambda:us-east-1:111122223333:function:ingest:3", "function/ingest"),
    ("arn:aws:kms:us-east-1:111122223333:key/1234abcd", "kms_key/1234abcd"),
    ("arn:aws:rds:us-east-1:111122223333:db:orders", "db_instance/orders"),
    ("arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf", "secret/prod/db"),
    ("arn:aws:dynamodb:us-east-1:111122223333:table/customers", "table/customers"),
  ])
  func `an ARN and the name that a parameter has are one resource`(arn: String, name: String) {
    #expect(ResourceNames.all(of: arn) == [arn, name])
  }

  @Test(arguments: [
    "role/api", "arn", "", "arn:aws:iam", "arn:aws:sns:us-east-1:111122223333:topic", "arn:aws:s3:::",
    "arn:aws:iam::111122223333:role/", "arn:aws:lambda:::function:", "arn:aws:secretsmanager:::secret:a-b",
  ])
  func `what has no other name goes by its own, and nothing traps`(resource: String) {
    #expect(ResourceNames.all(of: resource).first == resource)
  }

  @Test func `a changed trust and the role that is taken by it point to each other`() throws {
    let trust = Sample.observation(
      Sample.time(day: 91, hour: 9), actor: "sso:Admin", event: "iam.amazonaws.com:UpdateAssumeRolePolicy",
      source: "ip:203.0.113.0/24", override: .identity, kind: .publicNetwork, resources: ["role/reports"],
      archetype: .ssoUser)
    let taken = Sample.observation(
      Sample.time(day: 91, hour: 11), actor: "xacct:999988887777", event: "sts.amazonaws.com:AssumeRole",
      source: "ip:192.0.2.0/24", override: .identity, kind: .publicNetwork,
      resources: ["arn:aws:iam::111111111111:role/team/reports"], archetype: .externalAccount)
    let findings = try TriageRun.result([trust, taken], against: Sample.baseline([])).findings
    #expect(findings.count == 2)
    for finding in findings {
      #expect(finding.related.map(\.why) == ["Touches the same resource."])
      let isSession = finding.eventNames == ["AssumeRole"]
      #expect(
        finding.residualRisk.contains("Whoever holds the session may do what the role may, until it ends.")
          == isSession)
    }
  }
}
