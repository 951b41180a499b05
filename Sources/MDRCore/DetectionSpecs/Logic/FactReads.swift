/// Which parts of an event were looked at, beyond those that events like it have in common.
///
/// Events that agree in what they have in common, and in all that was looked at, are judged the same.
package final class FactReads {
  /// A look at the values of a path, of which all counts, or only whether they pass a test.
  struct Look {
    let path: FactPath
    let test: PreparedTest?
  }

  /// From so many tests of one path on, what stands there is told sooner than what each of them says of it.
  private static let mostTests = 8

  /// In the order in which they were first taken.
  private(set) var looks: [Look] = []
  /// Whether looks don't count just now.
  private var isResting = false

  func removeAll() { looks.removeAll(keepingCapacity: true) }

  /// Notes that the values at a path were looked at, and no more than whether they are there and pass `test` where there
  /// is one.
  ///
  /// A name that only has to begin with some word is another in each event; whether it does is mostly the same.
  func note(_ path: FactPath, through test: PreparedTest? = nil) {
    guard !isResting, path.isOwnOfEachEvent else { return }
    var tests = 0
    for look in looks where look.path == path {
      guard let known = look.test else { return }
      if known === test { return }
      tests += 1
    }
    let isTold = tests < Self.mostTests && !path.steps.contains(.each)
    looks.append(Look(path: path, test: isTold ? test : nil))
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
