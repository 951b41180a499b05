/// The access keys and passwords that grave operations of the review made.
///
/// Who made them is asked anyway; that somebody used one says that it is in hands, however little the call by itself.
struct NewCredentials {
  private struct User: Hashable {
    var account: String
    var actor: String
  }

  private static let givesPassword: Set = ["CreateLoginProfile", "UpdateLoginProfile"]

  private var keys: Set<String> = []
  private var users: Set<User> = []

  init(_ operations: some Sequence<Operation>) {
    for operation in operations where operation.lead.decision.severity >= .high {
      keys.formUnion(operation.newKeys.sorted())
      guard Self.givesPassword.contains(where: { operation.calls.events[$0] != nil }) else { continue }
      for name in operation.targets["user"]?.sorted() ?? [] {
        users.insert(User(account: operation.key.account, actor: "user:" + name))
      }
    }
  }

  /// The operation, of medium weight at least where it used one.
  func weighed(_ operation: Operation) -> Operation {
    guard let sentence = use(in: operation) else { return operation }
    var operation = operation
    operation.raise(to: .medium, sentence)
    return operation
  }

  private func use(in operation: Operation) -> String? {
    let lead = operation.lead.observation
    if let key = operation.signingKeys.sorted().first(where: keys.contains) {
      return "Signed with the access key \(code: key), which a finding of this review made."
    }
    guard lead.outcome == .success, lead.event == "signin.amazonaws.com:ConsoleLogin",
      users.contains(User(account: operation.key.account, actor: lead.actor))
    else { return nil }
    return "Signed in as \(code: lead.actor), whose password a finding of this review set."
  }
}
