extension EvaluationLists {
  /// What an inventory and a baseline tell; the inventory says which accounts are the organisation's, where there is one.
  package init(inventory: Inventory?, baseline: Baseline?) {
    self = inventory.map(EvaluationLists.init) ?? EvaluationLists()
    // A young account may be anybody's whose logs have just been added.
    logged = Set(baseline?.accounts.filter(\.isMature).map(\.id) ?? [])
  }

  /// The lists that an inventory holds, in the words of observations.
  package init(_ inventory: Inventory) {
    self.init(
      organisation: inventory.organizationAccounts, partners: inventory.partnerAccounts,
      named: [
        "approved_rotation_roles": Set(inventory.approvedRotationRoles.flatMap(Self.actors)).sorted(),
        "break_glass_roles": Set(inventory.breakGlassRoles.flatMap(Self.roles)).sorted(),
        // Where the audit trail is kept is one, whatever it is called.
        "crown_jewels": Set(
          inventory.crownJewels.flatMap(Self.names) + inventory.trails.values.compactMap(\.bucket)
        ).sorted(),
      ])
  }

  /// The keys of the actors that an entry means: a role by its name, in whatever path, or by its ARN, or a key as it is.
  private static func actors(ofRole entry: String) -> [String] {
    if entry.hasPrefix("arn:") { return [ActorNaming.role(arn: entry)?.actor ?? entry] }
    guard !entry.contains(":") else { return [entry] }
    return ["role:", "role:*/"].map { ActorNaming.generated(name: entry, prefix: $0).actor }
  }

  /// What a request that takes a role calls it: the ARN, or for a name the ARNs that end in it.
  private static func roles(ofEntry entry: String) -> [String] {
    entry.hasPrefix("arn:") ? [entry] : ["*:role/\(entry)", "*:role/*/\(entry)"]
  }

  /// What an event may call a resource: its ARN, or the name at the ARN's end; a wildcard alone names nothing.
  private static func names(ofResource entry: String) -> [String] {
    guard entry.hasPrefix("arn:"), let name = entry.split(whereSeparator: { $0 == ":" || $0 == "/" }).last,
      name.contains(where: { $0 != "*" })
    else { return [entry] }
    return [entry, String(name)]
  }
}
