/// Which parts of an event were looked at, beyond those that events like it have in common.
///
/// Events that agree in what they have in common, and in all that was looked at, are judged the same.
package final class FactReads {
  /// In the order in which they were first looked at.
  private(set) var paths: [FactPath] = []
  /// Whether looks don't count just now.
  private var isResting = false

  func removeAll() { paths.removeAll(keepingCapacity: true) }

  /// Notes that the values at a path were looked at.
  func note(_ path: FactPath) {
    if !isResting, path.isOwnOfEachEvent, !paths.contains(path) { paths.append(path) }
  }

  /// Runs `body` without noting what it looks at; the caller sees to it that this can't matter.
  func resting<Result>(_ body: () -> Result) -> Result {
    isResting = true
    defer { isResting = false }
    return body()
  }
}

extension FactPath {
  /// Whether events that are alike may differ in the values there.
  ///
  /// Elements lie in something that was looked at already. Like events agree in whether their key is long-lived, and
  /// in the key itself where it is.
  var isOwnOfEachEvent: Bool {
    switch root {
    case .request, .response, .additional, .target: true
    case .element: false
    case .field(let field): field.isOwnOfEachEvent
    }
  }
}

extension FactField {
  fileprivate var isOwnOfEachEvent: Bool {
    switch self {
    case .actorARN, .userName, .sessionName, .accessKeyID, .sourceIP, .userAgent, .resource: true
    case .eventName, .eventSource, .eventType, .outcome, .errorCode, .readOnly, .accountID, .actorAccountID,
      .crossAccount, .region, .awsRegion, .actor, .actorType, .archetype, .person, .sessionClass,
      .staticKey, .mfa, .invokedBy, .byAWSService, .byPerson, .source, .sourceKind, .vpcEndpointID,
      .userAgentFamily, .businessFamily, .businessRisk, .override, .identityType:
      false
    }
  }
}
