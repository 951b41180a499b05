@testable import MDRCore

extension EventFacts {
  /// An event as a test needs it: a name, a service and a request.
  static func made(
    _ name: String, _ service: String = "iam", request: String = "", response: String = "",
    additional: String = "", actor: ActorType = .assumedRole, archetype: Archetype = .unknown,
    outcome: Outcome = .success, account: String = "111122223333"
  ) -> EventFacts {
    var facts = EventFacts(
      eventName: name, eventSource: service + ".amazonaws.com", accountID: account,
      identity: ActorIdentity(actor: "role:deployer", type: actor, archetype: archetype),
      origin: EventOrigin(source: "public:203.0.113.0/24", kind: .publicNetwork, sourceIP: "203.0.113.9"))
    facts.outcome = outcome
    facts.request = LazyDocument(text: request)
    facts.response = LazyDocument(text: response)
    facts.additional = LazyDocument(text: additional)
    return facts
  }

  /// Judges a text of logic against the event.
  func judge(
    _ logic: String, lists: EvaluationLists = EvaluationLists(), baseline: BaselineFacts? = nil
  ) throws -> LogicJudgement {
    LogicEvaluator(EvaluationContext(self, lists: lists, baseline: baseline)).judge(
      try LogicParser.parse(logic))
  }
}
