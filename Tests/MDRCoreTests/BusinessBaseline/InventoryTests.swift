import Foundation
import Testing

@testable import MDRCore

@Suite struct InventoryTests {
  static func inventory(_ documents: String...) throws -> Inventory {
    var inventory = Inventory()
    for document in documents {
      let isKnown = inventory.add(try JSONValue(parsing: document))
      #expect(isKnown, "\(document)")
    }
    return inventory
  }

  static let customer = """
    {"corporate_networks":[{"name":"hq","cidrs":["203.0.113.0/25","2001:db8:40::/48"]},
      {"name":"branch","cidrs":["203.0.113.64/27"]}],"approved_rotation_roles":["bastion-role"],
      "partner_accounts":["333333333333"],"crown_jewels":["arn:aws:s3:::ledger"],
      "account_purposes":{"111111111111":"payments"}}
    """

  @Test func `accounts of the organisation have their names, and no list means that nothing is known`() throws
  {
    let inventory = try Self.inventory(
      #"{"Accounts":[{"Id":"111111111111","Name":"payments-prod","Status":"ACTIVE"},{"Id":"222222222222","Name":"old","Status":"SUSPENDED"}]}"#,
      Self.customer)
    #expect(inventory.name(of: "111111111111") == "payments-prod")
    #expect(inventory.accounts["111111111111"]?.purpose == "payments")
    #expect(inventory.accounts["222222222222"]?.isActive == false)
    #expect(inventory.organizationAccounts == ["111111111111", "222222222222"])
    #expect(Inventory().organizationAccounts == nil)
  }

  @Test func `elastic addresses, instances and gateways own their addresses`() throws {
    let inventory = try Self.inventory(
      #"{"Addresses":[{"PublicIp":"198.51.100.7","AllocationId":"eipalloc-1","InstanceId":"i-1","Tags":[{"Key":"Name","Value":"build-7"}]},{"PublicIp":"198.51.100.8","AllocationId":"eipalloc-2"}]}"#,
      #"{"Reservations":[{"OwnerId":"111111111111","Instances":[{"InstanceId":"i-1","PublicIpAddress":"198.51.100.7","NetworkInterfaces":[{"Ipv6Addresses":[{"Ipv6Address":"2001:db8::7"}]}]}]}]}"#,
      #"{"NatGateways":[{"NatGatewayId":"nat-1","NatGatewayAddresses":[{"PublicIp":"198.51.100.9"}],"Tags":[{"Key":"Name","Value":"egress-0"}]}]}"#
    )
    #expect(inventory.owner(of: "198.51.100.7")?.name == "build-7")
    #expect(inventory.owner(of: "198.51.100.7")?.pool == "build-7", "an instance is no pool")
    #expect(inventory.owner(of: "198.51.100.8")?.name == "eipalloc-2")
    #expect(inventory.owner(of: "198.51.100.9")?.pool == "egress")
    #expect(inventory.owner(of: "2001:db8:0::7")?.instanceID == "i-1")
    #expect(inventory.owner(of: "198.51.100.10") == nil)
  }

  private static func source(of address: String, _ inventory: Inventory) -> String {
    inventory.resolved(
      Sample.observation(Sample.start, source: "ip:somewhere", sourceIP: address, kind: .publicNetwork)
    ).source
  }

  @Test func `a corporate address is named after its smallest network`() throws {
    let inventory = try Self.inventory(Self.customer)
    #expect(Self.source(of: "203.0.113.1", inventory) == "corp:hq")
    #expect(Self.source(of: "203.0.113.70", inventory) == "corp:branch")
    #expect(Self.source(of: "203.0.113.200", inventory) == "ip:somewhere")
    #expect(Self.source(of: "2001:db8:40:9::1", inventory) == "corp:hq")
    #expect(Self.source(of: "2001:db8:41::1", inventory) == "ip:somewhere")
    #expect(Self.source(of: "AWS Internal", inventory) == "ip:somewhere")
  }

