extension ExportLowering {
  /// Whether some value at the path passes, or for a negative test none does.
  func comparison(_ path: FactPath, _ test: ValueTest) throws(ExportLimit) -> RawPredicate {
    let holds = try positive(path, test)
    return test.isNegative ? .negation(holds) : holds
  }

  private func positive(_ path: FactPath, _ test: ValueTest) throws(ExportLimit) -> RawPredicate {
    switch test {
    case .sameAs(let other), .differsFrom(let other):
      return .same(try rawPath(path), try rawPath(other))
    default: break
    }
    guard case .field(let field) = path.root else {
      try Self.requireReadable(path, test)
      return .value(try rawPath(path), Self.rawTest(test))
    }
    if let derived = try classified(field, test) { return derived }
    guard let place = Self.textPlace(of: field) else {
      throw ExportLimit("\(field.rawValue) is worked out by normalisation only")
    }
    switch test {
    case .exists, .missing: return .value(place, .nonEmpty)
    default:
      // An empty text is no value of a field.
      let raw = Self.rawTest(test)
      return Self.acceptsEmpty(test)
        ? .and([.value(place, raw), .value(place, .nonEmpty)]) : .value(place, raw)
    }
  }

  private static func acceptsEmpty(_ test: ValueTest) -> Bool { test.accepts(.string(""), others: []) }

  /// Members whose values this engine removes before anything is judged.
  private static func requireReadable(_ path: FactPath, _ test: ValueTest) throws(ExportLimit) {
    if test == .exists || test == .missing { return }
    for case .key(let key) in path.steps where SecretScrubber.hides(key) {
      throw ExportLimit("\(path) holds a secret, which this engine removes before it judges")
    }
  }

  /// The test's positive form on one value.
  static func rawTest(_ test: ValueTest) -> RawTest {
    switch test {
    case .equals(let value), .differs(let value): rawTest(equals: value)
    case .isOneOf(let values), .isNoneOf(let values): rawTest(isOneOf: values)
    case .contains(let part): .contains(part)
    case .startsWith(let part): .startsWith(part)
    case .endsWith(let part): .endsWith(part)
    case .like(let pattern): .like(pattern)
    case .less(let number): .compares(.less, number)
    case .atMost(let number): .compares(.atMost, number)
    case .greater(let number): .compares(.greater, number)
    case .atLeast(let number): .compares(.atLeast, number)
    case .exists, .missing, .sameAs, .differsFrom: .exists
    }
  }

  private static func rawTest(equals value: LogicValue) -> RawTest {
    switch value {
    case .text(let text): .isOneOf([text])
    case .number(let number): .isNumber(number)
    case .flag(let flag): .isFlag(flag)
    }
  }

  private static func rawTest(isOneOf values: [LogicValue]) -> RawTest {
    let texts = values.compactMap { value in
      if case .text(let text) = value { text } else { nil }
    }
    if texts.count == values.count { return .isOneOf(texts) }
    return .isAny(values.map(rawTest(equals:)))
  }

  /// Fields that are a text of the record as logged, or made of such texts alone.
  static func textPlace(of field: FactField) -> RawPath? {
    switch field {
    case .eventType: .field(.eventType)
    case .errorCode: .field(.errorCode)
    case .awsRegion: .field(.awsRegion)
    case .actorARN: .field(.arn)
    case .accessKeyID: .field(.accessKeyID)
    case .invokedBy: .field(.invokedBy)
    case .sourceIP: .field(.sourceIPAddress)
    case .vpcEndpointID: .field(.vpcEndpointId)
    case .userAgent: .field(.userAgent)
    case .accountID: RawPath(.derived(.ownAccount))
    case .actorAccountID: RawPath(.derived(.actorAccountID))
    case .actor: RawPath(.derived(.actor))
    case .userName: RawPath(.derived(.userName))
    default: nil
    }
  }

  /// Fields that have a few known values: the test is answered for each of them here, and the record is asked which.
  private func classified(_ field: FactField, _ test: ValueTest) throws(ExportLimit) -> RawPredicate? {
    func accepted<Value: RawRepresentable<String>>(_ values: [Value]) -> [Value] {
      values.filter { test.accepts(.string($0.rawValue), others: []) }
    }
    func flag(_ condition: RawPredicate) -> RawPredicate {
      .or([
        test.accepts(.bool(true), others: []) ? condition : .constant(false),
        test.accepts(.bool(false), others: []) ? .negation(condition) : .constant(false),
      ])
    }
    switch field {
    case .eventName: return try eventName(test)
    case .eventSource: return try eventSource(test)
    case .outcome: return outcome(accepted(Outcome.allCases))
    case .readOnly: return flag(isReadOnly)
    case .region: return try region(test)
    case .actorType: return .or(accepted(ActorType.allCases).map(actorType))
    case .identityType:
      return .or(
        ActorType.allCases.filter { test.accepts(.string($0.cloudTrailName), others: []) }.map(actorType))
    case .archetype: return try archetype(isOneOf: accepted(Archetype.allCases))
    case .byPerson: return flag(try archetype(isOneOf: Archetype.allCases.filter(\.isHuman)))
    case .byAWSService: return flag(isByAWSService)
    case .crossAccount:
      let account = RawPath(.derived(.actorAccount))
      return flag(.and([.value(account, .nonEmpty), .not(.same(account, RawPath(.derived(.ownAccount))))]))
    case .staticKey:
      return flag(.and([actorType(.iamUser), .field(.accessKeyID, .hasPrefix("AKIA"))]))
    case .mfa:
      let isMFA = RawPredicate.field(.mfaAuthenticated, is: "true")
      // Where the log doesn't say, there is no value at all.
      return .or([
        test.accepts(.bool(true), others: []) ? isMFA : .constant(false),
        test.accepts(.bool(false), others: [])
          ? .and([.field(.mfaAuthenticated, .exists), .not(isMFA)]) : .constant(false),
      ])
    case .sourceKind: return .or(accepted(SourceKind.allCases).map(sourceKind))
    case .sessionClass: return try sessionClass(test)
    default: return nil
    }
  }
}
