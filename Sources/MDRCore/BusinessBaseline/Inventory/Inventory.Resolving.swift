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
    guard origin.kind.isUnmanaged, let holder = holder(of: origin.sourceIP) else { return nil }
    var resolved = origin
    resolved.kind = holder.kind
    resolved.source = holder.source
    return (resolved, "source: \(origin.sourceIP) \(holder.step)")
  }

  /// Whose a public address is.
  func holder(of address: String) -> AddressHolder? {
    guard let block = AddressBlock(address) else { return nil }
    if let owned = ownedBlocks.value(for: block).flatMap({ ownedAddresses[$0] }) { return .owned(owned) }
    return corporateBlocks.value(for: block).map { .corporate(network: $0) }
      ?? providerBlocks.value(for: block).map { .provider(region: $0) }
  }
}

/// Whose a public address is, by the inventory.
enum AddressHolder: Equatable, Sendable {
  case owned(Inventory.OwnedAddress)
  case corporate(network: String)
  /// Anybody can rent an address in AWS's ranges, so it is not one of the customer's own.
  case provider(region: String)

  var kind: SourceKind {
    switch self {
    case .owned: .owned
    case .corporate: .corporate
    case .provider: .awsPublic
    }
  }

  /// The source, as observations name it.
  var source: String {
    switch self {
    case .owned(let owned): "owned:" + owned.pool
    case .corporate(let network): "corp:" + network
    case .provider(let region): "aws-public:" + region
    }
  }

  /// What the address is told to be where it is named so.
  fileprivate var step: String {
    switch self {
    case .owned(let owned): "is the owned \(owned.kind) \(owned.instanceID ?? owned.name), \(source)"
    case .corporate: "lies in the corporate network \(source)"
    case .provider: "lies in a range of AWS, \(source)"
    }
  }
}
