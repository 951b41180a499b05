/// Which roles each actor took in each account of a baseline: a lane's tuple doesn't have them.
struct TakenRoles: Sendable {
  /// How often each actor took a role, by account and the role's template.
  private var counts: [String: [String: [String: Int]]] = [:]
  /// Actors whose lanes list only some of their roles, by account.
  private var cut: [String: Set<String>] = [:]
  private let patterns = ResourcePattern()

  /// Roles that are told of one operation.
  private static let shown = 3

  init(_ baseline: Baseline?) {
    for lane in baseline?.lanes ?? [] {
      let key = lane.key
      guard key.event.hasPrefix("sts.amazonaws.com:AssumeRole") else { continue }
      let roles = lane.resourcePatterns
      if roles.omittedValues > 0 { cut[key.account, default: []].insert(key.actor) }
      for (role, count) in roles.counts where Self.isRole(role) {
        counts[key.account, default: [:]][role, default: [:]][key.actor, default: 0] += count
      }
    }
  }

  /// What the baseline knows of each role that an operation took outside its lanes.
  func sentences(for operation: Operation) -> [String] {
    let lead = operation.lead
    guard lead.observation.event.hasPrefix("sts.amazonaws.com:AssumeRole"),
      let normality = lead.comparison?.normality, [.variant, .firstSeen].contains(normality)
    else { return [] }
    let roles = (operation.targets["role_arn"]?.sorted() ?? []).filter(Self.isRole)
    return roles.prefix(Self.shown).map { sentence(for: $0, lead.observation) }
  }

  /// Whether an actor took a role in an account.
  func has(_ role: String, by actor: String, in account: String) -> Bool {
    counts[account]?[patterns.template(of: role)]?[actor] != nil
  }

  private func sentence(for role: String, _ observation: Observation) -> String {
    let (account, actor) = (observation.accountID, observation.actor)
    let takers = counts[account]?[patterns.template(of: role)] ?? [:]
    let cut = cut[account] ?? []
    if let own = takers[actor] {
      return "Role: this actor took \(code: role) \(own.times) in this account."
    }
    let tuple = observation.identity.type == .awsService ? "service/account/role" : "actor/account/role"
    guard let most = takers.min(by: { ($1.value, $0.key) < ($0.value, $1.key) }) else {
      return cut.isEmpty
        ? "New \(tuple) tuple: nobody took \(code: role) in this account."
        : "Role: the baseline lists only some of the roles taken in this account, and not \(code: role)."
    }
    let total = takers.values.reduce(0, +)
    return
      "New \(tuple) tuple: \(code: role) was taken \(total.times) in this account, by \(code: most.key)\(takers.count > 1 ? " and others" : ""), \(cut.contains(actor) ? "and is not among this actor's listed ones" : "never by this actor")."
  }

  private static func isRole(_ resource: String) -> Bool { resource.contains(":role/") }
}
