import Testing

@testable import MDRCore

@Suite struct InventoryFootprintTests {
  static let place = InventoryPlace(account: "111111111111", region: "us-east-1")

  static func inventory(_ documents: [String], at place: InventoryPlace = place) throws -> Inventory {
    var inventory = Inventory()
    for document in documents {
      let isKnown = inventory.add(try JSONValue(parsing: document), at: place, kinds: ResourceKinds())
      #expect(isKnown, "\(document)")
    }
    return inventory
  }

  @Test(arguments: [
    ("answers/111122223333/eu-west-1/ec2-describe-addresses.json", "111122223333", "eu-west-1"),
    ("ec2-describe-addresses-000000020873-us-east-1.json", "000000020873", "us-east-1"),
    ("prod_us-gov-west-1_instances.json", nil, "us-gov-west-1"),
    ("organizations-list-accounts.json", nil, nil),
  ])
  func `a file's path can say of which account and region it speaks`(
    path: String, account: String?, region: String?
  ) {
    #expect(InventoryPlace(path: path) == InventoryPlace(account: account, region: region))
  }

  @Test func `a resource that several lists name counts once`() throws {
    let inventory = try Self.inventory([
      #"{"DBInstances":[{"DBInstanceIdentifier":"orders","DBInstanceArn":"arn:aws:rds:us-east-1:111111111111:db:orders"}]}"#,
      #"{"ResourceTagMappingList":[{"ResourceARN":"arn:aws:rds:us-east-1:111111111111:db:orders"},{"ResourceARN":"arn:aws:s3:::ledger"},{"ResourceARN":"arn:aws:unknown:us-east-1:111111111111:thing/1"}]}"#,
      #"{"Buckets":[{"Name":"ledger"}]}"#,
      #"{"Resources":[{"Arn":"arn:aws:eks:us-east-1:111111111111:cluster/apps","ResourceType":"eks:cluster"}]}"#,
      #"{"clusters":["apps","batch"]}"#,
      #"{"resourceCounts":[{"resourceType":"AWS::RDS::DBInstance","count":1},{"resourceType":"AWS::Lambda::Function","count":7}]}"#,
    ])
    #expect(
      inventory.footprints["111111111111"]?.totals == [
        "RDS database": 1, "S3 bucket": 1, "EKS cluster": 2, "Lambda function": 7,
      ])
  }

  @Test func `resources of another account are that account's`() throws {
    let inventory = try Self.inventory([
      #"{"Resources":[{"Arn":"arn:aws:lambda:eu-west-1:222222222222:function:a"}]}"#
    ])
    #expect(inventory.footprints["222222222222"]?.totals == ["Lambda function": 1])
    #expect(inventory.footprints["111111111111"] == nil)
  }

  @Test func `of two statements about a security service the one that says more counts`() throws {
    let documents = [
      #"{"trailList":[{"Name":"a","IsMultiRegionTrail":false}]}"#, #"{"IsLogging":false}"#,
      #"{"IsLogging":true}"#,
    ]
    for order in [documents, documents.reversed()] {
      let security = try #require(try Self.inventory(order).security["111111111111"])
      #expect(security.state(of: .cloudTrail, in: "us-east-1") == .on)
    }
    let stopped = try Self.inventory(Array(documents.dropLast()))
    #expect(stopped.security["111111111111"]?.state(of: .cloudTrail, in: "us-east-1") == .stopped)
    let hub = try Self.inventory([
      #"{"HubArn":"arn:aws:securityhub:eu-west-1:222222222222:hub/default"}"#,
      #"{"status":"ENABLED","findingPublishingFrequency":"SIX_HOURS"}"#,
      #"{"analyzers":[{"name":"a","status":"ACTIVE"}]}"#, #"{"DetectorIds":[]}"#,
    ])
    #expect(hub.security["222222222222"]?.state(of: .securityHub, in: "eu-west-1") == .on)
    #expect(hub.security["111111111111"]?.state(of: .macie, in: "us-east-1") == .on)
    #expect(hub.security["111111111111"]?.state(of: .accessAnalyzer, in: "us-east-1") == .on)
    #expect(hub.security["111111111111"]?.state(of: .guardDuty, in: "us-east-1") == .off)
  }

  @Test func `change windows recur by weekday and hour, or are open once`() throws {
    let inventory = try Self.inventory([
      #"{"change_windows":[{"name":"night","days":["Thursday"],"from":"22:00","to":"04:00"},{"name":"move","accounts":["222222222222"],"since":"2026-01-05","until":"2026-01-07"},{"name":"always"},{"name":"bad","from":"25:00","to":"26:00"}]}"#
    ])
    #expect(inventory.changeWindows.map(\.name) == ["night", "move"])
    #expect(inventory.caveats.count == 2)
    // 2026-01-01 was a Thursday.
    func name(_ day: Int, _ hour: Int, _ account: String = "111111111111") -> String? {
      inventory.changeWindows.first { $0.contains(Sample.time(day: day, hour: hour), account: account) }?.name
    }
    #expect(name(0, 22) == "night" && name(1, 3) == "night" && name(7, 23) == "night")
    #expect(name(0, 21) == nil && name(1, 4) == nil && name(1, 22) == nil)
    #expect(name(5, 12, "222222222222") == "move" && name(5, 12) == nil && name(6, 0, "222222222222") == nil)
  }

  static let trail = """
    {"trailList":[{"Name":"org","TrailARN":"arn:aws:cloudtrail:us-east-1:111111111111:trail/org","S3BucketName":"org-logs",
      "IsOrganizationTrail":true,"IsMultiRegionTrail":true,"LogFileValidationEnabled":true,
      "KmsKeyId":"arn:aws:kms:us-east-1:222222222222:key/k"}]}
    """

  @Test func `how logs are kept is answered by trails, and otherwise asked of people`() throws {
    func answers(_ documents: [String], buckets: String? = nil) throws -> [LogIntegrity.Answer] {
      var inventory = try Self.inventory(documents)
      if let buckets {
        _ = inventory.add(
          try JSONValue(parsing: buckets), at: InventoryPlace(account: "222222222222"), kinds: ResourceKinds()
        )
      }
      return LogIntegrity(inventory: inventory).answers
    }
    func holds(_ answers: [LogIntegrity.Answer]) -> [Bool?] { answers.prefix(5).map(\.holds) }
    #expect(try answers([]).isEmpty)
    let buckets = #"{"Buckets":[{"Name":"org-logs"}]}"#
    #expect(holds(try answers([Self.trail], buckets: buckets)) == [true, true, nil, true, true])
    // Nobody's list has the bucket: whose it is stays open.
    #expect(holds(try answers([Self.trail])) == [true, nil, nil, true, true])
    let plain = Self.trail.replacing("\"IsOrganizationTrail\":true,", with: "")
      .replacing("\"LogFileValidationEnabled\":true", with: "\"LogFileValidationEnabled\":false")
      .replacing("222222222222:key", with: "111111111111:key")
    let weak = try answers([plain, buckets])
    #expect(holds(weak) == [false, false, nil, false, false])
    #expect(weak[0].told == "None of 1 trail in the inventory is one.")
    #expect(weak[3].told == "Not of `arn:aws:cloudtrail:us-east-1:111111111111:trail/org`")
    #expect(weak.suffix(6).allSatisfy { $0.holds == nil && $0.told.hasPrefix("Ask ") && !$0.why.isEmpty })
  }

  @Test func `the baseline tells how the logs are kept where the inventory has trails`() throws {
    let baseline = try Sample.baseline([])
    let inventory = try Self.inventory([Self.trail])
    let text = Document(OperatingModel(baseline, inventory: inventory).document.blocks).rendered
    #expect(text.contains("## How the logs are kept"))
    #expect(
      text.contains(
        "| Log files are validated | yes | `arn:aws:cloudtrail:us-east-1:111111111111:trail/org` |"))
    let without = Document(OperatingModel(baseline, inventory: Inventory()).document.blocks).rendered
    #expect(!without.contains("How the logs are kept"))
  }
}
