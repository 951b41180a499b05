extension LogicEvaluator {
  func judge(_ function: LogicFunction, in expression: Expression, element: JSONValue?) -> LogicJudgement {
    switch function {
    case .portOpen(let ports):
      return judge(portRange(element)?.admits(ports), in: expression)
    case .portBeyond(let ports):
      return judge(portRange(element)?.reachesBeyond(ports), in: expression)
    case .cidrWorld(let path), .cidrBroad(let path), .policyAllows(let path, _), .policyExternal(let path),
      .externalAccount(let path), .inList(let path, _), .auditName(let path):
      let values = context.facts.values(at: path, element: element)
      guard !values.isEmpty else { return absent(expression, path) }
      return judge(function, of: values, in: expression)
    }
  }

  /// The ports of an element, or of the request itself.
  private func portRange(_ element: JSONValue?) -> PortRange? {
    if let element { return PortRange(element) }
    for name in PortRange.members { context.facts.reads?.note(FactPath(.request, [.key(name)])) }
    return PortRange(context.facts.request.value)
  }

  private func judge(_ holds: Bool?, in expression: Expression) -> LogicJudgement {
    LogicJudgement(expression, holds == true ? .yes : .no)
  }

  private func judge(_ function: LogicFunction, of values: [JSONValue], in expression: Expression)
    -> LogicJudgement
  {
    switch function {
    case .cidrWorld:
      let blocks = values.compactMap { $0.scalarText.flatMap(CIDRBlock.init) }
      return LogicJudgement(expression, CIDRBlock.coverWorld(blocks) ? .yes : .no, witnesses: values)
    case .cidrBroad:
      let blocks = values.compactMap { $0.scalarText.flatMap(CIDRBlock.init) }
      let holds = blocks.contains(where: \.isBroad) || CIDRBlock.coverWorld(blocks)
      return LogicJudgement(expression, holds ? .yes : .no, witnesses: values)
    case .policyAllows(_, let test):
      return judgePolicies(values, in: expression) { $0.satisfies(test, scope: scope) }
    case .policyExternal:
      return judgePolicies(values, in: expression) { $0.letsOutsidersIn(scope: scope) }
    case .externalAccount:
      return judgeEach(values, in: expression) { scope.isExternal($0) }
    case .inList(_, let name):
      let globs = (context.lists.named[name] ?? []).map(Glob.init)
      return judgeEach(values, in: expression) { text in globs.contains { $0.matches(text) } ? .yes : .no }
    case .auditName:
      let jewels = (context.lists.named["crown_jewels"] ?? []).map(Glob.init)
      return judgeEach(values, in: expression) { text in
        AuditName.fits(text) || jewels.contains { $0.matches(text) } ? .yes : .no
      }
    case .portOpen, .portBeyond: return LogicJudgement(expression, .no)
    }
  }

  private func judgePolicies(
    _ values: [JSONValue], in expression: Expression, _ test: (PolicyStatement) -> Truth
  ) -> LogicJudgement {
    var isUnreadable = false
    var isUnknown = false
    // An empty text takes a policy away; it is none that can't be read.
    for value in values where value.string?.allSatisfy(\.isWhitespace) != true {
      guard let document = PolicyDocument(value) else {
        isUnreadable = true
        continue
      }
      for statement in document.statements {
        switch test(statement) {
        case .yes: return LogicJudgement(expression, .yes, witnesses: [statement.json])
        case .unknown: isUnknown = true
        case .no: continue
        }
      }
    }
    var causes: UnknownCauses = []
    if isUnreadable { causes.insert(.document) }
    if isUnknown { causes.insert(.organisation) }
    return LogicJudgement(expression, causes.isEmpty ? .no : .unknown, causes: causes)
  }

  /// Answers of single texts; an unknown among them means that the organisation isn't known.
  private func judgeEach(
    _ values: [JSONValue], in expression: Expression, _ test: (String) -> Truth
  ) -> LogicJudgement {
    var unknown: String?
    for text in values.compactMap(\.scalarText) {
      switch test(text) {
      case .yes: return LogicJudgement(expression, .yes, witnesses: [.string(text)])
      case .unknown: unknown = unknown ?? text
      case .no: continue
      }
    }
    guard let unknown else { return LogicJudgement(expression, .no, witnesses: values.prefix(1)) }
    return LogicJudgement(expression, .unknown, causes: .organisation, witnesses: [.string(unknown)])
  }
}
