import Foundation

extension Inventory {
  /// Reads a folder of plain AWS CLI output, the customer's own file, and tables of where addresses are.
  ///
  /// Files are told apart by what they hold, not by name. One that can't be used becomes a caveat.
  package static func load(from folder: String) throws(CommandError) -> Inventory {
    var inventory = Inventory()
    let kinds = ResourceKinds()
    for file in try LogFileDiscovery.files(in: [folder]) {
      guard file.name.hasSuffix(".json") else {
        if [".csv", ".tsv"].contains(where: file.name.hasSuffix),
          let data = FileManager.default.contents(atPath: file.path),
          inventory.places.add(table: String(decoding: data, as: UTF8.self))
        {
          continue
        }
        if isTable(file.name) {
          inventory.caveats.append(
            "the inventory file \(file.name) is left out: it is no table of where addresses are, and all else is read as .json, as the AWS CLI prints it"
          )
        }
        continue
      }
      guard let data = FileManager.default.contents(atPath: file.path) else {
        inventory.caveats.append("the inventory file \(file.name) can't be read and is left out")
        continue
      }
      guard let value = try? JSONValue(parsing: Array(data)) else {
        inventory.caveats.append("the inventory file \(file.name) is no JSON and is left out")
        continue
      }
      if !inventory.add(value, at: InventoryPlace(path: file.name), kinds: kinds) {
        inventory.caveats.append(
          "the inventory file \(file.name) holds nothing that is known and is left out")
      }
    }
    return inventory
  }

  /// Whether people might take a file for part of the inventory, by its name; notes, checksums and a collection's
  /// ledger are not.
  private static func isTable(_ name: String) -> Bool {
    let endings = [".csv", ".tsv", ".xlsx", ".yaml", ".yml", ".json.gz", ".ndjson"]
    return endings.contains { name.lowercased().hasSuffix($0) }
  }

  /// Takes in one document; `false` when it holds nothing that is known.
  package mutating func add(_ document: JSONValue) -> Bool {
    add(document, at: InventoryPlace(), kinds: ResourceKinds())
  }

  /// The same, with the account and region that the file's path names.
  mutating func add(_ document: JSONValue, at place: InventoryPlace, kinds: ResourceKinds) -> Bool {
    if document["schema"]?.string == InventoryCollection.schema {
      addSummary(document)
      return true
    }
    // Of a bucket an empty answer says something; elsewhere it is what a service prints that has nothing to list.
    if addLogBucket(document, at: place) || document == [:] { return true }
    var isKnown =
      addResources(document, at: place, kinds: kinds) || addSecurity(document, at: place)
      || administration.add(document, at: place)
    if case .array(let accounts) = document["Accounts"] {
      isKnown = true
      addOrganization(accounts)
    }
    if case .array(let addresses) = document["Addresses"] {
      isKnown = true
      addresses.forEach { addElasticIP($0, at: place) }
    }
    if case .array(let reservations) = document["Reservations"] {
      isKnown = true
      reservations.forEach { addReservation($0, at: place) }
    }
    if case .array(let gateways) = document["NatGateways"] {
      isKnown = true
      gateways.forEach { addGateway($0, at: place) }
    }
    if case .array(let ranges) = document["prefixes"], ranges.first?["ip_prefix"] != nil {
      isKnown = true
      addProviderRanges(ranges + (document["ipv6_prefixes"]?.elements ?? []))
    }
    return addCustomerFile(document) || isKnown
  }

  /// Takes in the ranges that AWS publishes as `ip-ranges.json`, each with its region.
  private mutating func addProviderRanges(_ ranges: [JSONValue]) {
    for range in ranges {
      guard let region = range["region"]?.string,
        let prefix = range["ip_prefix"]?.string ?? range["ipv6_prefix"]?.string
      else { continue }
      addProvider(prefix, region: region)
    }
  }

