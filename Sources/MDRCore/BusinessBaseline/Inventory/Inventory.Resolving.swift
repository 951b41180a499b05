extension Inventory {
  /// The observation with its source named after the owner of the address, where the inventory knows one.
  ///
  /// Only public addresses are looked up: a service, an endpoint or a private address says by itself what it is.
  /// The address stays beside the name, and the step is recorded, so that it can be undone.
  package func resolved(_ observation: Observation) -> Observation {
    guard observation.origin.kind.isUnmanaged, let block = AddressBlock(observation.origin.sourceIP) else {
      return observation
    }
    var resolved = observation
    let address = observation.origin.sourceIP
    if let owned = ownedBlocks.value(for: block).flatMap({ ownedAddresses[$0] }) {
      resolved.origin.kind = .owned
      resolved.origin.source = "owned:" + owned.pool
      let holder = [owned.kind, owned.instanceID ?? owned.name].joined(separator: " ")
      resolved.generalisations.append("source: \(address) is the owned \(holder), \(resolved.source)")
    } else if let network = corporateBlocks.value(for: block) {
      resolved.origin.kind = .corporate
      resolved.origin.source = "corp:" + network
      resolved.generalisations.append("source: \(address) lies in the corporate network \(resolved.source)")
    }
    return resolved
  }
}
