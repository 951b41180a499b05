extension KQLRenderer {
  func text(_ value: Value) -> String {
    switch value {
    case .column(let name): name
    case .json(let json): "iff(gettype(\(json)) in ('array', 'dictionary'), '', tostring(\(json)))"
    }
  }

  func isPresent(_ value: Value) -> String {
    switch value {
    case .column(let name): "isnotempty(\(name))"
    case .json(let json): "gettype(\(json)) != 'null'"
    }
  }

  static func literal(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  static func pattern(_ regex: String) -> String { "@'" + regex.replacing("'", with: "''") + "'" }

  func test(_ value: Value, _ test: RawTest) throws(ExportLimit) -> String {
    let text = text(value)
    func matches(_ regex: String) -> String { "\(text) matches regex \(Self.pattern(regex))" }
    switch test {
    case .exists: return isPresent(value)
    case .nonEmpty: return "isnotempty(\(text))"
    case .isOneOf(let texts):
      let filled = texts.filter { !$0.isEmpty }.map(Self.literal)
      var tests = filled.isEmpty ? [] : ["\(text) in (\(filled.joined(separator: ", ")))"]
      if case .json(let json) = value, texts.contains("") {
        tests.append("(gettype(\(json)) == 'string' and isempty(\(text)))")
      }
      return tests.count == 1 ? tests[0] : "(\(tests.joined(separator: " or ")))"
    case .isNumber(let number):
      return "(\(matches(Self.numeral)) and todouble(\(text)) == \(number.plainText))"
    case .compares(let comparison, let number):
      return "(\(matches(Self.numeral)) and todouble(\(text)) \(comparison.rawValue) \(number.plainText))"
    case .isFlag(let flag): return "\(text) =~ '\(flag)'"
    case .isAny(let tests):
      var texts: [String] = []
      for test in tests { texts.append(try self.test(value, test)) }
      return "(\(texts.joined(separator: " or ")))"
    case .isLowercased(let literal): return "\(text) =~ \(Self.literal(literal))"
    case .contains(let part): return "\(text) contains \(Self.literal(part))"
    case .startsWith(let part): return "\(text) startswith \(Self.literal(part))"
    case .endsWith(let part): return "\(text) endswith \(Self.literal(part))"
    case .like(let pattern):
      let isThere = isPresent(value)
      return
        "(\(isThere) and tolower(\(text)) matches regex \(Self.pattern(SQLRenderer.pattern(like: pattern))))"
    case .hasPrefix(let part): return "\(text) startswith_cs \(Self.literal(part))"
    case .hasSuffix(let part): return "\(text) endswith_cs \(Self.literal(part))"
    case .hasPart(let part): return "\(text) contains_cs \(Self.literal(part))"
    case .matches(let regex): return matches(regex.pattern)
    case .isDated(let names): return matches(RawRegex.dated(names).pattern)
    }
  }
}
