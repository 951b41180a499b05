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
}
