import Testing

@testable import MDRCore

/// What the customer's inventory lists has to fit observations, in whichever of the documented spellings it stands there.
@Suite struct InventoryListTests {
  private func judge(_ logic: String, _ facts: EventFacts, roles: Set<String> = [], jewels: Set<String> = [])
    throws -> Truth
  {
    var inventory = Inventory()
    inventory.approvedRotationRoles = roles
    inventory.crownJewels = jewels
    return try facts.judge(logic, lists: EvaluationLists(inventory)).truth
  }

  @Test(arguments: [
    ("deployer", true), ("role:deployer", true), ("arn:aws:iam::111122223333:role/deployer", true),
    ("deploy*", true), ("arn:aws:iam::111122223333:user/deployer", false), ("deploy", false),
    ("user:deployer", false),
  ])
  func `a rotation role is listed by its name, its key or its ARN`(entry: String, isListed: Bool) throws {
    let truth = try judge(
      #"in_list(actor, "approved_rotation_roles")"#, .made("CreateAccessKey"), roles: [entry])
    #expect(truth == (isListed ? .yes : .no))
  }

  @Test func `a rotation role's name fits in whatever path the role lies`() throws {
    var facts = EventFacts.made("CreateAccessKey")
    facts.identity.actor = "role:operations/rotation-{account}"
    let logic = #"in_list(actor, "approved_rotation_roles")"#
    #expect(try judge(logic, facts, roles: ["rotation-111122223333"]) == .yes)
    #expect(
      try judge(logic, facts, roles: ["arn:aws:iam::1:role/operations/rotation-111122223333"]) == .yes)
    #expect(try judge(logic, facts, roles: ["operations"]) == .no)
  }

  @Test(arguments: [
    ("responder", true), ("arn:aws:iam::111122223333:role/ir/responder", true), ("respond*", true),
    ("arn:aws:iam::111122223333:role/responder", false), ("respond", false), ("ir", false),
  ])
  func `a role for emergencies is listed by its name or its ARN`(entry: String, isListed: Bool) throws {
    var inventory = Inventory()
    inventory.breakGlassRoles = [entry]
    let facts = EventFacts.made(
      "AssumeRole", "sts", request: #"{"roleArn":"arn:aws:iam::111122223333:role/ir/responder"}"#)
    let truth = try facts.judge(
      #"in_list(requestParameters.roleArn, "break_glass_roles")"#, lists: EvaluationLists(inventory)
    ).truth
    #expect(truth == (isListed ? .yes : .no))
  }

  @Test(arguments: [
    ("ledger", true), ("arn:aws:s3:::ledger", true), ("arn:aws:s3:::led*", true), ("arn:aws:s3:::*", false),
    ("arn:aws:s3:::other", false),
  ])
  func `a crown jewel is known by its name when the inventory has its ARN`(entry: String, isKnown: Bool)
    throws
  {
    let facts = EventFacts.made("DeleteBucket", "s3", request: #"{"bucketName":"ledger"}"#)
    #expect(
      try judge("audit_name(requestParameters.bucketName)", facts, jewels: [entry]) == (isKnown ? .yes : .no))
  }
}