  @Test func `an observation from a known address gets its owner's name, and the step is recorded`() throws {
    let inventory = try Self.inventory(
      Self.customer, #"{"Addresses":[{"PublicIp":"203.0.113.70","AllocationId":"eipalloc-3"}]}"#)
    func resolved(_ address: String, _ kind: SourceKind = .publicNetwork) -> Observation {
      inventory.resolved(
        Sample.observation(Sample.start, source: "ip:somewhere", sourceIP: address, kind: kind))
    }
    #expect(
      resolved("203.0.113.70").source == "owned:eipalloc-3",
      "what is owned comes before the network around it")
    #expect(resolved("203.0.113.1").source == "corp:hq")
    #expect(resolved("203.0.113.1").origin.kind == .corporate)
    #expect(resolved("203.0.113.1").origin.sourceIP == "203.0.113.1")
    #expect(
      resolved("203.0.113.1").generalisations == ["source: 203.0.113.1 lies in the corporate network corp:hq"]
    )
    #expect(resolved("192.0.2.1").source == "ip:somewhere")
    #expect(
      resolved("203.0.113.1", .vpcEndpoint).source == "ip:somewhere", "an endpoint says by itself what it is")
  }

  @Test func `crown jewels are known by name and by ARN`() throws {
    let inventory = try Self.inventory(Self.customer)
    #expect(inventory.isCrownJewel("ledger"))
    #expect(inventory.isCrownJewel("arn:aws:s3:::ledger"))
    #expect(!inventory.isCrownJewel("other-ledger"))
  }

  @Test func `a bad file is named and the rest is used`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "inventory-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [
      ("broken.json", "{"), ("other.json", #"{"Something":1}"#), ("anything.json", Self.customer),
      (
        "networks.json",
        #"{"corporate_networks":[{"name":"lab","cidrs":["203.0.113.0/33","198.51.100.0/24"]}]}"#
      ),
      ("networks.csv", "name,cidr"), ("ledger.jsonl", "{}"), ("inventory.md", "#"), ("SHA256SUMS", ""),
    ] { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    let inventory = try Inventory.load(from: folder.path)
    #expect(inventory.caveats.count == 4)
    #expect(
      inventory.caveats.contains {
        $0.contains("networks.csv is left out: it is no table of where addresses are")
      })
    #expect(inventory.caveats.contains { $0.contains("broken.json") })
    #expect(inventory.caveats.contains { $0.contains("other.json") })
    #expect(inventory.caveats.contains { $0.contains("203.0.113.0/33") })
    #expect(Self.source(of: "198.51.100.3", inventory) == "corp:lab")
    #expect(inventory.partnerAccounts == ["333333333333"])
    let missing = #expect(throws: CommandError.self) { try Inventory.load(from: folder.path + "/none") }
    #expect(missing?.code == .noSuchInput)
  }

  @Test(arguments: [
    "203.0.113.0/33", "203.0.113/24", "2001:db8::/129", "::1::2", "", "/8", "a.b.c.d", "1:2:3:4:5:6:7:8:9",
    "203.0.113.0/-1",
  ])
  func `what is no address block is refused`(text: String) {
    #expect(AddressBlock(text) == nil)
  }

  @Test func `names that none in AWS can have are told`() throws {
    var inventory = Inventory()
    let file =
      #"{"crown_jewels":["orders","a\u001b[2J","b\n-- c"],"partner_accounts":["444455556666","4\u202e4"]}"#
    let isKnown = inventory.add(try JSONValue(parsing: file))
    #expect(isKnown)
    #expect(inventory.caveats.count == 2)
    #expect(
      inventory.caveats[1].hasPrefix("1 name of partner_accounts in the customer's file matches nothing"))
    #expect(inventory.caveats[0].hasPrefix("2 names of crown_jewels in the customer's file match nothing"))
  }

  @Test func `a misspelt list and one that is written in another way are told`() throws {
    var inventory = Inventory()
    let file =
      #"{"partner_accounts":"444455556666","crown_jewel":["orders"],"break_glass_roles":["emergency",1],"crown_jewels":["ledger"],"comment":"ours","Accounts":[]}"#
    let isKnown = inventory.add(try JSONValue(parsing: file))
    #expect(isKnown)
    #expect(
      inventory.caveats.map { String($0.prefix { $0 != ":" }) } == [
        "break_glass_roles in the customer's file is not a list of names, and counts only where it fits",
        "crown_jewel in the customer's file is no list that is known and is left out",
        "partner_accounts in the customer's file is not a list of names, and counts only where it fits",
      ])
    #expect(inventory.breakGlassRoles == ["emergency"])
    #expect(inventory.crownJewels == ["ledger"])
  }

  @Test func `what AWS publishes beside the customer's lists is no misspelt one`() throws {
    var inventory = Inventory()
    let file =
      #"{"syncToken":"1","createDate":"2026-01-01","prefixes":[{"ip_prefix":"192.0.2.0/24","region":"us-east-1"}],"crown_jewels":["orders"]}"#
    let isKnown = inventory.add(try JSONValue(parsing: file))
    #expect(isKnown)
    #expect(inventory.caveats.isEmpty)
  }
}
