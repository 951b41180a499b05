/// A JSON value of our own artifacts and content files; log records are read with `JSONTape` instead.
package enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Int)
  case decimal(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Reads or writes a member; reading from anything but an object gives `nil`.
  package subscript(_ key: String) -> JSONValue? {
    get {
      guard case .object(let members) = self else { return nil }
      return members[key]
    }
    set {
      guard case .object(var members) = self else { return }
      members[key] = newValue
      self = .object(members)
    }
  }

  /// The text of a string.
  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// A whole number.
  package var int: Int? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  /// A number, whole or not.
  package var double: Double? {
    switch self {
    case .number(let number): Double(number)
    case .decimal(let number): number
    default: nil
    }
  }

  /// A truth value.
  package var bool: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }

  /// The elements of an array; empty for anything else.
  package var elements: [JSONValue] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// The members of an object; empty for anything else.
  package var members: [String: JSONValue] {
    guard case .object(let members) = self else { return [:] }
    return members
  }

  /// The strings of an array of strings; other elements are passed over.
  package var strings: [String] { elements.compactMap(\.string) }

  /// The value on one line, keys sorted, so that equal values have equal bytes.
  package var compactText: String { String(decoding: compactBytes, as: UTF8.self) }

  /// The same in UTF-8.
  package var compactBytes: [UInt8] {
    var output = JSONOutput()
    output.append(self)
    return output.finished()
  }

  /// The value on many lines, keys sorted, for files that people read.
  package var prettyText: String {
    var output = JSONOutput()
    output.appendPretty(self, indent: 0)
    return output.text + "\n"
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .number(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
  package init(nilLiteral: ()) { self = .null }
}

extension JSONValue {
  /// Wraps an array of strings.
  package init(_ strings: [String]) { self = .array(strings.map { .string($0) }) }
  /// Wraps a text; `nil` becomes null.
  package init(_ text: String?) { self = text.map { .string($0) } ?? .null }
}
