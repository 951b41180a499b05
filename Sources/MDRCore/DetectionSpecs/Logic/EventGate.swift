/// What an event has to be for an expression to have a chance, derived from the expression itself.
///
/// Never too narrow: an event that the gate keeps out can't satisfy the expression.
package struct EventGate: Equatable, Sendable {
  /// Values that a field may have; `every` where the expression doesn't say.
  package enum Choice: Equatable, Sendable {
    case every
    case only(Set<String>)

    /// Whether calls that went well may be meant, as most are.
    var hasSuccess: Bool {
      guard case .only(let values) = self else { return true }
      return values.contains(Outcome.success.rawValue)
    }

    func union(_ other: Choice) -> Choice {
      guard case .only(let mine) = self, case .only(let theirs) = other else { return .every }
      return .only(mine.union(theirs))
    }

    func intersection(_ other: Choice) -> Choice {
      guard case .only(let mine) = self else { return other }
      guard case .only(let theirs) = other else { return self }
      return .only(mine.intersection(theirs))
    }
  }

  package var names: Choice
  package var actorTypes: Choice
  /// `AwsApiCall` and its like.
  package var eventTypes: Choice = .every
  /// Codes of errors; most events have none.
  package var errorCodes: Choice = .every
  package var outcomes: Choice = .every
  package var archetypes: Choice = .every

  /// Whether nothing narrows the events.
  package var isOpen: Bool {
    names == .every && actorTypes == .every && eventTypes == .every && errorCodes == .every
      && outcomes.hasSuccess && archetypes == .every
  }
}

extension Expression {
  /// The gate in front of the expression.
  package var gate: EventGate {
    EventGate(
      names: choice(of: .eventName), actorTypes: choice(of: .actorType), eventTypes: choice(of: .eventType),
      errorCodes: choice(of: .errorCode), outcomes: choice(of: .outcome), archetypes: choice(of: .archetype))
  }

  private func choice(of field: FactField) -> EventGate.Choice {
    switch self {
    case .comparison(let path, .equals(let value)) where path == FactPath(.field(field)):
      Self.choice(of: [value])
    case .comparison(let path, .isOneOf(let values)) where path == FactPath(.field(field)):
      Self.choice(of: values)
    case .comparison(FactPath(.field(.staticKey)), .equals(.flag(true))) where field == .actorType:
      // Only an IAM user's own keys are static.
      .only([ActorType.iamUser.rawValue])
    case .comparison(FactPath(.field(.byPerson)), .equals(.flag(true))) where field == .archetype:
      .only(Set(Archetype.allCases.filter(\.isHuman).map(\.rawValue)))
    case .all(let parts): parts.reduce(.every) { $0.intersection($1.choice(of: field)) }
    case .either(let parts): parts.reduce(.only([])) { $0.union($1.choice(of: field)) }
    default: .every
    }
  }

  private static func choice(of values: [LogicValue]) -> EventGate.Choice {
    var names: Set<String> = []
    for value in values {
      guard case .text(let name) = value else { return .every }
      names.insert(name)
    }
    return .only(names)
  }
}
