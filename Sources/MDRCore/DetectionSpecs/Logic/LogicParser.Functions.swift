extension LogicParser {
  static let functionNames = [
    "cidr_world", "cidr_broad", "port_open", "port_beyond", "policy_allows", "policy_external",
    "external_account", "in_list", "audit_name",
  ]

  /// Reads a function with its arguments.
  mutating func function() throws(LogicError) -> LogicFunction {
    let token = current
    guard case .word(let name) = token.kind, Self.functionNames.contains(name) else {
      throw error(
        "there is no function \(token.shown)", "use one of \(Self.functionNames.joined(separator: ", "))")
    }
    advance()
    try expect("(", "write \(name)( … )")
    let function = try arguments(of: name, at: token)
    try expect(")", "close the parenthesis of \(name)")
    return function
  }

  private mutating func arguments(of name: String, at token: LogicToken) throws(LogicError) -> LogicFunction {
    switch name {
    case "port_open": return .portOpen(try ports(allowingNone: true))
    case "port_beyond": return .portBeyond(try ports(allowingNone: false))
    case "cidr_world": return .cidrWorld(try path())
    case "cidr_broad": return .cidrBroad(try path())
    case "policy_external": return .policyExternal(try path())
    case "external_account": return .externalAccount(try path())
    case "audit_name": return .auditName(try path())
    case "in_list":
      let path = try self.path()
      try expect(",", "write in_list(actor, \"approved_rotation_roles\")")
      return .inList(path, try text("quote the list's name"))
    default:
      let path = try self.path()
      return .policyAllows(path, try statementTest(at: token))
    }
  }

  private mutating func ports(allowingNone: Bool) throws(LogicError) -> [Int] {
    if allowingNone, case .symbol(")") = current.kind { return [] }
    var ports: [Int] = []
    repeat {
      guard case .number(let number) = current.kind, let port = Int(exactly: number),
        (0...65_535).contains(port)
      else { throw error("\(current.shown) is no port", "use whole numbers from 0 to 65535") }
      advance()
      ports.append(port)
    } while take(",")
    return ports
  }

  private mutating func statementTest(at token: LogicToken) throws(LogicError) -> StatementTest {
    var test = StatementTest()
    while take(",") {
      guard case .word(let label) = current.kind else {
        throw error(
          "\(current.shown) is no label", "write principal:, action:, resource: or without_condition:")
      }
      let place = current
      advance()
      switch label {
      case "principal:": test.principal = try principal()
      case "federated:": test.principal = .federated(try text("quote the provider's pattern"))
      case "action:": test.actions.append(try text("quote the action"))
      case "resource:": test.resource = try text("quote the resource")
      case "without_condition:": test.withoutCondition = try text("quote the condition key's pattern")
      default:
        throw error(
          "policy_allows has no argument \(label)",
          "use principal:, federated:, action:, resource: or without_condition:", at: place)
      }
    }
    guard test != StatementTest() else {
      throw error("policy_allows asks for nothing", "add principal: or action:", at: token)
    }
    return test
  }

  private mutating func principal() throws(LogicError) -> StatementTest.Principal {
    if take(word: "external") { return .external }
    if take(word: "account_root") { return .accountRoot }
    let pattern = try text("use \"*\", external, account_root or a quoted pattern")
    return pattern == "*" ? .anyone : .like(pattern)
  }
}
