/// A detection's logic: what has to hold of one event, as a tree that can be judged, indexed and exported.
package indirect enum Expression: Equatable, Sendable {
  /// Holds for every event that reaches it.
  case always
  case all([Expression])
  case either([Expression])
  case not(Expression)
  /// Some value at the path passes the test.
  case comparison(FactPath, ValueTest)
  /// Some element at the path satisfies the inner expression by itself.
  case element(FactPath, Expression)
  case call(LogicFunction)
  case baseline(BaselineTest)
}

/// A test of one value.
package enum ValueTest: Equatable, Sendable {
  case equals(LogicValue)
  case differs(LogicValue)
  case isOneOf([LogicValue])
  case isNoneOf([LogicValue])
  case sameAs(FactPath)
  case differsFrom(FactPath)
  case contains(String)
  case startsWith(String)
  case endsWith(String)
  /// A pattern in which `*` stands for any text and `?` for one character.
  case like(String)
  case less(Double)
  case atMost(Double)
  case greater(Double)
  case atLeast(Double)
  case exists
  case missing
}

/// A literal of the language.
package enum LogicValue: Equatable, Sendable {
  case text(String)
  case number(Double)
  case flag(Bool)
}

/// A question that needs more than comparing values.
package enum LogicFunction: Equatable, Sendable {
  /// The addresses at the path together cover the whole internet.
  case cidrWorld(FactPath)
  /// Some address block at the path is wider than any one organisation's network.
  case cidrBroad(FactPath)
  /// The element's protocol and port range let one of these ports in; without ports, any.
  case portOpen([Int])
  /// The element's protocol and port range let in a port other than these.
  case portBeyond([Int])
  case policyAllows(FactPath, StatementTest)
  /// Some statement lets an account outside the organisation in.
  case policyExternal(FactPath)
  /// Some account id or ARN at the path is outside the organisation.
  case externalAccount(FactPath)
  case inList(FactPath, String)
  /// Some name at the path is that of an audit trail, log archive or crown jewel.
  case auditName(FactPath)
}

/// What one statement of a policy has to say, all of it in the same statement.
package struct StatementTest: Equatable, Sendable {
  /// Who has to be let in.
  package enum Principal: Equatable, Sendable {
    /// Anyone, without a condition that narrows it.
    case anyone
    /// An account outside the organisation.
    case external
    /// The root of the event's own account.
    case accountRoot
    /// A federated provider whose ARN or name is like the pattern.
    case federated(String)
    /// An AWS principal or service like the pattern.
    case like(String)
  }

  package var principal: Principal?
  /// Actions of which at least one has to be granted in full.
  package var actions: [String] = []
  /// A resource that has to be covered.
  package var resource: String?
  /// A condition key that must not narrow the statement.
  package var withoutCondition: String?
}

/// A question to the baseline; unknown where there is none.
package enum BaselineTest: Equatable, Sendable {
  /// The tuple was never seen.
  case firstSeen
  /// The tuple was seen, but too seldom to be a lane.
  case rare
  /// The tuple departs from its nearest lane in this dimension.
  case new(Dimension)
  case countBelow(Int)
  case countAtLeast(Int)
}
