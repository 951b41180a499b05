extension ExportLowering {
  /// The names as logged that mean an event: itself, with an API date, and its aliases at their service.
  func eventName(_ test: ValueTest) throws(ExportLimit) -> RawPredicate {
    let literals: [LogicValue]
    switch test {
    case .equals(let value), .differs(let value): literals = [value]
    case .isOneOf(let values), .isNoneOf(let values): literals = values
    case .exists, .missing: return .constant(true)
    default:
      throw ExportLimit("event_name is compared by a pattern, which can't tell a name from its aliases")
    }
    var names: [String] = []
    for literal in literals {
      guard case .text(let name) = literal else { throw ExportLimit("event_name is compared with no text") }
      names.append(name)
    }
    var parts: [RawPredicate] = [.field(.eventName, .isOneOf(names)), dated(names)]
    for name in names {
      for row in aliases where row.name == name {
        parts.append(
          .and([
            service(row.source), .or([.field(.eventName, is: row.alias), dated([row.alias])]),
          ]))
      }
    }
    return .or(parts)
  }

  /// The names with an API date behind them, unless the name below the date is an alias of another one.
  private func dated(_ names: [String]) -> RawPredicate {
    let holds = RawPredicate.field(.eventName, .isDated(names))
    let renamed = aliases.filter { names.contains($0.alias) && !names.contains($0.name) }
    guard !renamed.isEmpty else { return holds }
    return .and(
      [holds] + renamed.map { .not(.and([service($0.source), .field(.eventName, .isDated([$0.alias]))])) })
  }

  private func service(_ name: String) -> RawPredicate {
    .or([.field(.eventSource, .isOneOf([name])), .field(.eventSource, .isOneOf([name + ".cn"]))])
  }

  /// Services are compared in lower case and without China's ending.
  func eventSource(_ test: ValueTest) throws(ExportLimit) -> RawPredicate {
    func holds(_ literal: LogicValue) throws(ExportLimit) -> RawPredicate {
      guard case .text(let name) = literal else { throw ExportLimit("event_source is compared with no text") }
      guard name.hasSuffix(".amazonaws.com") else { return .field(.eventSource, .isLowercased(name)) }
      if trustsShape {
        return .or([
          .field(.eventSource, .isLowercased(name)), .field(.eventSource, .isLowercased(name + ".cn")),
        ])
      }
      return .or([
        .field(.eventSource, .isLowercased(name)),
        .and([
          .field(.eventSource, .isLowercased(name + ".cn")),
          .field(.eventSource, .hasSuffix(".amazonaws.com.cn")),
        ]),
      ])
    }
    switch test {
    case .equals(let value), .differs(let value): return try holds(value)
    case .isOneOf(let values), .isNoneOf(let values):
      var parts: [RawPredicate] = []
      for value in values { parts.append(try holds(value)) }
      return .or(parts)
    case .exists, .missing: return .constant(true)
    default: throw ExportLimit("event_source is compared by a pattern")
    }
  }

  /// A call to the one endpoint of a service that says which of its endpoints was called.
  static let isAtGlobalEndpoint = RawPredicate.and([
    isOfEndpointService,
    .or([
      endpoint(.isOneOf(["global"])), .and([.negation(endpoint(.nonEmpty)), isToGlobalHost]),
    ]),
  ])

  /// The same as far as the client's own words tell it.
  static let asksForGlobalHost = RawPredicate.and([isOfEndpointService, isToGlobalHost])

  private static let isToGlobalHost = RawPredicate.field(.hostHeader, is: EventNaming.endpointService)
  private static let isOfEndpointService = RawPredicate.or([
    .field(.eventSource, is: EventNaming.endpointService),
    .field(.eventSource, is: EventNaming.endpointService + ".cn"),
  ])

  private static func endpoint(_ test: RawTest) -> RawPredicate {
    .value(RawPath(.additional, [.key("RequestDetails"), .key("endpointType")]), test)
  }

  /// Services without regions, and calls to global endpoints, are in the region `global`.
  func region(_ test: ValueTest) throws(ExportLimit) -> RawPredicate {
    let isGlobal = RawPredicate.or(
      EventNaming.globalServices.sorted().map(service) + [Self.isAtGlobalEndpoint])
    let place = RawPath.field(.awsRegion)
    let raw: RawPredicate =
      test == .exists || test == .missing ? .value(place, .nonEmpty) : .value(place, Self.rawTest(test))
    let isNamed = RawPredicate.and([.value(place, .nonEmpty), raw, .negation(isGlobal)])
    return test.accepts(.string("global"), others: []) ? .or([isGlobal, isNamed]) : isNamed
  }

  func outcome(_ accepted: [Outcome]) -> RawPredicate {
    let isDenied = RawPredicate.field(
      .errorCode, like: "(" + Outcome.denialWords.joined(separator: "|") + ")")
    let hasCode = RawPredicate.field(.errorCode, .exists)
    let hasMessage = RawPredicate.present(.errorMessage)
    return .or(
      accepted.map { outcome in
        switch outcome {
        case .success: .and([.not(failedSignIn), .not(hasCode), .not(hasMessage)])
        case .denied: .and([.not(failedSignIn), isDenied])
        case .failed:
          .or([failedSignIn, .and([.not(isDenied), .or([hasCode, hasMessage])])])
        }
      })
  }

  /// The first of the members in which sign-in events say how they ended, where it says a failure.
  private var failedSignIn: RawPredicate {
    var before: [RawPredicate] = []
    var answers: [RawPredicate] = []
    for member in Normalizer.signInMembers {
      let place = RawPath(.response, [.key(member)])
      answers.append(.and([.value(place, .isOneOf(["Failure"]))] + before))
      // An event has one of them.
      if !trustsShape { before.append(.not(.value(place, .exists))) }
    }
    return .or(answers)
  }

  var isReadOnly: RawPredicate {
    let says = { (words: [String]) in
      RawPredicate.or(words.map { .field(.readOnly, .isLowercased($0)) })
    }
    let verb = RawPredicate.field(
      .eventName, like: "^(" + EventNaming.readVerbs.joined(separator: "|") + ")")
    return .or([says(["true", "yes"]), .and([.not(says(["false", "no"])), verb])])
  }
}

extension RawPredicate {
  /// The member is there and not null, whatever it holds.
  static func present(_ field: RawField) -> RawPredicate { .value(.field(field), .exists) }
}
