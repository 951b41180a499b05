extension AccountModel {
  /// A workload with the resources that the inventory has of it, and the calls that show it.
  struct WorkloadShare: Equatable {
    var workload: String
    /// By kind.
    var resources: [String: Int] = [:]
    /// Calls to its services that are no listing or describing.
    var calls = 0
  }

  static func workloadShares(
    of account: String, _ facts: AccountFacts, _ model: OperatingModel
  ) -> [WorkloadShare] {
    var shares: [String: WorkloadShare] = [:]
    for (kind, count) in model.inventory.footprints[account]?.totals ?? [:] {
      guard let workload = model.kinds.workload(ofKind: kind) else { continue }
      shares[workload, default: WorkloadShare(workload: workload)].resources[kind] = count
    }
    for (event, count) in facts.events.entries {
      let parts = EventParts(event)
      guard !parts.name.isEmpty, !isLooking(parts.name),
        let workload = model.kinds.workload(ofEventSource: String(parts.service))
      else { continue }
      shares[workload, default: WorkloadShare(workload: workload)].calls += count
    }
    return shares.values.sorted {
      ($1.calls, $1.resources.values.reduce(0, +), $0.workload)
        < ($0.calls, $0.resources.values.reduce(0, +), $1.workload)
    }
  }

  /// What runs in the account: from the inventory, and from behaviour.
  var workloads: [Block] {
    let rows = workloadShares.map { share -> [Inline] in
      let kinds = share.resources.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return [
        .text(share.workload), .text(kinds.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")),
        "\(share.calls)",
      ]
    }
    guard !rows.isEmpty else { return [] }
    return [
      .heading(3, "What runs here"),
      .table(
        Table(
          ["Workload", "In the inventory", Column("Calls that change or use it", .trailing)], rows: rows)),
    ]
  }

  /// Who owns the places that calls come from.
  var ownership: [Block] {
    let count = facts.rankedPlaces.reduce(0) { $1.key.isUnmanaged ? $0 + $1.group.count : $0 }
    var items: [Inline] = []
    if count > 0 {
      items.append(
        """
        \(Inline(stringLiteral: Share(count, of: facts.count).percent)) of the observations come from unmanaged \
        networks, by \(facts.unmanaged.codes(limit: 6)).
        """)
    } else {
      items.append("No observation comes from an unmanaged network.")
    }
    for source in facts.owned.leading(OperatingModel.shortLimit) {
      guard let holders = model.owners[source], let holder = holders.first else { continue }
      let kind = holder.kind.split(separator: "_").joined(separator: " ")
      let place: Inline = holder.accountID.map { " in account \(code: $0)" } ?? ""
      items.append(
        "\(code: source) is the \(kind) \(code: holder.instanceID ?? holder.name)\(place)\(holders.count > 1 ? " and \(holders.count - 1) more of its pool" : "")."
      )
    }
    return [.list(items)]
  }

  /// What the inventory says of the security services where the account works.
  var security: [Block] {
    guard let coverage = model.inventory.security[account.id] else { return [] }
    let regions = Self.regionsInUse(lanes)
    let items = SecurityService.allCases.map { service -> Inline in
      let states = Dictionary(grouping: regions) { coverage.state(of: service, in: $0) }
      let known = states.compactMap { state, regions in state.map { (state: $0, regions: regions.sorted()) } }
        .sorted { $0.state > $1.state }
      guard !known.isEmpty else { return "\(service.rawValue): not in the inventory." }
      let parts = known.map { part -> Inline in "\(part.state.title) in \(codes: part.regions, limit: 8)" }
      return "\(service.rawValue): \(parts.joined(separator: "; "))."
    }
    return [.heading(3, "What watches it"), .list(items)]
  }

  /// Calls that list and describe: everybody makes them everywhere.
  static func isLooking(_ eventName: Substring) -> Bool {
    ["Describe", "List", "Get", "Lookup", "Search", "BatchGet"].contains {
      eventName.utf8.starts(with: $0.utf8)
    }
  }

  /// Regions with an observation, without the services that have none.
  static func regionsInUse(_ lanes: ArraySlice<Lane>) -> [String] {
    Set(lanes.map(\.key.region)).filter { $0 != "global" }.sorted()
  }
}
