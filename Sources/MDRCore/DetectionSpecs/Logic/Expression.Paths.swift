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
  /// A place that judging looks at: for its value, or only for the elements that lie there.
  struct Look {
    var path: FactPath
    var isWhole: Bool
  }

  /// The places that judging may look at, those in an element from its document on.
  ///
  /// `element` is where the element lies that the expression is about.
  func looks(below element: FactPath?) -> [Look] {
    func look(_ path: FactPath, isWhole: Bool = true) -> Look {
      guard path.root == .element, let element else { return Look(path: path, isWhole: isWhole) }
      return Look(path: FactPath(element.root, element.steps + path.steps), isWhole: isWhole)
    }
    switch self {
    case .always, .baseline: return []
    case .all(let parts), .either(let parts): return parts.flatMap { $0.looks(below: element) }
    case .not(let inner): return inner.looks(below: element)
    case .comparison(let path, let test): return ([path] + test.paths).map { look($0) }
    case .element(let path, let inner):
      let elements = look(path, isWhole: false)
      return [elements] + inner.looks(below: elements.path)
    case .call(let function):
      guard function.path == nil else { return function.paths.map { look($0) } }
      let place = element ?? FactPath(.request)
      return PortRange.members.map { look(FactPath(place.root, place.steps + [.key($0)])) }
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
