/// What puts one of two operations first that are equally severe and stand alike against the baseline.
extension Operation {
  /// Whose hands the calls came from, the least bound to a place first: a credential that works from anywhere, then people
  /// and actors that nobody named, then the business's own automation.
  var hands: Int {
    let (identity, origin) = (lead.observation.identity, lead.observation.origin)
    let isLoose =
      identity.usesStaticKey || [.root, .externalAccount].contains(identity.archetype)
      || identity.sessionClass == "ec2-instance" && origin.kind == .publicNetwork
    return isLoose ? 2 : identity.archetype.isHuman || identity.archetype == .unknown ? 1 : 0
  }

  /// How many detections of medium weight or more its calls met: one alone may be an accident of names.
  var breadth: Int { Set(detections.lazy.filter { $0.severity >= .medium }.map(\.id)).count }
}
