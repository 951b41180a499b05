extension ExportLowering {
  /// The first five parts of an ARN.
  static let arn = "^arn:[^:]*:[^:]*:[^:]*:[^:]*:"
  /// The name in an identity provider's ARN.
  static let providerName = arn + "[^/]*/((?s:.+))$"
  /// The same at the start of a federated user's principal id, or what else vouches for the user there.
  static let providerInPrincipal = "^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$"
  /// ARNs of permission sets' roles: by the path that AWS keeps for them, or as a session, whose ARN has none.
  static let ssoRole =
    arn + "(role/aws-reserved/([^/]*/)*AWSReservedSSO_[^/]*/*$|assumed-role/AWSReservedSSO_)"
  static let typeNames = [
    "Root", "AWSService", "AWSAccount", "FederatedUser", "SAMLUser", "WebIdentityUser", "IdentityCenterUser",
    "IAMUser",
  ]

  /// The type doesn't say who acts, so that the ARN has to.
  var isNamedByARN: RawPredicate { .not(.field(.type, .isOneOf(Self.typeNames))) }

  /// The session issuer's ARN, or where there is none the principal's own.
  func roleARN(like pattern: String) -> RawPredicate {
    .or([
      .field(.issuerARN, like: pattern),
      .and([.not(.field(.issuerARN, .exists)), .field(.arn, like: pattern)]),
    ])
  }

  /// Who acts, by the type, and where the type doesn't say by the ARN.
  func actorType(_ type: ActorType) -> RawPredicate {
    if trustsShape { return documented(type) }
    let isRole = roleARN(like: Self.arn + "(role|assumed-role)/")
    let isUser = RawPredicate.field(.arn, like: Self.arn + "user/")
    let isRoot = RawPredicate.field(.arn, .hasSuffix(":root"))
    let isInvoked = RawPredicate.field(.invokedBy, .exists)
    let isNobody = RawPredicate.and(
      [RawField.type, .arn, .principalID, .userName].map { .not(.field($0, .exists)) } + [
        .field(.eventType, .hasPrefix("AwsService")), .field(.eventSource, .nonEmpty),
      ])
    let isAccount = RawPredicate.and([
      .field(.accountID, .exists), .not(.field(.accountID, is: "ANONYMOUS_PRINCIPAL")),
    ])
    func byARN(_ conditions: RawPredicate...) -> RawPredicate { .and([isNamedByARN] + conditions) }
    switch type {
    case .root:
      return .or([
        .field(.type, is: "Root"), byARN(.not(isRole), .not(isUser), isRoot),
      ])
    case .iamUser: return .or([.field(.type, is: "IAMUser"), byARN(.not(isRole), isUser)])
    case .awsService:
      return .or([
        .field(.type, is: "AWSService"),
        byARN(.not(isRole), .not(isUser), .not(isRoot), .or([isInvoked, isNobody])),
      ])
    case .awsAccount: return .and([.field(.type, is: "AWSAccount"), isAccount])
    case .anonymous: return .and([.field(.type, is: "AWSAccount"), .not(isAccount)])
    case .federatedUser: return .field(.type, is: "FederatedUser")
    case .samlUser: return .field(.type, is: "SAMLUser")
    case .webIdentityUser: return .field(.type, is: "WebIdentityUser")
    case .identityCenterUser: return .field(.type, is: "IdentityCenterUser")
    case .role: return byARN(.field(.type, is: "Role"), isRole)
    case .assumedRole: return byARN(.not(.field(.type, is: "Role")), isRole)
    case .unknown:
      return byARN(.not(isRole), .not(isUser), .not(isRoot), .not(isInvoked), .not(isNobody))
    }
  }

  /// Who acts, where the type always says.
  private func documented(_ type: ActorType) -> RawPredicate {
    let isAnonymous = RawPredicate.field(.accountID, is: "ANONYMOUS_PRINCIPAL")
    switch type {
    case .anonymous: return .and([.field(.type, is: "AWSAccount"), isAnonymous])
    case .awsAccount: return .and([.field(.type, is: "AWSAccount"), .not(isAnonymous)])
    case .unknown:
      return .not(.field(.type, .isOneOf(Self.typeNames + ["AssumedRole", "Role"])))
    default: return .field(.type, is: type.cloudTrailName)
    }
  }

  /// A permission set of single sign-on.
  var isSSORole: RawPredicate {
    if trustsShape {
      return .and([
        .field(.type, is: "AssumedRole"),
        .field(
          .issuerARN, like: Self.arn + "role/aws-reserved/([^/]*/)*AWSReservedSSO_[^/]*/*$",
          wildcards: ["arn:*:role/aws-reserved/*AWSReservedSSO_*"]),
      ])
    }
    return .and([
      isNamedByARN,
      roleARN(like: Self.ssoRole),
    ])
  }

  var isServiceLinkedRole: RawPredicate {
    if trustsShape {
      return .and([
        .field(.type, is: "AssumedRole"),
        .field(
          .issuerARN, like: Self.arn + "role/aws-service-role/",
          wildcards: ["arn:*:role/aws-service-role/*"]),
      ])
    }
    return .and([
      isNamedByARN, .not(isSSORole),
      roleARN(like: Self.arn + "(role/aws-service-role/+[^/]+|assumed-role/AWSServiceRoleFor)"),
    ])
  }

  /// A service principal, or a role that only a service can assume.
  var isByAWSService: RawPredicate { .or([actorType(.awsService), isServiceLinkedRole]) }

  /// The archetype rules from top to bottom, as one condition for those that are asked for.
  func archetype(isOneOf accepted: [Archetype]) throws(ExportLimit) -> RawPredicate {
    if accepted.isEmpty { return .constant(false) }
    if accepted.count == Archetype.allCases.count { return .constant(true) }
    var rules: [(RawPredicate, Archetype)] = [
      (actorType(.root), .root), (actorType(.awsService), .servicePrincipal),
      (.field(.type, is: "AWSAccount"), .externalAccount),
      (.field(.type, is: "SAMLUser", "IdentityCenterUser", "FederatedUser"), .federatedUser),
      (isServiceLinkedRole, .serviceLinkedRole),
    ]
    rules += try readsNamesAsLogged ? archetypesOfLoggedNames() : archetypesOfNames()
    rules += unnamedArchetypes()
    var condition = RawPredicate.constant(accepted.contains(.unknown))
    for (rule, archetype) in rules.reversed() {
      condition =
        accepted.contains(archetype)
        ? .or([rule, condition]) : .and([.negation(rule), condition])
    }
    return condition
  }

  /// The rows of the table, by the words of the actor's key.
  private func archetypesOfNames() throws(ExportLimit) -> [(RawPredicate, Archetype)] {
    var rules: [(RawPredicate, Archetype)] = []
    for row in archetypes { rules.append((.actorWords(try kind(of: row), row.wordsPattern), row.archetype)) }
    return rules
  }

  /// The same by the words of role names as they are logged: those of single sign-on first, which rows of roles leave alone.
  private func archetypesOfLoggedNames() throws(ExportLimit) -> [(RawPredicate, Archetype)] {
    var rules: (sso: [(RawPredicate, Archetype)], role: [(RawPredicate, Archetype)]) = ([], [])
    for row in archetypes {
      if row.patterns.contains(where: \.isWhole) {
        throw ExportLimit("the archetype table asks for whole names of actors")
      }
      let words = NameWordsPattern(row.patterns.map(\.words)).pattern
      switch try kind(of: row) {
      case .sso:
        let name = Self.arn + "role/aws-reserved/([^/]*/)*AWSReservedSSO[^/]*"
        rules.sso.append((.field(.issuerARN, like: name + words), row.archetype))
      case .role: rules.role.append((.field(.issuerARN, like: Self.arn + "role.*" + words), row.archetype))
      }
    }
    return rules.sso + [(isSSORole, .ssoUser)] + rules.role
  }

  private func kind(of row: ArchetypeRules.Row) throws(ExportLimit) -> ActorKind {
    guard let kind = ActorKind(rawValue: row.kind) else {
      throw ExportLimit("the archetype table names actors of the kind \(row.kind)")
    }
    return kind
  }

  /// What decides where no row of the table names the actor.
  private func unnamedArchetypes() -> [(RawPredicate, Archetype)] {
    let isWorkloadIdentity = RawPredicate.or([
      webSubject(.hasPart("serviceaccount")), webSubject(.matches(RawRegex("^:*repo:+[^:]+:+[^:]"))),
      webSubject(.hasPrefix("repo:")),
    ])
    let serviceNames = ["aws:", "AWS", "Amazon", "service-role/"]
    let actor = RawPath(.derived(.actor))
    func isNamed(_ names: [String]) -> RawPredicate {
      readsNamesAsLogged
        ? .field(.issuerARN, like: Self.arn + "role/(" + names.joined(separator: "|") + ")")
        : .or(names.map { .value(actor, .hasPrefix("role:" + $0)) })
    }
    let isServiceRole = RawPredicate.or([
      .field(.issuerARN, .hasPart(":role/service-role/")),
      .and([isNamed(serviceNames), .not(isNamed(ActorNaming.namesOfAWS))]),
    ])
    let namesPerson = RawPredicate.or([
      sessionName(like: "[^@ /]+@[^@ /]*[.][^@ /]*"), .field(.sourceIdentity, .exists),
    ])
    let isWeb = RawPredicate.field(.type, is: "WebIdentityUser")
    return [
      (.and([isWeb, isWorkloadIdentity]), .applicationWorkload), (isWeb, .federatedUser),
      (actorType(.iamUser), .iamUser), (isSSORole, .ssoUser), (isServiceRole, .awsServiceRole),
      (namesPerson, .federatedUser),
      (sessionName(like: Self.instanceSession), .applicationWorkload),
      (sessionName(like: "(eks-|system:serviceaccount)[^/]*"), .applicationWorkload),
      (sessionName(like: "(GitHubActions|actions-runner)[^/]*"), .deploymentAutomation),
    ]
  }

  private func webSubject(_ test: RawTest) -> RawPredicate {
    .or([
      .field(.userName, test), .and([.not(.field(.userName, .exists)), .field(.principalID, test)]),
    ])
  }
}

extension ExportLowering {
  /// A region in a role's name with two dashes between its tokens, as a pattern of four groups.
  static var regionTokens: String {
    let areas = ActorNaming.areas.sorted().joined(separator: "|")
    let directions = ActorNaming.directions.sorted().joined(separator: "|")
    return "(\(areas))--((gov|iso)--)?(\(directions))--[0-9]"
  }
}
