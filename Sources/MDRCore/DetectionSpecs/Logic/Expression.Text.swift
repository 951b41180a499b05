extension Expression: CustomStringConvertible {
  /// The expression in the language it was written in.
  package var description: String {
    switch self {
    case .always: "always"
    case .all(let parts): parts.map(\.operandText).joined(separator: " and ")
    case .either(let parts): parts.map(\.operandText).joined(separator: " or ")
    case .not(let inner): "not " + inner.operandText
    case .comparison(let path, let test): test.text(of: path.description)
    case .element(let path, let inner): "any \(path) (\(inner))"
    case .call(let function): function.description
    case .baseline(let test): test.description
    }
  }

  /// The node without its parts.
  var headline: String {
    switch self {
    case .all: "and"
    case .either: "or"
    case .not: "not"
    case .element(let path, _): "any \(path)"
    default: description
    }
  }

  private var operandText: String {
    switch self {
    case .all, .either: "(\(self))"
    default: description
    }
  }
}

extension ValueTest {
  func text(of path: String) -> String {
    switch self {
    case .equals(let value): "\(path) = \(value)"
    case .differs(let value): "\(path) != \(value)"
    case .isOneOf(let values): "\(path) in (\(values.map(\.description).joined(separator: ", ")))"
    case .isNoneOf(let values): "\(path) not in (\(values.map(\.description).joined(separator: ", ")))"
    case .sameAs(let other): "\(path) = \(other)"
    case .differsFrom(let other): "\(path) != \(other)"
    case .contains(let text): "\(path) contains \(text.quoted)"
    case .startsWith(let text): "\(path) starts_with \(text.quoted)"
    case .endsWith(let text): "\(path) ends_with \(text.quoted)"
    case .like(let text): "\(path) like \(text.quoted)"
    case .less(let number): "\(path) < \(number.plainText)"
    case .atMost(let number): "\(path) <= \(number.plainText)"
    case .greater(let number): "\(path) > \(number.plainText)"
    case .atLeast(let number): "\(path) >= \(number.plainText)"
    case .exists: "\(path) exists"
    case .missing: "\(path) missing"
    }
  }
}

extension LogicValue: CustomStringConvertible {
  package var description: String {
    switch self {
    case .text(let text): text.quoted
    case .number(let number): number.plainText
    case .flag(let flag): flag ? "true" : "false"
    }
  }
}

extension LogicFunction: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cidrWorld(let path): "cidr_world(\(path))"
    case .cidrBroad(let path): "cidr_broad(\(path))"
    case .portOpen(let ports): "port_open(\(ports.map(String.init).joined(separator: ", ")))"
    case .portBeyond(let ports): "port_beyond(\(ports.map(String.init).joined(separator: ", ")))"
    case .policyAllows(let path, let test): "policy_allows(\(path), \(test))"
    case .policyExternal(let path): "policy_external(\(path))"
    case .externalAccount(let path): "external_account(\(path))"
    case .inList(let path, let name): "in_list(\(path), \(name.quoted))"
    case .auditName(let path): "audit_name(\(path))"
    }
  }
}

extension StatementTest: CustomStringConvertible {
  package var description: String {
    var parts: [String] = []
    switch principal {
    case .anyone: parts.append("principal: \"*\"")
    case .external: parts.append("principal: external")
    case .accountRoot: parts.append("principal: account_root")
    case .federated(let pattern): parts.append("federated: \(pattern.quoted)")
    case .like(let pattern): parts.append("principal: \(pattern.quoted)")
    case nil: break
    }
    parts += actions.map { "action: \($0.quoted)" }
    if let resource { parts.append("resource: \(resource.quoted)") }
    if let withoutCondition { parts.append("without_condition: \(withoutCondition.quoted)") }
    return parts.joined(separator: ", ")
  }
}

extension BaselineTest: CustomStringConvertible {
  package var description: String {
    switch self {
    case .firstSeen: "baseline.first_seen"
    case .rare: "baseline.rare"
    case .new(let dimension): "baseline.new(\(dimension.rawValue))"
    case .countBelow(let count): "baseline.count < \(count)"
    case .countAtLeast(let count): "baseline.count >= \(count)"
    }
  }
}

extension String {
  /// The text as a literal of the language.
  var quoted: String {
    // Few literals need it, and matches put many into words.
    let isPlain = utf8.allSatisfy { $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "\"") }
    let text = isPlain ? self : replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"" + text + "\""
  }
}
