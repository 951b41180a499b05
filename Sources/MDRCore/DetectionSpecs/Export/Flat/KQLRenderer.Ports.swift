extension KQLRenderer {
  /// Whether the ports of a rule hold one of the wanted, or one beyond the known; the rule's range becomes columns.
  mutating func ports(_ question: PortQuestion, _ rule: String) -> String {
    let number = portColumns(of: rule)
    let (name, from, low, high) = ("name\(number)", "from\(number)", "low\(number)", "high\(number)")
    let isRule =
      "(\(name) in ('-1', 'all', 'tcp', '6', 'udp', '17') or (\(name) == '?' and "
      + "\(from)_text matches regex \(Self.pattern(Self.numeral))))"
    if question.isBeyond {
      let known = Set(question.ports).sorted().map { "iff(\($0) >= \(low) and \($0) <= \(high), 1, 0)" }
      let count = known.isEmpty ? "0" : known.joined(separator: " + ")
      return "(\(isRule) and \(high) - \(low) + 1 > \(count))"
    }
    guard !question.ports.isEmpty else { return isRule }
    let holds = question.ports.map { "(\($0) >= \(low) and \($0) <= \(high))" }.joined(separator: " or ")
    return "(\(isRule) and (\(holds)))"
  }

  /// Works a rule's protocol and range out, once for each rule; returns the suffix of the columns that hold them.
  private mutating func portColumns(of rule: String) -> String {
    if let known = rules[rule] { return known }
    func member(_ name: String) -> String { "\(rule)['\(name)']" }
    // The first of the members that is there; `?` where none is.
    func first(_ members: [String]) -> String {
      members.reversed().reduce("'?'") { rest, member in
        "iff(gettype(\(member)) in ('null', 'array', 'dictionary'), \(rest), tostring(\(member)))"
      }
    }
    let number = variable("")
    let (name, from, to) = ("name\(number)", "from\(number)", "to\(number)")
    let (low, high) = ("low\(number)", "high\(number)")
    func port(_ text: String) -> String {
      let value = "todouble(\(text))"
      return
        "iff(\(text) matches regex \(Self.pattern(Self.numeral)) and \(value) >= 0 and \(value) <= 65535 and "
        + "\(value) == floor(\(value), 1), \(value), -1.0)"
    }
    let isEvery = "\(name) in ('-1', 'all')"
    let ends = [
      ("\(name)", "tolower(\(first(["ipProtocol", "IpProtocol", "aclProtocol"].map(member))))"),
      ("\(from)_text", first(["fromPort", "FromPort"].map(member) + [member("portRange") + "['from']"])),
      ("\(to)_text", first(["toPort", "ToPort"].map(member) + [member("portRange") + "['to']"])),
      (from, port(from + "_text")), (to, port(to + "_text")),
      ("\(low)_end", "iff(\(isEvery) or \(from) < 0, 0.0, \(from))"),
      (
        "\(high)_end",
        "iff(\(isEvery), 65535.0, iff(\(to) >= 0, \(to), iff(\(from) >= 0, \(from), 65535.0)))"
      ),
      (low, "iff(\(low)_end <= \(high)_end, \(low)_end, \(high)_end)"),
      (high, "iff(\(low)_end <= \(high)_end, \(high)_end, \(low)_end)"),
    ]
    columns += ends.map { "| extend \($0.0) = \($0.1)" }
    rules[rule] = number
    return number
  }
}

/// Conditions on elements that look into lists of those elements, as conditions that look into one list at a time.
enum NestedLists {
  /// Some block of an element's list is wider than any one organisation's network.
  static let isBroad: RawPredicate = .or([
    fits(AddressPatterns.broad4),
    .and([fits(AddressPatterns.broad6), .not(fits(AddressPatterns.mappedBlock))]),
  ])

  private static func fits(_ pattern: String) -> RawPredicate {
    .value(RawPath(.element), .matches(RawRegex(pattern)))
  }

  /// `any A (any B (x))` looks for x in the Bs of all As, and `any A (x and (y or z))` is two questions where y and z look
  /// into lists of their own.
  static func alternatives(_ path: RawPath, _ inner: RawPredicate) -> [RawPredicate] {
    switch inner {
    case .element(let deeper, let condition) where deeper.root == .element:
      return alternatives(RawPath(path.root, path.steps + deeper.steps), condition)
    case .either(let parts) where parts.contains(where: looksIntoList):
      return parts.flatMap { alternatives(path, $0) }
    case .all(let parts):
      guard
        let place = parts.firstIndex(where: { if case .either = $0 { looksIntoList($0) } else { false } }),
        case .either(let choices) = parts[place]
      else { return [.element(path, inner)] }
      return choices.flatMap { choice in
        alternatives(path, .and(parts[..<place] + [choice] + parts[(place + 1)...]))
      }
    default: return [.element(path, inner)]
    }
  }

  static func looksIntoList(_ predicate: RawPredicate) -> Bool {
    switch predicate {
    case .blocks(let path, _): path.root == .element
    case .all(let parts), .either(let parts): parts.contains(where: looksIntoList)
    default: false
    }
  }
}