  private mutating func addOrganization(_ list: [JSONValue]) {
    var known = organizationAccounts ?? []
    for account in list {
      guard let id = account["Id"]?.string else { continue }
      known.insert(id)
      let tag = account.tag("Purpose")
      accounts[id] = Account(
        id: id, name: account["Name"]?.string ?? id, purpose: accounts[id]?.purpose ?? tag,
        isActive: account["Status"]?.string != "SUSPENDED")
    }
    organizationAccounts = known
  }

  private mutating func addElasticIP(_ address: JSONValue, at place: InventoryPlace) {
    guard let publicIP = address["PublicIp"]?.string else { return }
    let instance = address["InstanceId"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    let tag = address.tag("Name")
    addOwned(
      OwnedAddress(
        address: publicIP, name: tag ?? address["AllocationId"]?.string ?? instance ?? publicIP,
        isTagged: tag != nil, kind: "elastic_ip", instanceID: instance,
        accountID: address["NetworkInterfaceOwnerId"]?.string ?? place.account))
  }

  private mutating func addReservation(_ reservation: JSONValue, at place: InventoryPlace) {
    let owner = reservation["OwnerId"]?.string ?? place.account
    for instance in reservation["Instances"]?.elements ?? [] {
      let id = instance["InstanceId"]?.string ?? ""
      let interfaces = instance["NetworkInterfaces"]?.elements ?? []
      let addresses =
        [instance["PublicIpAddress"]?.string]
        + interfaces.map { $0["Association"]?["PublicIp"]?.string }
        + interfaces.flatMap { $0["Ipv6Addresses"]?.elements.map { $0["Ipv6Address"]?.string } ?? [] }
      let tag = instance.tag("Name")
      for address in Set(addresses.compactMap { $0 }).sorted() where !address.isEmpty {
        addOwned(
          OwnedAddress(
            address: address, name: tag ?? id, isTagged: tag != nil, kind: "instance", instanceID: id,
            accountID: owner))
      }
      if let owner, !id.isEmpty {
        let zone = instance["Placement"]?["AvailabilityZone"]?.string.map { String($0.dropLast()) }
        footprints[owner, default: ResourceFootprint()].add(
          "EC2 instance", name: id, region: zone ?? place.region)
      }
    }
  }

  private mutating func addGateway(_ gateway: JSONValue, at place: InventoryPlace) {
    let id = gateway["NatGatewayId"]?.string ?? ""
    let tag = gateway.tag("Name")
    for address in gateway["NatGatewayAddresses"]?.elements ?? [] {
      guard let publicIP = address["PublicIp"]?.string else { continue }
      addOwned(
        OwnedAddress(
          address: publicIP, name: tag ?? id, isTagged: tag != nil, kind: "nat_gateway", instanceID: nil,
          accountID: place.account))
    }
  }
}

extension Inventory {
  /// What the collector learned from refusals: that a service is not enabled, or a setting not made.
  private mutating func addSummary(_ document: JSONValue) {
    for call in document["calls"]?.elements ?? [] where call["status"]?.string == "not_enabled" {
      let place = InventoryPlace(account: call["account_id"]?.string, region: call["region"]?.string)
      if call["service"]?.string == "securityhub" { note(.securityHub, .off, at: place) }
      if let operation = call["operation"]?.string, LogBucket.operations.contains(operation),
        let bucket = call["subject"]?.string
      {
        addLogBucket(nil, bucket, of: operation)
      }
    }
    let missing = document["caveats"]?.elements.count ?? 0
    if missing > 0 {
      caveats.append("the inventory was collected with \(missing.of("caveat")): see its inventory.md")
    }
  }
}

extension JSONValue {
  /// The value of an AWS tag; `nil` where it is missing or empty.
  fileprivate func tag(_ key: String) -> String? {
    let tag = self["Tags"]?.elements.first { $0["Key"]?.string == key }
    return tag?["Value"]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }
}
