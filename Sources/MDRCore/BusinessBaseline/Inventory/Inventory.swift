/// What the customer's own systems say about accounts, networks and what matters: the context that no log has.
package struct Inventory: Equatable, Sendable {
  /// An account of the organisation.
  package struct Account: Equatable, Sendable {
    package var id: String
    package var name: String
    /// What it is for, in the customer's words.
    package var purpose: String?
    package var isActive: Bool
  }

  /// A public address that belongs to the customer, and what it hangs on.
  package struct OwnedAddress: Equatable, Sendable {
    /// An IPv4 or IPv6 address.
    package var address: String
    /// Its name tag, or the allocation, instance or gateway.
    package var name: String
    /// Whether `name` is a name tag.
    package var isTagged: Bool
    /// Such as `elastic_ip`, `instance` or `nat_gateway`.
    package var kind: String
    package var instanceID: String?
    package var accountID: String?
  }

  /// A named network of the customer's own.
  package struct CorporateNetwork: Equatable, Sendable {
    package var name: String
    /// Its address blocks, such as `203.0.113.0/24`.
    package var cidrs: [String]
  }

  /// By account id.
  package var accounts: [String: Account] = [:]
  /// The organisation's accounts; `nil` when no list was given, which is not the same as none.
  package var organizationAccounts: Set<String>?
  /// Ids of accounts of others who may be let in.
  package var partnerAccounts: Set<String> = []
  /// By address as written.
  package var ownedAddresses: [String: OwnedAddress] = [:]
  package var corporateNetworks: [CorporateNetwork] = []
  /// Roles that may rotate keys, by name, key or ARN.
  package var approvedRotationRoles: Set<String> = []
  /// Users that may hold access keys, by name or ARN; empty where nobody keeps such a list.
  package var approvedKeyUsers: Set<String> = []
  /// Roles that are kept for emergencies, by name or ARN.
  package var breakGlassRoles: Set<String> = []
  /// What matters most, by ARN or name.
  package var crownJewels: Set<String> = []
  package var changeWindows: [ChangeWindow] = []
  /// Resources by account.
  package var footprints: [String: ResourceFootprint] = [:]
  /// Security services by account.
  package var security: [String: SecurityCoverage] = [:]
  /// By ARN: an organisation's trail shows in each of its accounts.
  package var trails: [String: AuditTrail] = [:]
  /// Buckets that trails deliver to, by name.
  package var logBuckets: [String: LogBucket] = [:]
  package var administration = SecurityAdministration()
  /// Where public addresses are, by the customer's own tables.
  package var places = AddressPlaces()
  /// Files that could not be used, and why.
  package var caveats: [String] = []

  private(set) var ownedBlocks = AddressBlocks<String>()
  private(set) var corporateBlocks = AddressBlocks<String>()
  /// Regions by the ranges that AWS publishes.
  private(set) var providerBlocks = AddressBlocks<String>()

  package init() {}

  package static func == (one: Inventory, other: Inventory) -> Bool {
    one.accounts == other.accounts && one.organizationAccounts == other.organizationAccounts
      && one.partnerAccounts == other.partnerAccounts && one.ownedAddresses == other.ownedAddresses
      && one.corporateNetworks == other.corporateNetworks
      && one.approvedRotationRoles == other.approvedRotationRoles
      && one.approvedKeyUsers == other.approvedKeyUsers && one.breakGlassRoles == other.breakGlassRoles
      && one.crownJewels == other.crownJewels
      && one.changeWindows == other.changeWindows && one.footprints == other.footprints
      && one.security == other.security && one.trails == other.trails
      && one.logBuckets == other.logBuckets && one.administration == other.administration
      && one.places == other.places
      && one.caveats == other.caveats
  }

  /// The name of an account, where one is known.
  package func name(of account: String) -> String? { accounts[account]?.name }

  /// Whether a resource, by ARN or name, is a crown jewel.
  package func isCrownJewel(_ resource: String) -> Bool {
    crownJewels.contains(resource)
      || crownJewels.contains { $0.hasSuffix(":" + resource) || $0.hasSuffix("/" + resource) }
  }

  /// Whether a user, by name or ARN, is on the list of those that may hold access keys.
  package func mayHoldKeys(_ user: String) -> Bool {
    approvedKeyUsers.contains(user)
      || approvedKeyUsers.contains { $0.hasPrefix("arn:") && $0.hasSuffix("/" + user) }
  }

  /// What the customer owns at an address; `nil` where the address isn't the customer's.
  package func owner(of address: String) -> OwnedAddress? {
    AddressBlock(address).flatMap { ownedBlocks.value(for: $0) }.flatMap { ownedAddresses[$0] }
  }

  /// Adds an owned address; where two files name it, the more telling name stays.
  mutating func addOwned(_ owned: OwnedAddress) {
    guard let block = AddressBlock(owned.address) else {
      caveats.append("the inventory's address \(owned.address) is none and is left out")
      return
    }
    let known = ownedBlocks[block].flatMap { ownedAddresses[$0] }
    if let known, !owned.isMoreTelling(than: known) { return }
    ownedBlocks[block] = owned.address
    ownedAddresses[owned.address] = owned
  }

  /// Adds a range that AWS publishes; of two regions for one range the first by name counts.
  mutating func addProvider(_ range: String, region: String) {
    guard let block = AddressBlock(range) else { return }
    if let known = providerBlocks[block], known <= region { return }
    providerBlocks[block] = region
  }

  /// Adds a corporate network.
  mutating func addCorporate(_ network: CorporateNetwork) {
    corporateNetworks.append(network)
    for cidr in network.cidrs {
      if let block = AddressBlock(cidr) {
        corporateBlocks[block] = network.name
      } else {
        caveats.append(
          "the corporate network \(network.name) has \(cidr), which is no CIDR, and goes without it")
      }
    }
  }
}

extension Inventory.OwnedAddress {
  /// A name tag tells more than an id; ties go by name, so that no order of files matters.
  fileprivate func isMoreTelling(than other: Inventory.OwnedAddress) -> Bool {
    (isTagged ? 0 : 1, name, kind) < (other.isTagged ? 0 : 1, other.name, other.kind)
  }

  /// What the source is called: gateways that share a name but for a number are one pool, as one session
  /// leaves through any of them.
  package var pool: String {
    guard instanceID == nil, isTagged else { return name }
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
    let base = name.dropLast(digits)
    guard digits > 0, let separator = base.last, "-_. ".contains(separator), base.count > 1 else {
      return name
    }
    return String(base.dropLast())
  }
}
