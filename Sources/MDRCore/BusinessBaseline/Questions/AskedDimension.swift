/// One dimension of a question to a baseline: what was asked, and which of the baseline's values that means.
package struct AskedDimension: Equatable, Sendable {
  /// How the text of the question led to values.
  package enum Match: String, Sendable {
    case exact
    /// A short form that means exactly one value, such as an event's name without its service.
    case short
    case glob
    /// No value of the baseline: this was never seen.
    case none
  }

  package let dimension: Dimension
  package let text: String
  package let match: Match
  /// Values of the baseline, sorted; empty where there is none.
  package let values: Set<String>

  /// Reads a text as values of a dimension; a short form that means several is refused with its meanings.
  ///
  /// `names` has the names that an inventory gave to accounts.
  init(
    _ dimension: Dimension, _ text: String, among known: Set<String>, names: [String: String] = [:]
  ) throws(CommandError) {
    self.dimension = dimension
    self.text = text
    if known.contains(text) {
      match = .exact
      values = [text]
    } else if text.contains(where: { "*?".contains($0) }) {
      let glob = Glob(text)
      values = known.filter { value in
        glob.matches(value) || Self.shortForms(of: value, dimension, names).contains { glob.matches($0) }
      }
      match = values.isEmpty ? .none : .glob
    } else {
      let asked = text.lowercased()
      let found = known.filter { value in
        value.lowercased() == asked
          || Self.shortForms(of: value, dimension, names).contains { $0.lowercased() == asked }
      }
      guard found.count < 2 else {
        throw CommandError.usage(
          "--\(dimension.rawValue) \(text) means \(found.sorted().prefix(5).joined(separator: " or "))",
          mend: "name one of them, or write a glob such as *\(text) for all")
      }
      values = found
      match = found.isEmpty ? .none : .short
    }
  }

  /// What people write for a value: an event without its service or the service's domain, an actor or source
  /// without its kind, an account by its name.
  private static func shortForms(
    of value: String, _ dimension: Dimension, _ names: [String: String]
  ) -> [String] {
    switch dimension {
    case .account: return [names[value]].compactMap { $0 }
    case .event:
      return [
        value.split(separator: ":").last.map(String.init),
        value.replacing(".amazonaws.com:", with: ":", maxReplacements: 1),
      ].compactMap { $0 }
    case .actor, .source:
      return value.firstIndex(of: ":").map { [String(value[value.index(after: $0)...])] } ?? []
    default: return []
    }
  }
}
