import Foundation

@testable import MDRCore

/// Events whose documents have what an expression looks at, in all shapes that JSON allows; and expressions.
struct RandomEvents {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(state: seed) }

  private mutating func chance(_ one: UInt64) -> Bool { random.next() % one == 0 }
  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(random.next() % UInt64(elements.count))]
  }

  // MARK: - Events

  mutating func event(for expression: MDRCore.Expression) -> (context: EvaluationContext, text: String) {
    let looks = Looks(expression)
    var texts: [String] = []
    for root in [FactPath.Root.request, .response, .additional] {
      let paths = looks.paths.filter { $0.root == root && !chance(6) }.map(\.steps)
      texts.append(
        paths.isEmpty ? pick(["", "{}", "null", "[]"]) : json(paths.map { $0[...] }, looks.literals))
    }
    if chance(25) { texts[0] += "}" }
    var facts = EventFacts.made(
      looks.names.isEmpty || chance(4) ? "CreateThing" : pick(looks.names), pick(["iam", "S3"]),
      request: texts[0],
      response: texts[1], additional: texts[2], actor: pick(ActorType.allCases),
      archetype: pick(Archetype.allCases), outcome: pick([.success, .success, .denied]))
    facts.isTruncated = chance(5)
    facts.actorAccountID = pick(["111122223333", "444455556666", ""])
    facts.identity.sessionClass = pick([nil, "human"])
    facts.identity.invokedBy = pick([nil, "cloudformation.amazonaws.com"])
    facts.errorCode = pick([nil, "AccessDenied"])
    facts.targets = chance(2) ? [:] : ["user": ["ci", "Admin"]]
    facts.resources = chance(2) ? [] : ["arn:aws:s3:::audit-logs"]
    let lists = EvaluationLists(
      organisation: chance(2) ? nil : ["111122223333"], partners: chance(3) ? ["444455556666"] : [],
      named: chance(2) ? [:] : ["crown_jewels": ["*admin*"], "response_automation": ["a*"]])
    let context = EvaluationContext(facts, lists: lists, baseline: pick([nil, BaselineFacts(count: 2)]))
    return (context, texts.joined(separator: " | "))
  }

  private mutating func json(_ paths: [ArraySlice<FactPath.Step>], _ literals: [String]) -> String {
    guard let path = paths.isEmpty ? nil : pick(paths), let step = path.first, !chance(12) else {
      return scalar(literals)
    }
    switch step {
    case .each:
      let inner = paths.filter { $0.first == .each }.map { $0.dropFirst() }
      guard !chance(5) else { return json(inner, literals) }
      return "[" + (0..<random.next() % 4).map { _ in json(inner, literals) }.joined(separator: ", ") + "]"
    case .key:
      var members: [String] = []
      for path in paths where !chance(8) {
        guard case .key(let name)? = path.first else { continue }
        let inner = paths.filter { $0.first == .key(name) }.map { $0.dropFirst() }
        members.append(key(name) + ":" + json(inner, literals))
      }
      return "{" + members.joined(separator: ",") + "}"
    }
  }

  /// A key as it is, with an escape, or with a letter that only looks like its own.
  private mutating func key(_ name: String) -> String {
    var name = name
    if chance(15) { name = name.replacing("K", with: "\u{212A}") }
    if chance(15), let first = name.utf8.first {
      return "\"\\u00" + String(first, radix: 16) + name.dropFirst() + "\""
    }
    return "\"" + name + "\""
  }

  private static let scalars = [
    "null", "true", "false", #""TRUE""#, #""false""#, "0", "22", "-1", "1.0", "9e2", #""7""#, #""""#, "{}",
    "[]",
    #""*""#, #""0.0.0.0/0""#, #""10.0.0.0/8""#, #""tcp""#, #""444455556666""#,
    #""arn:aws:iam::444455556666:role/r""#,
    #""arn:aws:iam::111122223333:role/\u004b""#, #""caf\u00e9""#, "\"\u{212A}MS caf\u{E9}\"", #""auditLogs""#,
    #"" ""#,
    #""{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}""#,
    #""{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":[\"iam:*\",\"S3:get*\"]}]}""#,
    #"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"NotAction":"s3:*","Resource":["a*"]}]}"#,
    #""{broken""#,
  ]

  private mutating func scalar(_ literals: [String]) -> String {
    guard !literals.isEmpty, !chance(3) else { return pick(Self.scalars) }
    var text = pick(literals)
    switch random.next() % 8 {
    case 0: text = text.uppercased()
    case 1: text += "x"
    case 2: text = "x" + text
    case 3: text = text.replacing("*", with: "any")
    case 4: text = text.replacing("k", with: "\u{212A}")
    case 5: return text
    default: break
    }
    return JSONValue.string(text).compactText
  }

  // MARK: - Expressions

  private static let leaves = [
    "always", "requestParameters.a = \"Kms\"", "requestParameters.a != 7",
    "requestParameters.K.b[] contains \"DMI\"",
    "requestParameters.a[].b starts_with \"x\"", "responseElements.a ends_with \"Z\"",
    "additionalEventData.a like \"*k?s*\"", "requestParameters.a in (\"x\", \"y\", 22)",
    "requestParameters.a not in (\"x\", \"TRUE\")", "requestParameters.a < 10", "requestParameters.a[] >= 1",
    "requestParameters.a exists", "requestParameters.a[].b missing", "requestParameters.a = true",
    "requestParameters.a = requestParameters.b", "requestParameters.a contains \"\"",
    "any requestParameters.a[] (.b = \"k\" and not .c exists)",
    "any requestParameters.a[] (any .b[] (. like \"*\" or .c = responseElements.a))",
    "any requestParameters.a[] (port_open(22, 443) or port_beyond(80))", "port_open()",
    "target.user contains \"dm\"",
    "audit_name(resource)", "resource contains \"audit\"",
    "any requestParameters.a[] (cidr_broad(.b) or cidr_world(.c[]))", "external_account(actor_account_id)",
    "external_account(requestParameters.a[])",
    "policy_allows(requestParameters.a, principal: \"*\", action: \"iam:*\")",
    "policy_external(requestParameters.K)", "audit_name(requestParameters.a)",
    "in_list(requestParameters.a, \"response_automation\")", "in_list(actor, \"crown_jewels\")",
    "baseline.rare",
    "baseline.first_seen", "by_aws_service", "mfa", "archetype = \"unknown\"", "error_code missing",
    "invoked_by exists", "target.user = \"ci\"", "event_source = \"s3.amazonaws.com\"",
  ]

  /// Some of the language's tests, joined at random.
  mutating func expression(_ depth: Int = 3) throws -> MDRCore.Expression {
    switch depth == 0 ? 9 : random.next() % 8 {
    case 0, 1: return .all(try (0..<1 + random.next() % 3).map { _ in try expression(depth - 1) })
    case 2, 3: return .either(try (0..<1 + random.next() % 3).map { _ in try expression(depth - 1) })
    case 4: return .not(try expression(depth - 1))
    default: return try LogicParser.parse(pick(Self.leaves))
    }
  }
}

