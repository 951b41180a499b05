/// What several events have to be together, beyond what each of them is.
package enum Correlation: Equatable, Sendable {
  case threshold(EventThreshold)
  case change(StateChange)
  case sequence(EventChain)
}

/// What the events of one group have in common.
package enum GroupKey: Equatable, Sendable {
  /// The first value at a path.
  case value(FactPath)
  /// The credentials of one session: its access key, or actor and issue time.
  case session
  /// The session that the credentials come from, through every role assumed and key created on the way.
  case identityPath
  /// The person behind the call, under whichever role and in whichever account, or where nobody is named the actor.
  case personOrActor
}

/// So many events, or so many different values in them, within a window.
package struct EventThreshold: Equatable, Sendable {
  package var atLeast: Int
  /// Where the values lie that are told apart; `nil` counts events.
  package var distinct: FactPath?
  package var keys: [GroupKey]
  /// Whole minutes.
  package var minutes: Int
}

/// A value that differs from the one last seen for the same thing.
package struct StateChange: Equatable, Sendable {
  /// How a value has to differ.
  package enum Kind: String, CaseIterable, Sendable {
    /// Something was there and no longer is.
    case lost
    /// Something is there that was not.
    case gained
    /// The values are others.
    case changed
    /// The number, or the truth value, is lower.
    case lowered
    case raised
  }

  /// How the value at a path has to differ from the one last seen.
  package struct Test: Equatable, Sendable {
    package var kind: Kind
    package var path: FactPath

    /// Whether the values at the path are compared with each other, which exports can't.
    var comparesLists: Bool {
      switch kind {
      case .lost, .gained: true
      case .lowered, .raised: path.steps.contains(.each)
      case .changed: false
      }
    }
  }

  /// One of them has to hold.
  package var tests: [Test]
  package var keys: [GroupKey]
}

/// Steps that one actor takes in this order within a window.
package struct EventChain: Equatable, Sendable {
  /// A step by its name in the chain, and the logic that an event has to meet to be it.
  package struct Step: Equatable, Sendable {
    package var name: String
    package var logic: Expression
  }

  package var steps: [Step]
  package var keys: [GroupKey]
  /// From the first step to the last, in whole minutes.
  package var minutes: Int
}

extension Correlation {
  package var keys: [GroupKey] {
    switch self {
    case .threshold(let threshold): threshold.keys
    case .change(let change): change.keys
    case .sequence(let sequence): sequence.keys
    }
  }

  /// In one word.
  package var kind: String {
    switch self {
    case .threshold: "threshold"
    case .change: "change"
    case .sequence: "chain"
    }
  }
}

extension GroupKey: CustomStringConvertible {
  package var description: String {
    switch self {
    case .value(let path): path.description
    case .session: "session"
    case .identityPath: "identity_path"
    case .personOrActor: "person_or_actor"
    }
  }
}

extension Correlation: CustomStringConvertible {
  /// The clause in the language it was written in; a sequence is the whole of its block.
  package var description: String {
    let keys = keys.map(\.description).joined(separator: ", ")
    switch self {
    case .threshold(let threshold):
      let what = threshold.distinct.map { "count of \($0)" } ?? "count"
      return "\(what) >= \(threshold.atLeast) by \(keys) within \(threshold.minutes) minutes"
    case .change(let change):
      let tests = change.tests.map { "\($0.kind.rawValue)(\($0.path))" }.joined(separator: " or ")
      return "changes \(tests) by \(keys)"
    case .sequence(let sequence):
      let steps = sequence.steps.map { "step \($0.name.quoted) \($0.logic)" }.joined(separator: "\n")
      return "sequence by \(keys) within \(sequence.minutes) minutes\n\(steps)"
    }
  }
}
