/// One event with everything its judgement may depend on.
package struct EvaluationContext {
  package var facts: EventFacts
  package var lists: EvaluationLists
  /// What the baseline says of the event's tuple; `nil` without a baseline.
  package var baseline: BaselineFacts?

  package init(
    _ facts: EventFacts, lists: EvaluationLists = EvaluationLists(), baseline: BaselineFacts? = nil
  ) {
    self.facts = facts
    self.lists = lists
    self.baseline = baseline
  }
}

/// What the customer told about itself.
package struct EvaluationLists: Equatable, Sendable {
  /// The organisation's account ids; `nil` where nobody gave them.
  package var organisation: Set<String>?
  /// Accounts whose own logs are in the baseline: where nobody gave the organisation's, these are none of an outsider's.
  package var logged: Set<String>
  /// Account ids of approved partners.
  package var partners: Set<String>
  /// Further lists by name, such as `approved_rotation_roles` or `crown_jewels`; entries may be patterns.
  package var named: [String: [String]]

  package init(
    organisation: Set<String>? = nil, logged: Set<String> = [], partners: Set<String> = [],
    named: [String: [String]] = [:]
  ) {
    self.organisation = organisation
    self.logged = logged
    self.partners = partners
    self.named = named
  }
}

/// What a baseline says of one tuple.
package struct BaselineFacts: Equatable, Sendable {
  /// Tuples with fewer observations than this are rare: an accident rather than a lane.
  package static let rareLimit = 5

  /// Earlier observations of the same account, actor, event, source and region.
  package var count: Int
  /// The dimensions in which the tuple departs from its nearest lane.
  package var newDimensions: Set<Dimension>

  package init(count: Int, newDimensions: Set<Dimension> = []) {
    self.count = count
    self.newDimensions = newDimensions
  }

  package var isFirstSeen: Bool { count == 0 }
  package var isRare: Bool { count > 0 && count < Self.rareLimit }
}
