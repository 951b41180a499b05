import MDRCore

/// The estate's inventory, in the shapes that the AWS CLI prints, and what only the customer can say.
struct Inventory {
  let estate: Estate

  /// The files below `inventory/`, with their contents.
  var files: [(path: String, content: JSONValue)] {
    [("inventory/organizations-list-accounts.json", accounts), ("inventory/customer.json", customer)]
      + estate.accounts.map {
        ("inventory/ec2-describe-addresses-\($0.id)-\($0.region).json", addresses(of: $0))
      }
  }

  private var accounts: JSONValue {
    let management = estate.account(named: estate.profile.managementAccount)?.id ?? ""
    return .object([
      "Accounts": .array(
        estate.accounts.map { account in
          let opened = account.openedDaysAgo.map { EstateCalendar.cutOff - $0 } ?? EstateCalendar.cutOff - 900
          return .object([
            "Arn": .string(
              "arn:aws:organizations::\(management):account/\(estate.organization)/\(account.id)"),
            "Email": .string("aws+\(account.name)@example.com"),
            "Id": .string(account.id),
            "JoinedMethod": "CREATED",
            "JoinedTimestamp": .string("\(Timestamp.startOfDay(opened).date)T08:00:00.000000+00:00"),
            "Name": .string(account.name),
            "Status": "ACTIVE",
          ])
        })
    ])
  }

  private func addresses(of account: Account) -> JSONValue {
    let gateways = (0..<3).map { slot in
      address(of: account, slot: slot, named: "nat-\(slot)", member: ("NetworkInterfaceId", "eni"))
    }
    return .object([
      "Addresses": .array(
        gateways + [address(of: account, slot: 3, named: "operations-host", member: ("InstanceId", "i"))])
    ])
  }

  private func address(
    of account: Account, slot: Int, named name: String, member: (key: String, prefix: String)
  ) -> JSONValue {
    .object([
      "AllocationId": .string(id(account, "eipalloc", name)),
      "AssociationId": .string(id(account, "eipassoc", name)),
      "Domain": "vpc",
      member.key: .string(id(account, member.prefix, name)),
      "NetworkBorderGroup": .string(account.region),
      "PublicIp": .string(estate.ownedAddress(of: account, slot: slot)),
      "Tags": [["Key": "Name", "Value": .string(name)]],
    ])
  }

  private func id(_ account: Account, _ prefix: String, _ name: String) -> String {
    var stable = SeededGenerator(seed: estate.seed, "lasting", account.id, prefix, name)
    return String(decoding: Scene.identifier(prefix, &stable), as: UTF8.self)
  }

  private var customer: JSONValue {
    .object([
      "approved_rotation_roles": JSONValue(estate.profile.rotationRoles.map(named)),
      "corporate_networks": .array(
        estate.profile.networks.map { ["cidrs": JSONValue($0.cidrs), "name": .string($0.name)] }),
      "crown_jewels": JSONValue(estate.profile.crownJewels.map(named)),
      "partner_accounts": JSONValue(estate.profile.partners.map(estate.outsider)),
    ])
  }

  private func named(_ text: String) -> String {
    text.replacing("${slug}", with: estate.slug).replacing("${org}", with: estate.organization)
  }
}
