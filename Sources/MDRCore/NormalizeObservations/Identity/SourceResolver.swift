/// Reads where a call came from into a stable source.
enum SourceResolver {
  /// Resolves an address, service name or endpoint.
  ///
  /// A service's name in `sourceIPAddress` counts only if the identity says the same: calls that a service makes with
  /// a person's credentials carry it too. Callers that don't need what was generalised can leave it out.
  static func resolve(
    sourceIP: String, vpcEndpointID: String?, identity: ActorIdentity, userAgent: String,
    userAgentFamily: String, explains: Bool = true
  ) -> (origin: EventOrigin, generalisations: [String]) {
    func origin(
      _ source: String, _ kind: SourceKind, _ note: @autoclosure () -> String? = nil
    ) -> (EventOrigin, [String]) {
      (
        EventOrigin(
          source: source, kind: kind, sourceIP: sourceIP, vpcEndpointID: vpcEndpointID, userAgent: userAgent,
          userAgentFamily: userAgentFamily),
        explains ? note().map { [$0] } ?? [] : []
      )
    }
    if sourceIP == "AWS Internal" || sourceIP == "AWS internal" {
      return origin("aws-internal", .awsInternal)
    }
    if sourceIP.hasSuffix(".amazonaws.com") || sourceIP.hasSuffix(".amazonaws.com.cn") {
      let isConfirmed =
        identity.type == .awsService || identity.invokedBy != nil || identity.archetype == .serviceLinkedRole
        || identity.archetype == .servicePrincipal
      return isConfirmed
        ? origin("svc:\(sourceIP)", .awsService) : origin("svc-claimed:\(sourceIP)", .claimedService)
    }
    if let vpcEndpointID {
      return origin("vpce:\(vpcEndpointID)", .vpcEndpoint, "source: \(sourceIP) to its VPC endpoint")
    }
    if let address = IPAddress(sourceIP) {
      let network = address.network
      return address.isPrivate
        ? origin("private:\(network)", .privateNetwork, "source: \(sourceIP) to \(network)")
        : origin("ip:\(network)", .publicNetwork, "source: \(sourceIP) to \(network)")
    }
    if let invokedBy = identity.invokedBy { return origin("svc:\(invokedBy)", .awsService) }
    return origin(sourceIP.isEmpty ? "unknown" : "other:\(sourceIP)", .unknown)
  }
}
