/// Reads the members of one object of our own files, and names the member that doesn't fit.
package struct JSONFields: Sendable {
  /// A member that is missing or of another kind.
  package struct Fault: Error, Equatable, CustomStringConvertible {
    /// The member's key.
    package let key: String
    /// What should stand there.
    package let expected: String

    package var description: String { "\"\(key)\" should be \(expected)" }
  }

  let value: JSONValue

  package init(_ value: JSONValue) throws(Fault) {
    guard case .object = value else { throw Fault(key: "", expected: "an object") }
    self.value = value
  }

  /// A text that has to be there.
  package func text(_ key: String) throws(Fault) -> String {
    guard let text = value[key]?.string else { throw Fault(key: key, expected: "a text") }
    return text
  }

  /// A text, or nothing where the member is missing or null.
  package func optionalText(_ key: String) throws(Fault) -> String? { isMissing(key) ? nil : try text(key) }

  /// A whole number that has to be there.
  package func number(_ key: String) throws(Fault) -> Int {
    guard let number = value[key]?.int else { throw Fault(key: key, expected: "a whole number") }
    return number
  }

  /// A moment that has to be there.
  package func time(_ key: String) throws(Fault) -> Timestamp {
    guard let time = Timestamp(parsing: try text(key)) else {
      throw Fault(key: key, expected: "a time in UTC")
    }
    return time
  }

  /// A moment of an event, unknown where the member is missing or null.
  package func eventTime(_ key: String) throws(Fault) -> Timestamp {
    isMissing(key) ? .unknown : try time(key)
  }

  /// One of a set of words that has to be there.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type, _ key: String
  ) throws(Fault) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try text(key)) else {
      throw Fault(key: key, expected: "one of \(type.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  /// One of a set of words, or nothing where the member is missing or null.
  package func optionalChoice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type, _ key: String
  ) throws(Fault) -> Choice? where Choice.RawValue == String { isMissing(key) ? nil : try choice(type, key) }

  /// A list of words of a set; a missing one is empty.
  package func choices<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type, _ key: String
  ) throws(Fault) -> [Choice] where Choice.RawValue == String {
    try texts(key).map { text throws(Fault) in
      guard let choice = Choice(rawValue: text) else {
        throw Fault(key: key, expected: "some of \(type.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return choice
    }
  }

  /// A list of texts; a missing one is empty.
  package func texts(_ key: String) throws(Fault) -> [String] {
    try elements(key).map { element throws(Fault) in
      guard let text = element.string else { throw Fault(key: key, expected: "a list of texts") }
      return text
    }
  }

  /// A list of objects; a missing one is empty.
  package func objects(_ key: String) throws(Fault) -> [JSONFields] {
    try elements(key).map { element throws(Fault) in
      guard case .object = element else { throw Fault(key: key, expected: "a list of objects") }
      return try JSONFields(element)
    }
  }

  private func elements(_ key: String) throws(Fault) -> [JSONValue] {
    if isMissing(key) { return [] }
    guard case .array(let elements) = value[key] else { throw Fault(key: key, expected: "a list") }
    return elements
  }

  private func isMissing(_ key: String) -> Bool { value[key] == nil || value[key] == .null }
}
