/// A resource, trust or identity policy in any of the spellings that CloudTrail carries.
struct PolicyDocument: Equatable {
  let statements: [PolicyStatement]

  /// Reads an object, JSON text, or URL-encoded JSON text; `nil` where it is none of these.
  init?(_ value: JSONValue) {
    var document = value
    if case .string(let text) = value {
      guard let parsed = Self.parse(text) else { return nil }
      document = parsed
    }
    guard case .object = document else { return nil }
    let list = document["Statement"] ?? document["statement"]
    switch list {
    case .array(let elements): statements = elements.map(PolicyStatement.init)
    case .object: statements = list.map { [PolicyStatement($0)] } ?? []
    default: statements = []
    }
  }

  private static func parse(_ text: String) -> JSONValue? {
    let trimmed = text.drop { $0.isWhitespace }
    guard trimmed.hasPrefix("%") else { return try? JSONValue(parsing: text) }
    guard let decoded = trimmed.percentDecoded else { return nil }
    return try? JSONValue(parsing: decoded)
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
