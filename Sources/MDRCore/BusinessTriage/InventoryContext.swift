/// What the customer's inventory says of an operation's place and targets, which no log does.
struct InventoryContext: Sendable {
  let inventory: Inventory?
  /// Countries from which each actor called in the baseline; empty where no table says where addresses are.
  private let countries: [String: [String: Int]]

  private let hasBaseline: Bool

  init(inventory: Inventory?, baseline: Baseline? = nil) {
    self.inventory = inventory
    hasBaseline = baseline != nil
    countries = inventory.map { $0.countries(of: baseline) } ?? [:]
  }

  /// Resources and targets that are named in a sentence.
  private static let shown = 5

  /// What the account is for.
  func purpose(of account: String) -> String? { inventory?.accounts[account]?.purpose }

  /// What makes the operation weigh more than its class: a crown jewel, and controls that are off where it happened.
  func risks(of operation: Operation) -> [String] {
    guard let inventory, operation.lead.risk > .routineRead else { return [] }
    let names = Set(operation.resources.sorted() + operation.targets.values.flatMap { $0.sorted() })
    let jewels = names.filter(inventory.isCrownJewel).sorted()
    var sentences: [String] = []
    if !jewels.isEmpty {
      let listed = jewels.prefix(Self.shown).map { "\(code: $0)" }.joined(separator: ", ")
      let more = jewels.count > Self.shown ? " and \(jewels.count - Self.shown) more" : ""
      sentences.append("It touches what the customer calls a crown jewel: \(listed)\(more).")
    }
    let observation = operation.lead.observation
    let blind = SecurityService.allCases.filter { service in
      let state = inventory.security[operation.key.account]?.state(of: service, in: observation.awsRegion)
      return state == .off || state == .stopped
    }
    if !blind.isEmpty, operation.lead.risk >= .sensitiveChange {
      sentences.append(
        "By the inventory, \(blind.map(\.rawValue).joined(separator: ", ")) \(blind.count == 1 ? "is" : "are") off or stopped here: what follows may go unnoticed."
      )
    }
    return sentences
  }

  /// Whether the users that got an access key are on the customer's list of those that may hold one.
  func keyExceptions(of operation: Operation) -> [String] {
    guard let inventory, !inventory.approvedKeyUsers.isEmpty,
      operation.calls.events["CreateAccessKey"] != nil
    else { return [] }
    return (operation.targets["user"]?.sorted() ?? []).prefix(Self.shown).map { user in
      inventory.mayHoldKeys(user)
        ? "The inventory lists \(code: user) among the users that may hold access keys: who made this one, and when, is still to be answered."
        : "\(code: user) is not on the inventory's list of users that may hold access keys."
    }
  }

  /// Where the addresses are, beside where the actor called from before.
  func places(of operation: Operation) -> [String] {
    guard let inventory, !inventory.places.isEmpty else { return [] }
    let placed = operation.sourceIPs.sorted().compactMap { address in
      inventory.places.place(of: address).map { (address: address, place: $0) }
    }
    let actor = operation.lead.observation.actor
    let before = countries[actor] ?? [:]
    var told: Set<AddressPlaces.Place> = []
    return placed.filter { told.insert($0.place).inserted }.prefix(Self.shown).map { address, place in
      let network = place.network.map { ", network \(code: $0)" } ?? ""
      guard let country = place.country else {
        return "By the address table, \(code: address) is in no known country\(network)."
      }
      let found = "the address table, \(code: address) is in \(country)\(network)"
      guard hasBaseline else { return "By \(found)." }
      if let count = before[country] { return "By \(found), from where this actor called \(count.times)." }
      guard !before.isEmpty else {
        return "By \(found); for no earlier call of this actor is a country known."
      }
      let known = before.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.shown).map {
        "\($0.key) \($0.value)"
      }
      return
        "New country: by \(found), from where this actor never called; the baseline has \(known.joined(separator: ", "))."
    }
  }

}

extension Inventory {
  /// Observations of each actor by country: of public networks by their first address, of the customer's own by theirs.
  fileprivate func countries(of baseline: Baseline?) -> [String: [String: Int]] {
    guard let baseline, !places.isEmpty else { return [:] }
    var own: [String: Set<String>] = [:]
    for network in corporateNetworks {
      for cidr in network.cidrs {
        if let country = places.place(of: cidr)?.country {
          own["corp:" + network.name, default: []].insert(country)
        }
      }
    }
    for address in ownedAddresses.values {
      if let country = places.place(of: address.address)?.country {
        own["owned:" + address.pool, default: []].insert(country)
      }
    }
    var countries: [String: [String: Int]] = [:]
    for lane in baseline.lanes {
      let source = lane.key.source
      let found =
        source.hasPrefix("ip:")
        ? Set([places.place(of: String(source.dropFirst(3)))?.country].compactMap(\.self)) : own[source] ?? []
      for country in found { countries[lane.key.actor, default: [:]][country, default: 0] += lane.count }
    }
    return countries
  }
}
