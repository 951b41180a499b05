import Testing

@testable import MDRCore

@Suite struct ResourcePatternTests {
  @Test(arguments: [
    (
      "arn:aws:ec2:us-east-1:111111111111:instance/i-0abc1234def567890",
      "arn:aws:ec2:us-east-1:111111111111:instance/i-{id}"
    ),
    ("instance/i-0abc1234def567890", "instance/i-{id}"),
    (
      "arn:aws:rds:us-east-1:111111111111:snapshot:rds:orders-2026-01-31",
      "arn:aws:rds:us-east-1:111111111111:snapshot:rds:orders-{n}"
    ),
    ("kms_key/1b2c3d4e-aaaa-bbbb-cccc-0123456789ab", "kms_key/{id}"),
    ("role/orders-api-OrdersRole-1A2B3C4D5E6F", "role/orders-api-OrdersRole-{id}"),
    ("log_stream/2026/01/31/1", "log_stream/{n}"),
    ("user/pipeline", "user/pipeline"),
    ("bucket/web1-assets", "bucket/web1-assets"),
    ("arn:aws:s3:::web-assets/key-7", "arn:aws:s3:::web-assets/key-{n}"),
    ("", ""),
  ])
  func `variable parts of a name become placeholders`(name: String, template: String) {
    #expect(ResourcePattern().template(of: name) == template)
  }

  @Test func `evidence and crown jewels keep their names`() {
    let pattern = ResourcePattern(keeping: ["arn:aws:s3:::ledger-2024"])
    #expect(
      pattern.template(of: "bucket/org-CloudTrail-111111111111") == "bucket/org-CloudTrail-111111111111")
    #expect(pattern.template(of: "arn:aws:s3:::ledger-2024") == "arn:aws:s3:::ledger-2024")
    #expect(pattern.template(of: "arn:aws:s3:::ledger-2025") == "arn:aws:s3:::ledger-{n}")
  }

  @Test func `targets show habits, not what is new at each call`() {
    let observation = Sample.observation(
      Sample.start, targets: ["user": ["pipeline"], "cidr": ["0.0.0.0/0"], "access_key_id": ["AKIAEXAMPLE"]])
    #expect(ResourcePattern().targets(of: observation) == ["user=pipeline", "cidr=0.0.0.0/0"])
  }
}
