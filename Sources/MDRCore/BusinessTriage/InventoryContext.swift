/// What the customer's inventory says of an operation's place and targets, which no log does.
struct InventoryContext: Sendable {
  let inventory: Inventory?

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
      let listed = jewels.prefix(Self.shown).map { "`\($0)`" }.joined(separator: ", ")
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
}
