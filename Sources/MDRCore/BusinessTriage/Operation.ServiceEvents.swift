extension Operation {
  /// Puts a service's own events, such as `BackupDeleted`, with the operation of the role that it acted through.
  ///
  /// They tell the same story twice: what the role was made to do, and what the service says came of it.
  static func joiningServiceEvents(_ operations: [Key: Operation]) -> [Key: Operation] {
    struct Place: Hashable {
      var account: String
      var source: String
      var region: String
      var stake: String

      init(_ key: Key) { (account, source, region, stake) = (key.account, key.source, key.region, key.stake) }
    }
    let services = operations.keys.filter { !$0.stake.isEmpty && $0.principal == $0.source }
    guard !services.isEmpty else { return operations }
    let roles = operations.keys.filter { $0.principal != $0.source }
    let hosts = Dictionary(roles.map { (Place($0), $0) }, uniquingKeysWith: { min($0, $1) })
    var joined = operations
    for key in services.sorted() {
      guard let host = hosts[Place(key)], let events = joined.removeValue(forKey: key) else { continue }
      joined[host]?.absorb(events)
    }
    return joined
  }
}
