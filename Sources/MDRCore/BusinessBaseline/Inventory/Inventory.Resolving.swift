extension Inventory {
  /// The observation with its source named after the owner of the address, where the inventory knows one.
  ///
  /// Only public addresses are looked up: a service, an endpoint or a private address says by itself what it is.
  /// The address stays beside the name, and the step is recorded, so that it can be undone.
  package func resolved(_ observation: Observation) -> Observation {
    guard let (origin, step) = resolved(observation.origin) else { return observation }
    var resolved = observation
    resolved.origin = origin
    resolved.generalisations.append(step)
    return resolved
  }

  /// The origin named after the owner of its address, with the step that led there.
  func resolved(_ origin: EventOrigin) -> (origin: EventOrigin, step: String)? {
    guard origin.kind.isUnmanaged, let block = AddressBlock(origin.sourceIP) else { return nil }
    var resolved = origin
    if let owned = ownedBlocks.value(for: block).flatMap({ ownedAddresses[$0] }) {
      resolved.kind = .owned
      resolved.source = "owned:" + owned.pool
      let holder = [owned.kind, owned.instanceID ?? owned.name].joined(separator: " ")
      return (resolved, "source: \(origin.sourceIP) is the owned \(holder), \(resolved.source)")
    }
    guard let network = corporateBlocks.value(for: block) else {
      guard let region = providerBlocks.value(for: block) else { return nil }
      // Anybody can rent an address in AWS's ranges, so it is not one of the customer's own.
      resolved.kind = .awsPublic
      resolved.source = "aws-public:" + region
      return (resolved, "source: \(origin.sourceIP) lies in a range of AWS, \(resolved.source)")
    }
    resolved.kind = .corporate
    resolved.source = "corp:" + network
    return (resolved, "source: \(origin.sourceIP) lies in the corporate network \(resolved.source)")
  }
}
