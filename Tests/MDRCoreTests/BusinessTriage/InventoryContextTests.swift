import Testing

@testable import MDRCore

@Suite struct InventoryContextTests {
  private static func finding(_ inventory: Inventory?) throws -> Finding {
    var call = Sample.observation(
      Sample.time(day: 91), actor: "sso:Admin", event: "rds.amazonaws.com:DeleteDBInstance",
      source: "corp:hq", override: .destructive, resources: ["db_instance/ledger"],
      archetype: .ssoAdministrator, targets: ["db_instance": ["ledger"]])
    call.businessFamily = .database
    var triage = Triage(
      index: BaselineIndex(try Sample.baseline(BaselineIndexTests.estate)),
      since: Sample.time(day: 90, hour: 0), inventory: inventory,
      detector: try Detector(directory: nil, inventory: nil))
    triage.add(call)
    return try #require(try triage.finish(caveats: []).findings.first)
  }

  @Test func `the account's purpose, a crown jewel and controls that are off are told`() throws {
    var inventory = Inventory()
    _ = inventory.add([
      "crown_jewels": ["arn:aws:rds:us-east-1:111111111111:db:ledger"],
      "account_purposes": ["111111111111": "payments <b>"],
    ])
    inventory.note(.guardDuty, .off, at: InventoryPlace(account: "111111111111", region: "us-east-1"))
    inventory.note(.config, .on, at: InventoryPlace(account: "111111111111", region: "us-east-1"))
    let finding = try Self.finding(inventory)
    #expect(finding.accountPurpose == "payments <b>")
    #expect(
      finding.residualRisk.contains("It touches what the customer calls a crown jewel: `ledger`."))
    #expect(
      finding.residualRisk.contains(
        "By the inventory, GuardDuty is off or stopped here: what follows may go unnoticed."))
    let text = Document(finding.blocks()).rendered
    #expect(text.contains("Account's purpose") && !text.contains("<b>"))
    #expect(try Finding(json: finding.json).accountPurpose == finding.accountPurpose)
    // Said, not weighed: the verdict is the one without an inventory.
    let without = try Self.finding(nil)
    #expect((finding.position, finding.severity) == (without.position, without.severity))
    #expect(without.accountPurpose == nil && !without.residualRisk.contains { $0.contains("crown jewel") })
  }

  @Test func `a share with an account whose logs are in the baseline is no outcome where no inventory says`()
    throws
  {
    let baseline = try Sample.baseline(BaselineIndexTests.estate + Sample.background(account: "222222222222"))
    func overrides(_ account: String, _ inventory: Inventory? = nil) throws -> [String] {
      var call = Sample.observation(
        Sample.time(day: 91), event: "ec2.amazonaws.com:ModifySnapshotAttribute", override: .sharing)
      call.details.request =
        #"{"createVolumePermission":{"add":{"items":[{"userId":"\#(account)"}]}}}"#
      let detector = try Detector(directory: nil, inventory: inventory, baseline: baseline)
      var gathered = GatheredFacts()
      return detector.overrides(of: call, &gathered).map { "\($0.id) \($0.severity.rawValue)" }
    }
    #expect(try overrides("222222222222") == [])
    #expect(try overrides("333333333333") == ["snapshot-shared high"])
    var inventory = Inventory()
    inventory.organizationAccounts = ["111111111111"]
    #expect(try overrides("222222222222", inventory) == ["snapshot-shared critical"])
  }

  @Test func `what was judged from a whole document stands where it is too long to be kept`() throws {
    var call = Sample.observation(
      Sample.time(day: 91), event: "s3.amazonaws.com:PutBucketPolicy", override: .publicExposure)
    call.details.isTruncated = true
    var inventory = Inventory()
    inventory.organizationAccounts = ["111111111111"]
    for known in [inventory, nil] {
      let detector = try Detector(
        directory: nil, inventory: known, baseline: try Sample.baseline(BaselineIndexTests.estate))
      var gathered = GatheredFacts()
      #expect(detector.overrides(of: call, &gathered) == call.overrides && !call.overrides.isEmpty)
    }
  }

  @Test func `a new key's user is told beside the list of those that may hold one`() throws {
    var inventory = Inventory()
    _ = inventory.add(["approved_key_users": ["legacy-batch", "arn:aws:iam::111111111111:user/ci/mailer"]])
    func sentences(_ user: String, _ inventory: Inventory?) throws -> [String] {
      let call = Sample.observation(
        Sample.time(day: 91), actor: "sso:Admin", event: "iam.amazonaws.com:CreateAccessKey",
        override: .identity, archetype: .ssoAdministrator, targets: ["user": [user]])
      var triage = Triage(
        index: BaselineIndex(try Sample.baseline(BaselineIndexTests.estate)),
        since: Sample.time(day: 90, hour: 0), inventory: inventory,
        detector: try Detector(directory: nil, inventory: nil))
      triage.add(call)
      return try #require(try triage.finish(caveats: []).findings.first).whyDifferent.filter {
        $0.contains("may hold access keys")
      }
    }
    #expect(try sentences("legacy-batch", inventory)[0].hasPrefix("The inventory lists `legacy-batch` among"))
    #expect(try sentences("mailer", inventory)[0].hasPrefix("The inventory lists `mailer` among"))
    #expect(
      try sentences("batch", inventory) == [
        "`batch` is not on the inventory's list of users that may hold access keys."
      ])
    #expect(try sentences("batch", Inventory()) == [])
    #expect(try sentences("batch", nil) == [])
  }

  @Test func `an address's country is told beside those that the actor called from`() throws {
    var inventory = Inventory()
    _ = inventory.add(["corporate_networks": [["name": "hq", "cidrs": ["203.0.113.0/26"]]]])
    let isTable = inventory.places.add(
      table:
        "start_ip,end_ip,country,asn,as_name\n203.0.113.0,203.0.113.63,IN,AS64500,Example\n198.51.100.0,198.51.100.255,BR,64501,\"Far, far\"\n"
    )
    #expect(isTable)
    func sentences(_ address: String, actor: String = "sso:Admin", cold: Bool = false) throws -> [String] {
      var lane = Sample.observation(
        Sample.time(day: 5), actor: "sso:Admin", event: "iam.amazonaws.com:ListUsers", source: "corp:hq",
        sourceIP: "203.0.113.5", kind: .corporate, archetype: .ssoAdministrator)
      lane.isReadOnly = true
      let call = Sample.observation(
        Sample.time(day: 91), actor: actor, event: "iam.amazonaws.com:CreateAccessKey",
        source: "ip:198.51.100.0/24",
        override: .identity, sourceIP: address, kind: .publicNetwork, archetype: .ssoAdministrator)
      var triage = Triage(
        index: cold ? nil : BaselineIndex(try Sample.baseline([lane])), since: Sample.time(day: 90, hour: 0),
        inventory: inventory, detector: try Detector(directory: nil, inventory: nil))
      triage.add(call)
      return try #require(try triage.finish(caveats: []).findings.first).whyDifferent
    }
    #expect(
      try sentences("198.51.100.7").contains(
        "New country: by the address table, `198.51.100.7` is in BR, network `AS64501 Far, far`, from where this actor never called; the baseline has IN 1."
      ))
    #expect(
      try sentences("203.0.113.9").contains(
        "By the address table, `203.0.113.9` is in IN, network `AS64500 Example`, from where this actor called once."
      ))
    #expect(
      try sentences("198.51.100.7", actor: "sso:Other").contains {
        $0.hasSuffix("for no earlier call of this actor is a country known.")
      })
    #expect(try !sentences("192.0.2.1").contains { $0.contains("address table") })
    #expect(
      try sentences("198.51.100.7", cold: true).contains { $0.hasSuffix("network `AS64501 Far, far`.") })
  }
}
