/// A customer: accounts, names, networks, what goes on every day, and what happens in the review window.
struct Profile: Sendable {
  let name: String
  let slugs: [String]
  let accounts: [AccountPlan]
  /// The trait set of accounts beyond the profile's own.
  let workloadTraits: Set<String>
  let networks: [CorporateNetwork]
  let managementAccount: String
  let rotationRoles: [String]
  let partners: [String]
  let crownJewels: [String]
  let lanes: [Lane]
  var stories: [Lane]
  /// Events in ninety days of usual business, reached exactly; `nil` where the lanes' rhythms decide.
  var volume: Int?

  /// The profiles, by name.
  static let all: [Profile] = [.mixed, .atlas, .beacon]

  func accountPlans(count: Int) -> [AccountPlan] {
    accounts
      + (accounts.count..<max(count, accounts.count)).map { index in
        AccountPlan("workload-\(index + 1)", "application workload", traits: workloadTraits)
      }
  }
}

/// A network that the customer declares as its own.
struct CorporateNetwork: Sendable {
  let name: String
  let cidrs: [String]
  /// The addresses that people come from.
  let addresses: [String]
}
