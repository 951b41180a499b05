/// A resource, trust or identity policy in any of the spellings that CloudTrail carries.
///
/// The names of elements are read in any case, and an element that is written twice counts with both its values: whoever
/// writes a policy must not hide what it grants.
struct PolicyDocument: Equatable {
  let statements: [PolicyStatement]

  /// Reads an object, JSON text, or URL-encoded JSON text; `nil` where it is none of these.
  init?(_ value: JSONValue) {
    var document = value
    if case .string(let text) = value {
      guard let parsed = Self.parse(text) else { return nil }
      document = parsed
    }
    guard case .object(let members) = document else { return nil }
    statements = members.filter { $0.key.lowercased() == "statement" }.sorted { $0.key < $1.key }
      .flatMap { Self.statements($0.value) }
  }

  private static func statements(_ list: JSONValue) -> [PolicyStatement] {
    switch list {
    case .array(let elements): elements.map(PolicyStatement.init)
    case .object: [PolicyStatement(list)]
    default: []
    }
  }

  private static func parse(_ text: String) -> JSONValue? {
    let trimmed = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    guard trimmed.hasPrefix("%") else { return joined(String(trimmed)) }
    return trimmed.percentDecoded.flatMap(joined)
  }

  private static func joined(_ text: String) -> JSONValue? {
    (try? JSONTape.parsed(text)).map { $0.joinedValue(0) }
  }
}

extension JSONTape {
  /// A value whose members that are written more than once have all their values, in a list.
  fileprivate func joinedValue(_ index: Index) -> JSONValue {
    switch kind(index) {
    case .object:
      var members: [String: JSONValue] = [:]
      forEachChild(index) { child in
        let value = joinedValue(child)
        members[key(child), default: .array([])] =
          members[key(child)].map { .array($0.listed + value.listed) } ?? value
      }
      return .object(members)
    case .array:
      var elements: [JSONValue] = []
      forEachChild(index) { elements.append(joinedValue($0)) }
      return .array(elements)
    default: return value(index)
    }
  }
}

extension JSONValue {
  /// The elements of a list, or the value itself as the only one.
  var listed: [JSONValue] {
    if case .array(let elements) = self { elements } else { [self] }
  }
}

extension Substring {
  /// The text behind a URL encoding, `+` meaning a blank; `nil` where an escape is broken.
  var percentDecoded: String? {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let digits = String(rest.prefix(2)), digits.utf8.count == 2,
          let value = UInt8(digits, radix: 16)
        else { return nil }
        bytes.append(value)
        rest = rest.dropFirst(2)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
