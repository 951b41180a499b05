extension Triage {
  /// Lets the gravest operation of a principal at one place take in what it did there besides, uncritical and not
  /// established: reading around before a change is part of the change's story.
  static func joined(_ operations: [Operation.Key: Operation]) -> [Operation] {
    struct Place: Hashable {
      var account: String
      var principal: String
      var source: String

      init(_ key: Operation.Key) { (account, principal, source) = (key.account, key.principal, key.source) }
    }
    var leads = operations.filter { !$0.key.stake.isEmpty }
    var hosts: [Place: Operation.Key] = [:]
    for (key, operation) in leads where !key.stake.hasSuffix("/established") {
      guard let known = hosts[Place(key)], let other = leads[known] else {
        hosts[Place(key)] = key
        continue
      }
      let isGraver = other.lead.weight < operation.lead.weight
      if isGraver || other.lead.weight == operation.lead.weight && key < known { hosts[Place(key)] = key }
    }
    var joined: [Operation] = []
    for (key, operation) in operations.sorted(by: { $0.key < $1.key }) where key.stake.isEmpty {
      if let host = hosts[Place(key)] { leads[host]?.absorb(operation) } else { joined.append(operation) }
    }
    return joined + Self.withoutEchoes(leads)
  }

  /// How long a service may take to act on a caller's behalf, in seconds.
  private static var echo: Int { 3_600 }

  /// One operation that the log has twice, as the caller's and as the service's that acts on its behalf, is told
  /// once: a backup role's deletion and what AWS Backup says of it.
  private static func withoutEchoes(_ leads: [Operation.Key: Operation]) -> [Operation] {
    struct Stake: Hashable {
      var account: String
      var stake: String
      var service: String
    }
    var operations = leads
    var callers: [Stake: [Operation.Key]] = [:]
    for key in leads.keys.sorted() where key.source.hasPrefix("svc:") && key.source != key.principal {
      callers[Stake(account: key.account, stake: key.stake, service: key.source), default: []].append(key)
    }
    for key in leads.keys.sorted() where key.principal.hasPrefix("svc:") {
      guard let echo = leads[key] else { continue }
      let stake = Stake(account: key.account, stake: key.stake, service: key.principal)
      let caller = (callers[stake] ?? []).first { caller in
        guard let operation = leads[caller] else { return false }
        return (caller.region == key.region || [caller.region, key.region].contains("global"))
          && operation.calls.firstSeen.isKnown && echo.calls.firstSeen.isKnown
          && operation.calls.firstSeen <= echo.calls.lastSeen.adding(Self.echo)
          && echo.calls.firstSeen <= operation.calls.lastSeen.adding(Self.echo)
      }
      guard let caller else { continue }
      operations[key] = nil
      operations[caller]?.absorb(echo)
    }
    return operations.sorted { $0.key < $1.key }.map(\.value)
  }
}
