extension EvaluationLists {
  /// The lists that an inventory holds.
  package init(_ inventory: Inventory) {
    self.init(
      organisation: inventory.organizationAccounts, partners: inventory.partnerAccounts,
      named: [
        "approved_rotation_roles": inventory.approvedRotationRoles.sorted(),
        "crown_jewels": inventory.crownJewels.sorted(),
      ])
  }
}
