/// An expression compiled for its truth alone: fields first, documents last and read where they lie.
///
/// It gives the same truth as judging the expression, in any order of its parts; only the reasons are missing.
indirect enum QuickTest: Sendable {
  case always
  case all([QuickTest])
  case either([QuickTest])
  case not(QuickTest)
  /// A field with one text at most is one of these.
  case text(FactField, Set<String>)
  case flag(FactField, Bool)
  /// Some value in a document passes, or none for a negative test.
  case value(DocumentPath, PreparedTest)
  /// Some element of a document's array satisfies the inner test.
  case element(DocumentPath, QuickTest)
  case call(PreparedCall)
  /// Anything else is judged in full.
  case full(Expression)

  init(_ expression: Expression) {
    switch expression {
    case .always: self = .always
    case .all(let parts): self = .all(parts.map(QuickTest.init).sorted { $0.cost < $1.cost })
    case .either(let parts): self = .either(parts.map(QuickTest.init).sorted { $0.cost < $1.cost })
    case .not(let inner): self = .not(QuickTest(inner))
    case .comparison(let path, let test):
      if path.steps.isEmpty, let field = Self.field(path.root, test) {
        self = field
      } else if let path = DocumentPath(path), let test = PreparedTest(test) {
        self = .value(path, test)
      } else {
        self = .full(expression)
      }
    case .element(let path, let inner):
      self = DocumentPath(path).map { .element($0, QuickTest(inner)) } ?? .full(expression)
    case .call(let function): self = .call(PreparedCall(function))
    case .baseline: self = .full(expression)
    }
  }

  private static func field(_ root: FactPath.Root, _ test: ValueTest) -> QuickTest? {
    guard case .field(let field) = root else { return nil }
    switch test {
    case .equals(.flag(let flag)) where field.quickFlag != nil: return .flag(field, flag)
    case .equals(.text(let text)) where field.quickText != nil: return .text(field, [text])
    case .differs(.text(let text)) where field.quickText != nil: return .not(.text(field, [text]))
    case .isOneOf(let values), .isNoneOf(let values):
      let texts = values.compactMap { if case .text(let text) = $0 { text } else { nil } }
      guard field.quickText != nil, texts.count == values.count else { return nil }
      return test.isNegative ? .not(.text(field, Set(texts))) : .text(field, Set(texts))
    default: return nil
    }
  }

  private var cost: Int {
    switch self {
    case .always, .flag: 0
    case .text: 1
    case .not(let inner): inner.cost
    case .all(let parts), .either(let parts): 2 + (parts.map(\.cost).max() ?? 0)
    case .value: 40
    case .element(_, let inner): 60 + inner.cost
    case .full, .call: 100
    }
  }

  /// What the expression's judgement would say.
  func truth(_ evaluator: LogicEvaluator) -> Truth { truth(evaluator, nil) }

  private func truth(_ evaluator: LogicEvaluator, _ element: TapeNode?) -> Truth {
    switch self {
    case .always: return .yes
    case .all(let parts): return Self.combined(parts, evaluator, element, decisive: .no, otherwise: .yes)
    case .either(let parts): return Self.combined(parts, evaluator, element, decisive: .yes, otherwise: .no)
    case .not(let inner):
      switch inner.truth(evaluator, element) {
      case .yes: return .no
      case .no: return .yes
      case .unknown: return .unknown
      }
    case .text(let field, let texts):
      if evaluator.leavesActorOpen, field.isOfActor { return .unknown }
      guard let text = field.quickText?(evaluator), !text.isEmpty else { return .no }
      if texts.contains(text) { return .yes }
      return field == .eventName && texts.contains(evaluator.context.facts.rawEventName) ? .yes : .no
    case .flag(let field, let flag):
      if evaluator.leavesActorOpen, field.isOfActor { return .unknown }
      return field.quickFlag?(evaluator) == flag ? .yes : .no
    case .value(let path, let test):
      var isEmpty = true
      let isAccepted = path.contains(evaluator, element, noting: test) { value in
        isEmpty = false
        return test.accepts(value)
      }
      if isEmpty, evaluator.truthOfNothing(at: path.path) == .unknown { return .unknown }
      return isAccepted != test.isNegative ? .yes : .no
    case .element(let path, let inner): return Self.some(path, inner, evaluator, element)
    case .call(let call):
      if evaluator.leavesActorOpen, call.path != nil, call.document == nil { return .unknown }
      return evaluator.truth(call, element: element)
    case .full(let expression):
      if evaluator.leavesActorOpen { return .unknown }
      return evaluator.judge(expression, element: element?.value).truth
    }
  }

  private static func some(
    _ path: DocumentPath, _ inner: QuickTest, _ evaluator: LogicEvaluator, _ element: TapeNode?
  ) -> Truth {
    var truth: Truth?
    let holds = path.contains(evaluator, element) { value in
      let found = inner.truth(evaluator, value)
      if truth != .unknown { truth = found }
      return found == .yes
    }
    return holds ? .yes : truth ?? evaluator.truthOfNothing(at: path.path)
  }

  private static func combined(
    _ parts: [QuickTest], _ evaluator: LogicEvaluator, _ element: TapeNode?, decisive: Truth, otherwise: Truth
  ) -> Truth {
    var isUnknown = false
    for part in parts {
      let truth = part.truth(evaluator, element)
      if truth == decisive { return decisive }
      if truth == .unknown { isUnknown = true }
    }
    return isUnknown ? .unknown : otherwise
  }
}

extension FactField {
  /// Whether the actor or the source of an event decides the field, rather than its call, its type of actor and accounts.
  fileprivate var isOfActor: Bool {
    switch self {
    case .eventName, .eventSource, .eventType, .outcome, .readOnly, .accountID, .crossAccount, .actorType:
      false
    default: true
    }
  }

  /// The field's text, for fields that have one at most and need no document.
  var quickText: ((LogicEvaluator) -> String)? {
    switch self {
    case .eventName: { $0.context.facts.eventName }
    case .eventSource: { $0.eventSource }
    case .eventType: { $0.context.facts.eventType }
    case .outcome: { $0.context.facts.outcome.rawValue }
    case .actor: { $0.context.facts.identity.actor }
    case .actorType: { $0.context.facts.identity.type.rawValue }
    case .archetype: { $0.context.facts.identity.archetype.rawValue }
    case .sessionClass: { $0.context.facts.identity.sessionClass ?? "" }
    case .sourceKind: { $0.context.facts.origin.kind.rawValue }
    case .accountID: { $0.context.facts.accountID }
    default: nil
    }
  }

  /// The field's truth value, for flags that every event has.
  var quickFlag: ((LogicEvaluator) -> Bool)? {
    switch self {
    case .readOnly: { $0.context.facts.isReadOnly }
    case .crossAccount:
      { EventFacts.isCrossAccount($0.context.facts.actorAccountID, $0.context.facts.accountID) }
    case .staticKey: { $0.context.facts.identity.usesStaticKey }
    case .byAWSService:
      {
        EventFacts.isByAWSService($0.context.facts.identity.type, $0.context.facts.identity.archetype)
      }
    case .byPerson: { $0.context.facts.identity.archetype.isHuman }
    default: nil
    }
  }
}