/// What an expression looks at, elements' paths from their document on.
private struct Looks {
  var paths: [FactPath] = []
  var literals: [String] = []
  var names: [String] = []

  init(_ expression: MDRCore.Expression) { add(expression, below: nil) }

  private mutating func add(_ expression: MDRCore.Expression, below element: FactPath?) {
    func whole(_ path: FactPath) -> FactPath {
      guard path.root == .element, let element else { return path }
      return FactPath(element.root, element.steps + path.steps)
    }
    switch expression {
    case .always, .baseline: break
    case .all(let parts), .either(let parts): for part in parts { add(part, below: element) }
    case .not(let inner): add(inner, below: element)
    case .element(let path, let inner):
      paths.append(whole(path))
      add(inner, below: whole(path))
    case .call(let function):
      if let path = function.path {
        paths.append(whole(path))
      } else {
        let base = element ?? FactPath(.request)
        paths += PortRange.members.map { FactPath(base.root, base.steps + [.key($0)]) }
      }
    case .comparison(let path, let test):
      paths.append(whole(path))
      add(test)
      if path == FactPath(.field(.eventName)) { names += literals.suffix(1) }
    }
  }

  private mutating func add(_ test: ValueTest) {
    func text(_ value: LogicValue) -> String {
      switch value {
      case .text(let text): text
      case .number(let number): number.plainText
      case .flag(let flag): flag ? "true" : "false"
      }
    }
    switch test {
    case .equals(let value), .differs(let value): literals.append(text(value))
    case .isOneOf(let values), .isNoneOf(let values): literals += values.map(text)
    case .contains(let part), .startsWith(let part), .endsWith(let part), .like(let part):
      literals.append(part)
    case .less(let number), .atMost(let number), .greater(let number), .atLeast(let number):
      literals.append(number.plainText)
    case .sameAs(let path), .differsFrom(let path): paths.append(path)
    case .exists, .missing: break
    }
  }
}
