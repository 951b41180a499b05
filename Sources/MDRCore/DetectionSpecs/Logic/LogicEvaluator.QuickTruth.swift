/// Functions whose truth the bytes of most values tell where they lie.
extension LogicEvaluator {
  /// The truth of a function of the values at a path; `nil` where the values themselves have to be asked.
  func quickTruth(of function: LogicFunction, _ document: DocumentPath, _ element: TapeNode?) -> Truth? {
    switch function {
    case .externalAccount:
      let scope = scope
      return quickTruth(document, element) { $0.plainText.map(scope.isExternal) }
    case .policyAllows(_, let test):
      let scope = scope
      return quickTruth(document, element) { self.truth($0) { $0.satisfies(test, scope: scope) } }
    case .policyExternal:
      let scope = scope
      return quickTruth(document, element) { self.truth($0) { $0.letsOutsidersIn(scope: scope) } }
    case .auditName where context.lists.named["crown_jewels"] == nil:
      return quickTruth(document, element) { node in
        node.plainText.flatMap { AuditName.mayFit($0) ? nil : .no }
      }
    case .cidrWorld, .cidrBroad:
      // So few blocks of that size hold together less than one that is broad.
      var count = 0
      return quickTruth(document, element) { node in
        count += 1
        guard count < 8, let text = node.plainText else { return nil }
        guard let block = CIDRBlock(text) else { return .no }
        return block.isBroad || !block.isIPv6 && block.prefix < 11 ? nil : .no
      }
    default: return nil
    }
  }

  /// The strongest truth among those of values; `nil` where one of them has none.
  private func quickTruth(
    _ document: DocumentPath, _ element: TapeNode?, _ test: (TapeNode) -> Truth?
  ) -> Truth? {
    var found: Truth?
    var isTold = true
    _ = document.contains(self, element) { node in
      switch test(node) {
      case .yes: found = .yes
      case .unknown: found = .unknown
      case .no: found = found ?? .no
      case nil: isTold = false
      }
      return !isTold || found == .yes
    }
    return isTold ? found ?? truthOfNothing(at: document.path) : nil
  }

  /// The strongest answer of a policy's statements, unknown for what can't be read; `nil` for what may be no policy or
  /// is too long to be kept.
  private func truth(_ node: TapeNode, _ test: (PolicyStatement) -> Truth) -> Truth? {
    guard node.mayBePolicy, policies.keeps(node) else { return nil }
    guard let document = policies.document(node) else { return .unknown }
    var truth = Truth.no
    for statement in document.statements {
      switch test(statement) {
      case .yes: return .yes
      case .unknown: truth = .unknown
      case .no: continue
      }
    }
    return truth
  }
}

extension TapeNode {
  /// The bytes of a text that holds no escapes.
  fileprivate var plainText: UnsafeBufferPointer<UInt8>? {
    tape.kind(index) == .string && !tape.hasEscapes(index) ? tape.slice(index) : nil
  }

  /// An object, or a text that begins as one does, as it stands or URL-encoded.
  fileprivate var mayBePolicy: Bool {
    switch tape.kind(index) {
    case .object: true
    case .string:
      tape.slice(index).first == UInt8(ascii: "{") || tape.slice(index).first == UInt8(ascii: "%")
    default: false
    }
  }
}
