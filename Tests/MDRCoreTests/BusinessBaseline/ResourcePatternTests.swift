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

  /// The shape of a value, and its bytes.
  private static func shape(
    of value: String, _ pattern: ResourcePattern
  ) -> (kind: ResourcePattern.Shape.Kind, text: String) {
    var room = ShapeRoom()
    let bytes = Array(value.utf8)
    let shape = bytes.withUnsafeBufferPointer { bytes in
      room.withPlace(TemplateWriter.room(for: bytes.count), behind: 5) { pattern.shape(of: bytes, to: $0) }
    }
    #expect(
      String(decoding: room.bytes(shape.count, behind: "four", "="), as: UTF8.self)
        == "four=" + String(decoding: room.bytes(shape.count), as: UTF8.self))
    return (shape.kind, String(decoding: room.bytes(shape.count), as: UTF8.self))
  }

  @Test func `values of one shape show the same, behind any target that names are parted at`() {
    let pattern = ResourcePattern()
    var random = FixedGenerator(state: 23)
    let pieces = [
      "arn:aws:s3:::", "arn:aws:lambda:eu-west-1:111122223333:function:", ":7", "$LATEST", "-", "/", ".", ":",
      "audit", "CloudTrail", "flow-log", "10.0.0.", "0.0.0.0/0", "2001:db8::",
      "1b2c3d4e-aaaa-bbbb-cccc-0123456789ab",
      "2026", "01", "7", "i-0abc1234def567890", "deadbeef", "web", "orders", "1A2B3C4D5E6F", "log123", "{id}",
      "",
    ]
    let targets = ["instance", "log_stream", "cidr", "ec2"]
    #expect(targets.allSatisfy(pattern.parts))
    var known: [String: (value: String, templates: [String])] = [:]
    var others = 0
    for _ in 0..<20_000 {
      let value = (0..<Int.random(in: 0..<6, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let shape = Self.shape(of: value, pattern)
      #expect(pattern.habit(of: value, target: "four") == "four=" + shape.text)
      let templates = targets.map { pattern.template(of: $0 + "/" + value) }
      if !value.hasPrefix("arn:"), shape.kind != .plain {
        #expect(templates == targets.map { $0 + "/" + shape.text }, "\(value)")
      }
      if value.hasPrefix("arn:") { #expect(pattern.template(of: value) == shape.text, "\(value)") }
      guard let same = known["\(shape)"] else {
        known["\(shape)"] = (value, templates)
        continue
      }
      if value != same.value { others += 1 }
      guard !value.hasPrefix("arn:") else { continue }
      #expect(same.templates == templates, "\(same.value), \(value)")
    }
    #expect(others > 2_000)
  }

  @Test func `names are not parted at targets that vary or are kept, nor where names are kept whole`() {
    for target in ["web2024", "audit", "arn:aws", "deadbeef00"] {
      #expect(!ResourcePattern().parts(target), "\(target)")
    }
    #expect(!ResourcePattern(keeping: ["bucket/ledger"]).parts("bucket"))
  }
}
