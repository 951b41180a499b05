extension JSONValue {
  /// A scalar as text, the way all comparisons see it; `nil` for containers and null.
  var scalarText: String? {
    switch self {
    case .string(let text): text
    case .number(let number): String(number)
    case .decimal(let number): number.plainText
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  /// A number, or a text that spells one.
  var scalarNumber: Double? {
    switch self {
    case .number(let number): Double(number)
    case .decimal(let number): number
    case .string(let text): Double(text)
    default: nil
    }
  }
}

extension LogicValue {
  /// Compares as the literal's type: a log may spell a number or a truth value as text.
  func equals(_ value: JSONValue) -> Bool {
    switch self {
    case .text(let text): value.scalarText == text
    case .number(let number): value.scalarNumber == number
    case .flag(let flag): value.scalarText?.lowercased() == (flag ? "true" : "false")
    }
  }
}

extension ValueTest {
  /// Whether the test holds when no value passes its positive form.
  var isNegative: Bool {
    switch self {
    case .differs, .isNoneOf, .differsFrom, .missing: true
    default: false
    }
  }

  /// Whether one value passes the test's positive form.
  func accepts(_ value: JSONValue, others: [JSONValue]) -> Bool {
    switch self {
    case .equals(let literal), .differs(let literal): return literal.equals(value)
    case .isOneOf(let literals), .isNoneOf(let literals): return literals.contains { $0.equals(value) }
    case .sameAs, .differsFrom:
      guard let text = value.scalarText else { return false }
      return others.contains { $0.scalarText == text }
    case .exists, .missing: return true
    case .contains(let part): return value.scalarText?.lowercased().contains(part.lowercased()) == true
    case .startsWith(let part): return value.scalarText?.lowercased().hasPrefix(part.lowercased()) == true
    case .endsWith(let part): return value.scalarText?.lowercased().hasSuffix(part.lowercased()) == true
    case .like(let pattern): return value.scalarText.map(Glob(pattern).matches) == true
    case .less(let number): return value.scalarNumber.map { $0 < number } == true
    case .atMost(let number): return value.scalarNumber.map { $0 <= number } == true
    case .greater(let number): return value.scalarNumber.map { $0 > number } == true
    case .atLeast(let number): return value.scalarNumber.map { $0 >= number } == true
    }
  }
}
