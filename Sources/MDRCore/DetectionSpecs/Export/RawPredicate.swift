/// A condition on one raw CloudTrail record, yes or no: what an expression comes down to where no engine of ours runs.
///
/// Nothing here is unknown or null: a test of a value that isn't there doesn't hold, and negation is exact.
indirect enum RawPredicate: Equatable, Sendable {
  case constant(Bool)
  case all([RawPredicate])
  case either([RawPredicate])
  case not(RawPredicate)
  /// Some value at the path passes the test.
  case value(RawPath, RawTest)
  /// Some element at the path satisfies the inner condition by itself.
  case element(RawPath, RawPredicate)
  /// Some value at one path is, as text, some value at the other.
  case same(RawPath, RawPath)
  /// The element, or the request outside of `any`, lets one of these ports in, or one beyond them.
  case ports(PortQuestion)
  /// The address blocks at the path are the internet, or wide.
  case blocks(RawPath, isBroad: Bool)
  /// Some statement of some document at the path answers the question; an unreadable document may count as well.
  case policy(RawPath, StatementQuestion, countsUnreadable: Bool)
  /// Some account at the path is outside.
  case outsider(RawPath, AccountQuestion)
  /// Some name at the path has the words of an audit trail, or fits one of the patterns.
  case auditName(RawPath, jewels: [String])
  /// The actor is named after a role or permission set whose words fit the pattern.
  case actorWords(ActorKind, RawRegex)
  /// How often the event's tuple stands in the table of lanes.
  case lanes(TupleTest)
}

/// A kind of actor that the archetype table knows by its words.
enum ActorKind: String, Sendable {
  case role
  case sso
}

/// Which ports a security group's rule has to open.
struct PortQuestion: Equatable, Sendable {
  var ports: [Int]
  /// Asks for a port other than these.
  var isBeyond: Bool
}

/// Who counts as an outsider, and whether somebody of whom nothing is known does.
struct AccountQuestion: Equatable, Sendable {
  var lists: EvaluationLists
  /// Only what is certain counts; otherwise what is possible.
  var isCertain: Bool
}

/// What a policy's statement has to do for a test to hold.
enum StatementQuestion: Equatable, Sendable {
  case allows(StatementTest, AccountQuestion)
  case letsOutsidersIn(AccountQuestion)
}

/// What the baseline has to say of an event's tuple.
enum TupleTest: Equatable, Sendable {
  /// Fewer observations than this, none included.
  case below(Int)
  /// The nearest lane differs in this dimension, among others.
  case new(Dimension)
}

extension RawPredicate {
  /// All of the parts, constants worked out.
  static func and(_ parts: [RawPredicate]) -> RawPredicate {
    var kept: [RawPredicate] = []
    for part in parts {
      switch part {
      case .constant(true): continue
      case .constant(false): return .constant(false)
      case .all(let inner): kept += inner
      default: if !kept.contains(part) { kept.append(part) }
      }
    }
    return kept.isEmpty ? .constant(true) : (kept.count == 1 ? kept[0] : .all(kept))
  }

  /// Some of the parts, constants worked out.
  static func or(_ parts: [RawPredicate]) -> RawPredicate {
    var kept: [RawPredicate] = []
    for part in parts {
      switch part {
      case .constant(false): continue
      case .constant(true): return .constant(true)
      case .either(let inner): kept += inner
      default: if !kept.contains(part) { kept.append(part) }
      }
    }
    return kept.isEmpty ? .constant(false) : (kept.count == 1 ? kept[0] : .either(kept))
  }

  /// The opposite.
  static func negation(_ part: RawPredicate) -> RawPredicate {
    switch part {
    case .constant(let holds): .constant(!holds)
    case .not(let inner): inner
    default: .not(part)
    }
  }

  static func field(_ field: RawField, _ test: RawTest) -> RawPredicate { .value(.field(field), test) }
  static func field(_ field: RawField, is texts: String...) -> RawPredicate {
    .value(.field(field), .isOneOf(texts))
  }
  static func field(_ field: RawField, like pattern: String, wildcards: [String]? = nil) -> RawPredicate {
    .value(.field(field), .matches(RawRegex(pattern, wildcards: wildcards)))
  }

  /// The parts of a conjunction in two: those that `isPlain` takes, which a query asks first, and the others.
  func split(
    _ isPlain: (RawPredicate) throws(ExportLimit) -> Bool
  ) throws(ExportLimit) -> (plain: [RawPredicate], others: [RawPredicate]) {
    let parts = if case .all(let parts) = self { parts } else { [self] }
    var (plain, others): ([RawPredicate], [RawPredicate]) = ([], [])
    for part in parts {
      if try isPlain(part) { plain.append(part) } else { others.append(part) }
    }
    return (plain, others)
  }
}
