/// A function's answer, and which of the values that it looked at decided it.
struct FunctionAnswer {
  /// Which values decided.
  enum Decider {
    case none, first, all
    case one(JSONValue)
  }

  var truth: Truth
  var causes: UnknownCauses = []
  var decider = Decider.none

  init(_ truth: Truth, causes: UnknownCauses = [], _ decider: Decider = .none) {
    self.truth = truth
    self.causes = causes
    self.decider = decider
  }

  /// The values among those looked at that decided.
  func witnesses(among values: [JSONValue]) -> [JSONValue] {
    switch decider {
    case .none: []
    case .first: Array(values.prefix(1))
    case .all: values
    case .one(let value): [value]
    }
  }
}

/// A function with its path prepared for tapes.
final class PreparedCall: Sendable {
  let function: LogicFunction
  let path: FactPath?
  let document: DocumentPath?

  init(_ function: LogicFunction) {
    self.function = function
    path = function.path
    document = path.flatMap(DocumentPath.init)
  }
}

extension LogicEvaluator {
  func judge(_ function: LogicFunction, in expression: Expression, element: JSONValue?) -> LogicJudgement {
    guard let path = function.path else {
      let range = if let element { PortRange(element) } else { requestedPorts() }
      return LogicJudgement(expression, function.holds(for: range) ? .yes : .no)
    }
    let values = context.facts.values(at: path, element: element)
    guard !values.isEmpty else { return absent(expression, path) }
    let answer = answer(function, of: values)
    return LogicJudgement(
      expression, answer.truth, causes: answer.causes, witnesses: answer.witnesses(among: values))
  }

  /// The truth of a prepared function, without its reasons, for an element on a tape.
  func truth(_ call: PreparedCall, element: TapeNode?) -> Truth {
    guard let path = call.path else {
      let range = if let element { PortRange(element) } else { requestedPorts() }
      return call.function.holds(for: range) ? .yes : .no
    }
    if let document = call.document, let truth = quickTruth(of: call.function, document, element) {
      return truth
    }
    let values = call.document?.values(self, element) ?? context.facts.values(at: path, element: nil)
    return values.isEmpty ? truthOfNothing(at: path) : answer(call.function, of: values).truth
  }

  /// The ports that the request itself is about, for what looks at no element of it.
  private func requestedPorts() -> PortRange? {
    for key in PortRange.members { context.facts.reads?.note(FactPath(.request, [.key(key)])) }
    return context.facts.request.root.flatMap { PortRange($0) }
  }

  private func answer(_ function: LogicFunction, of values: [JSONValue]) -> FunctionAnswer {
    switch function {
    case .cidrWorld:
      let blocks = values.compactMap { $0.scalarText.flatMap(CIDRBlock.init) }
      return FunctionAnswer(CIDRBlock.coverWorld(blocks) ? .yes : .no, .all)
    case .cidrBroad:
      let blocks = values.compactMap { $0.scalarText.flatMap(CIDRBlock.init) }
      return FunctionAnswer(CIDRBlock.areBroad(blocks) ? .yes : .no, .all)
    case .policyAllows(_, let test):
      let scope = scope
      return answer(aboutPolicies: values) { $0.satisfies(test, scope: scope) }
    case .policyExternal:
      let scope = scope
      return answer(aboutPolicies: values) { $0.letsOutsidersIn(scope: scope) }
    case .externalAccount:
      let scope = scope
      return answer(aboutEach: values) { scope.isExternal($0) }
    case .inList(_, let name):
      let patterns = context.lists.named[name] ?? []
      return answer(aboutEach: values) { Self.fits($0, patterns) }
    case .auditName:
      let jewels = context.lists.named["crown_jewels"] ?? []
      return answer(aboutEach: values) { AuditName.fits($0) ? .yes : Self.fits($0, jewels) }
    case .portOpen, .portBeyond: return FunctionAnswer(.no)
    }
  }

  private static func fits(_ text: String, _ patterns: [String]) -> Truth {
    patterns.contains { Glob.matches($0, text) } ? .yes : .no
  }

  private func answer(
    aboutPolicies values: [JSONValue], _ test: (PolicyStatement) -> Truth
  ) -> FunctionAnswer {
    var causes: UnknownCauses = []
    // An empty text removes a policy: it doesn't count as one that can't be read.
    for value in values where value.string?.allSatisfy(\.isWhitespace) != true {
      guard let document = policies.document(value) else {
        causes.insert(.document)
        continue
      }
      for statement in document.statements {
        switch test(statement) {
        case .yes: return FunctionAnswer(.yes, .one(statement.json))
        case .unknown: causes.insert(.organisation)
        case .no: continue
        }
      }
    }
    return FunctionAnswer(causes.isEmpty ? .no : .unknown, causes: causes)
  }

  /// Answers of single texts; an unknown among them means that the organisation isn't known.
  private func answer(aboutEach values: [JSONValue], _ test: (String) -> Truth) -> FunctionAnswer {
    var unknown: String?
    for text in values.lazy.compactMap(\.scalarText) {
      switch test(text) {
      case .yes: return FunctionAnswer(.yes, .one(.string(text)))
      case .unknown: unknown = unknown ?? text
      case .no: continue
      }
    }
    guard let unknown else { return FunctionAnswer(.no, .first) }
    return FunctionAnswer(.unknown, causes: .organisation, .one(.string(unknown)))
  }
}

extension LogicFunction {
  /// Where the values lie that it looks at; `nil` for those that look at the element at hand.
  var path: FactPath? {
    switch self {
    case .cidrWorld(let path), .cidrBroad(let path), .policyAllows(let path, _), .policyExternal(let path),
      .externalAccount(let path), .inList(let path, _), .auditName(let path):
      path
    case .portOpen, .portBeyond: nil
    }
  }

  /// What one that looks at ports makes of a range.
  fileprivate func holds(for range: PortRange?) -> Bool {
    guard let range else { return false }
    switch self {
    case .portOpen(let ports): return range.admits(ports)
    case .portBeyond(let ports): return range.reachesBeyond(ports)
    default: return false
    }
  }
}
