extension EventFacts {
  /// The values at a path; arrays are entered only where the path says so, and null is no value.
  func values(at path: FactPath, element: JSONValue?) -> [JSONValue] {
    reads?.note(path)
    let start: JSONValue?
    switch path.root {
    case .field(let field): return values(of: field)
    case .target(let name): return (targets[name] ?? []).map { .string($0) }
    case .request: start = request.value
    case .response: start = response.value
    case .additional: start = additional.value
    case .element: start = element
    }
    return start.map { Self.values(below: $0, path.steps[...]) } ?? []
  }

  /// The values at the end of some steps down.
  static func values(below start: JSONValue, _ steps: ArraySlice<FactPath.Step>) -> [JSONValue] {
    steps.reduce([start]) { values, step in
      switch step {
      case .key(let name): values.compactMap { $0[name] }
      case .each:
        values.flatMap { value in
          if case .array(let elements) = value { elements } else { [value] }
        }
      }
    }.filter { $0 != .null }
  }

  private func values(of field: FactField) -> [JSONValue] {
    switch field {
    case .eventName:
      eventName == rawEventName ? [.string(eventName)] : [.string(eventName), .string(rawEventName)]
    case .eventSource: [.string(eventSource.lowercased())]
    case .eventType: [.string(eventType)]
    case .outcome: [.string(outcome.rawValue)]
    case .errorCode: texts(errorCode)
    case .readOnly: [.bool(isReadOnly)]
    case .accountID: texts(accountID)
    case .actorAccountID: texts(actorAccountID)
    case .crossAccount: [.bool(isCrossAccount)]
    case .region: texts(region)
    case .awsRegion: texts(awsRegion)
    case .businessFamily: [.string(businessFamily.rawValue)]
    case .businessRisk: [.string(businessRisk.rawValue)]
    case .override: overrides.map { .string($0.rawValue) }
    case .resource: resources.map { .string($0) }
    case .source: texts(origin.source)
    case .sourceKind: [.string(origin.kind.rawValue)]
    case .sourceIP: texts(origin.sourceIP)
    case .vpcEndpointID: texts(origin.vpcEndpointID)
    case .userAgent: texts(origin.userAgent)
    case .userAgentFamily: texts(origin.userAgentFamily)
    default: identityValues(of: field)
    }
  }

  private func identityValues(of field: FactField) -> [JSONValue] {
    switch field {
    case .actor: texts(identity.actor)
    case .actorType: [.string(identity.type.rawValue)]
    case .identityType: texts(identity.type.cloudTrailName)
    case .archetype: [.string(identity.archetype.rawValue)]
    case .actorARN: texts(identity.arn)
    case .userName: texts(identity.userName)
    case .person: texts(identity.person)
    case .sessionName: texts(identity.sessionName)
    case .sessionClass: texts(identity.sessionClass)
    case .accessKeyID: texts(identity.accessKeyID)
    case .staticKey: [.bool(identity.usesStaticKey)]
    case .mfa: identity.isMFA.map { [.bool($0)] } ?? []
    case .invokedBy: texts(identity.invokedBy)
    case .byAWSService: [.bool(isByAWSService)]
    case .byPerson: [.bool(identity.archetype.isHuman)]
    default: []
    }
  }

  private func texts(_ text: String?) -> [JSONValue] {
    guard let text, !text.isEmpty else { return [] }
    return [.string(text)]
  }
}

extension ActorIdentity {
  /// The name of an IAM user, from its ARN.
  var userName: String? {
    guard type == .iamUser, let arn, let slash = arn.lastIndex(of: "/") else { return nil }
    return String(arn[arn.index(after: slash)...])
  }
}

extension ActorType {
  /// `userIdentity.type` as CloudTrail writes it.
  var cloudTrailName: String {
    switch self {
    case .iamUser: "IAMUser"
    case .awsService: "AWSService"
    case .awsAccount, .anonymous: "AWSAccount"
    case .samlUser: "SAMLUser"
    case .unknown: "Unknown"
    default: rawValue.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
  }
}
