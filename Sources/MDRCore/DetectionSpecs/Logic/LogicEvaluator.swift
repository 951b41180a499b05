/// Judges expressions against one event, with three-valued logic where something can't be known.
package final class LogicEvaluator {
  /// The event, in place of which another may be set before it is judged.
  var context: EvaluationContext
  let policies: PolicyMemo
  /// Whether quick tests take for unknown what the actor and the source decide: what they tell then holds for any.
  var leavesActorOpen = false

  package convenience init(_ context: EvaluationContext) {
    self.init(context, policies: PolicyMemo())
  }

  /// An evaluator without an event, which is given one before it judges.
  convenience init() {
    self.init(
      EvaluationContext(
        EventFacts(
          eventName: "", eventSource: "", accountID: "", identity: ActorIdentity(actor: "", type: .unknown),
          origin: EventOrigin(source: "", kind: .unknown, sourceIP: ""))))
  }

  /// An evaluator for one event of many, which shares a memo of the policies that they repeat.
  init(_ context: EvaluationContext, policies: PolicyMemo) {
    self.context = context
    self.policies = policies
  }

  /// In small letters, as logic names it.
  var eventSource: String { context.facts.eventSource.lowercased() }

  var scope: AccountScope { AccountScope(ownAccount: context.facts.accountID, lists: context.lists) }

  /// Judges a whole expression.
  package func judge(_ expression: Expression) -> LogicJudgement { judge(expression, element: nil) }

  func judge(_ expression: Expression, element: JSONValue?) -> LogicJudgement {
    switch expression {
    case .always: return LogicJudgement(expression, .yes)
    case .all(let parts):
      return combine(expression, parts.lazy.map { self.judge($0, element: element) }, decisive: .no)
    case .either(let parts):
      return combine(expression, parts.lazy.map { self.judge($0, element: element) }, decisive: .yes)
    case .not(let inner):
      return LogicJudgement(opposite: expression, of: judge(inner, element: element))
    case .element(let path, let inner):
      let elements = context.facts.values(at: path, element: element)
      guard !elements.isEmpty else { return absent(expression, path) }
      return combine(expression, elements.lazy.map { self.judge(inner, element: $0) }, decisive: .yes)
    case .comparison(let path, let test): return compare(expression, path, test, element: element)
    case .call(let function): return judge(function, in: expression, element: element)
    case .baseline(let test): return judge(test, in: expression)
    }
  }

  /// Stops at the answer that decides; keeps what was looked at until then.
  private func combine(
    _ expression: Expression, _ parts: some Sequence<LogicJudgement>, decisive: Truth
  ) -> LogicJudgement {
    var seen: [LogicJudgement] = []
    var causes: UnknownCauses = []
    for part in parts {
      seen.append(part)
      if part.truth == decisive { return LogicJudgement(expression, decisive, children: seen) }
      causes.formUnion(part.causes)
    }
    let isUnknown = seen.contains { $0.truth == .unknown }
    let truth: Truth = isUnknown ? .unknown : (decisive == .no ? .yes : .no)
    return LogicJudgement(expression, truth, causes: causes, children: seen)
  }

  private func compare(
    _ expression: Expression, _ path: FactPath, _ test: ValueTest, element: JSONValue?
  ) -> LogicJudgement {
    let values = context.facts.values(at: path, element: element)
    if values.isEmpty, path.needsDocument, context.facts.isTruncated {
      return LogicJudgement(expression, .unknown, causes: .document)
    }
    var others: [JSONValue] = []
    if case .sameAs(let other) = test { others = context.facts.values(at: other, element: element) }
    if case .differsFrom(let other) = test { others = context.facts.values(at: other, element: element) }
    let accepted = values.first { test.accepts($0, others: others) }
    return LogicJudgement(
      expression, (accepted != nil) != test.isNegative ? .yes : .no,
      witnesses: accepted.map { [$0] } ?? Array(values.prefix(1)))
  }

  /// Nothing lies at the path: a plain no, unless the document was cut.
  func absent(_ expression: Expression, _ path: FactPath) -> LogicJudgement {
    LogicJudgement(expression, truthOfNothing(at: path), causes: .document)
  }

  func truthOfNothing(at path: FactPath) -> Truth {
    path.needsDocument && context.facts.isTruncated ? .unknown : .no
  }

  private func judge(_ test: BaselineTest, in expression: Expression) -> LogicJudgement {
    guard let baseline = context.baseline else {
      return LogicJudgement(expression, .unknown, causes: .baseline)
    }
    let holds =
      switch test {
      case .firstSeen: baseline.isFirstSeen
      case .rare: baseline.isRare
      case .new(let dimension): baseline.newDimensions.contains(dimension)
      case .countBelow(let limit): baseline.count < limit
      case .countAtLeast(let limit): baseline.count >= limit
      }
    return LogicJudgement(expression, holds ? .yes : .no, witnesses: [.string("\(baseline.count) before")])
  }
}
