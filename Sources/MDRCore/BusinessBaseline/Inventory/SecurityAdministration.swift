/// Who runs security services for the organisation, and what takes their findings on.
package struct SecurityAdministration: Equatable, Sendable {
  /// Services of AWS by what Organizations calls them, with the sources of their events.
  private static let services = [
    ("GuardDuty", "guardduty.amazonaws.com", "aws.guardduty"),
    ("Security Hub", "securityhub.amazonaws.com", "aws.securityhub"),
  ]

  var managementAccount: String?
  /// Accounts that run services for the organisation, with the services; those of an account whose services nobody could
  /// list are `nil`.
  var delegated: [String: Set<String>?]?
  /// EventBridge rules that are on and take findings; `nil` where nobody listed any.
  var findingRules: Set<String>?

  /// Whether GuardDuty and Security Hub are run from an account of their own; `nil` where it isn't known.
  var delegation: (holds: Bool?, told: String)? {
    guard let delegated else { return nil }
    let found = Self.services.map { service in
      (service.0, delegated.filter { $0.value?.contains(service.1) == true }.keys.sorted())
    }
    let without = found.filter { $0.1.isEmpty || $0.1 == [managementAccount] }.map(\.0)
    if !without.isEmpty, delegated.contains(where: { $0.value == nil }) { return nil }
    let told = found.filter { !$0.1.isEmpty }.map {
      "\($0.0) from \($0.1.map { "\(code: $0)" }.joined(separator: ", "))"
    }
    let lacking = without.isEmpty ? [] : ["not \(without.joined(separator: " and "))"]
    return (without.isEmpty, (told + lacking).joined(separator: "; ") + ".")
  }

  /// What takes findings on, which doesn't say whether it works.
  var rules: (holds: Bool?, told: String)? {
    guard let findingRules else { return nil }
    guard !findingRules.isEmpty else {
      return (nil, "No EventBridge rule of the inventory takes findings of GuardDuty or Security Hub.")
    }
    let shown = findingRules.sorted().prefix(3).map { "\(code: $0)" }.joined(separator: ", ")
    let more = findingRules.count > 3 ? " and \(findingRules.count - 3) more" : ""
    return (nil, "\(shown)\(more) \(findingRules.count == 1 ? "takes" : "take") findings.")
  }

  /// Takes in an answer of Organizations or EventBridge; `false` when the document is something else.
  mutating func add(_ document: JSONValue, at place: InventoryPlace) -> Bool {
    if let account = document["Organization"]?["MasterAccountId"]?.string {
      managementAccount = account
    } else if case .array(let administrators) = document["DelegatedAdministrators"] {
      for id in administrators.compactMap({ $0["Id"]?.string }) where id.isAccountID { note(id, nil) }
      if administrators.isEmpty { delegated = delegated ?? [:] }
    } else if case .array(let services) = document["DelegatedServices"], let account = place.account {
      note(account, Set(services.compactMap { $0["ServicePrincipal"]?.string }))
    } else if case .array(let rules) = document["Rules"], rules.allSatisfy({ $0["EventBusName"] != nil }) {
      findingRules = (findingRules ?? []).union(
        rules.filter(Self.takesFindings).compactMap { $0["Arn"]?.string })
    } else {
      return false
    }
    return true
  }

  /// Notes an account and its services, whichever of both answers comes first.
  private mutating func note(_ account: String, _ services: Set<String>?) {
    var known = delegated ?? [:]
    known[account] = .some(services ?? known[account] ?? nil)
    delegated = known
  }

  private static func takesFindings(_ rule: JSONValue) -> Bool {
    guard rule["State"]?.string?.hasPrefix("ENABLED") == true,
      let pattern = rule["EventPattern"]?.string.flatMap({ try? JSONValue(parsing: $0) })
    else { return false }
    let sources = pattern["source"]?.strings ?? []
    return services.contains { sources.contains($0.2) }
  }
}
