extension KeyedHash {
  /// The digest of all that an observation adds to a baseline.
  func content(of observation: Observation) -> UInt64 {
    let key = observation.laneKey
    var parts = [
      key.account, key.actor, key.event, key.source, key.region, observation.outcome.rawValue,
      observation.businessFamily.rawValue, observation.businessRisk.rawValue,
      observation.identity.archetype.rawValue, observation.origin.kind.rawValue,
      observation.origin.userAgentFamily, observation.identity.person ?? "",
      String(observation.sessionDigest), observation.eventTime.iso8601,
    ]
    parts += observation.overrides.map(\.overrideClass.rawValue) + observation.resources
    for (target, values) in observation.targets.sorted(by: { $0.key < $1.key }) { parts += [target] + values }
    var digest = KeyedDigest.none
    for var part in parts { digest = part.withUTF8 { self.digest($0, after: digest) } }
    return digest.low
  }
}
