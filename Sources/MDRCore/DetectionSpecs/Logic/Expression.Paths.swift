extension Expression {
  /// Every path that judging the expression may follow, from the event's root or from an element on.
  var paths: [FactPath] {
    switch self {
    case .always, .baseline: []
    case .all(let parts), .either(let parts): parts.flatMap(\.paths)
    case .not(let inner): inner.paths
    case .comparison(let path, let test): [path] + test.paths
    case .element(let path, let inner): [path] + inner.paths
    case .call(let function): function.paths
    }
  }
}

extension Expression {
  /// Whether some part compares accounts, the event's own among them.
  var asksForAccounts: Bool {
    switch self {
    case .always, .baseline, .comparison: false
    case .all(let parts), .either(let parts): parts.contains(where: \.asksForAccounts)
    case .not(let inner), .element(_, let inner): inner.asksForAccounts
    case .call(.policyAllows), .call(.policyExternal), .call(.externalAccount): true
    case .call: false
    }
  }
}

extension Expression {
  /// Whether some part looks at ports, which it finds in the request where it isn't about an element.
  var asksForPorts: Bool {
    switch self {
    case .always, .baseline, .comparison: false
    case .all(let parts), .either(let parts): parts.contains(where: \.asksForPorts)
    case .not(let inner), .element(_, let inner): inner.asksForPorts
    case .call(.portOpen), .call(.portBeyond): true
    case .call: false
    }
  }
}

extension ValueTest {
  fileprivate var paths: [FactPath] {
    switch self {
    case .sameAs(let path), .differsFrom(let path): [path]
    default: []
    }
  }
}

extension LogicFunction {
  fileprivate var paths: [FactPath] {
    switch self {
    case .cidrWorld(let path), .cidrBroad(let path), .policyAllows(let path, _), .policyExternal(let path),
      .externalAccount(let path), .inList(let path, _), .auditName(let path):
      [path]
    // These look at the element at hand, whose own path is named around them.
    case .portOpen, .portBeyond: []
    }
  }
}
