/// Where the review begins, and whether baseline and review speak of the same things.
struct ReviewWindow: Equatable {
  /// Observations before it are passed over; `nil` reviews all.
  let start: Timestamp?
  /// What the reader has to know about the choice.
  let caveats: [String]

  /// Never lets an event vouch for itself: what the baseline was made of is not reviewed against it.
  init(since: Timestamp?, baseline: Baseline?, inventory: Inventory?) {
    guard let baseline else {
      start = since
      caveats = []
      return
    }
    var caveats: [String] = []
    // Without a cut-off the baseline took in everything up to its last observation.
    let end = baseline.window.cutOff ?? baseline.window.end.adding(1)
    if let since, since < end {
      caveats.append(
        "--since \(since.iso8601) lies within the baseline: the review begins at \(end.iso8601), for no event may vouch for itself"
      )
    }
    start = max(since ?? end, end)
    let isNamed = baseline.lanes.contains {
      $0.key.source.hasPrefix("owned:") || $0.key.source.hasPrefix("corp:")
    }
    if isNamed, inventory == nil {
      caveats.append(
        "the baseline names sources by an inventory: give the same --inventory, or known sources look new")
    }
    if !isNamed, let inventory, !inventory.ownedAddresses.isEmpty || !inventory.corporateNetworks.isEmpty {
      caveats.append(
        "the baseline names no source by this inventory: build it with the same --inventory, or known sources look new"
      )
    }
    self.caveats = caveats
  }
}
