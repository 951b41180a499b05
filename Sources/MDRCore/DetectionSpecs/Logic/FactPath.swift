/// Where a value lies: a field of the observation, or a path into one of the event's own documents.
package struct FactPath: Equatable, Sendable {
  /// What the path starts from.
  package enum Root: Equatable, Sendable {
    case request
    case response
    case additional
    /// The element that the surrounding `any` looks at.
    case element
    case field(FactField)
    /// One of the normalised target names, such as `target.user`.
    case target(String)
  }

  /// One step down.
  package enum Step: Equatable, Sendable {
    case key(String)
    /// Every element of an array; anything else counts as an array of one.
    case each
  }

  package var root: Root
  package var steps: [Step]

  package init(_ root: Root, _ steps: [Step] = []) {
    self.root = root
    self.steps = steps
  }

  /// Whether the path leads into a document that has to be parsed.
  package var needsDocument: Bool {
    switch root {
    case .request, .response, .additional: true
    default: false
    }
  }
}

extension FactPath: CustomStringConvertible {
  package var description: String {
    var text =
      switch root {
      case .request: "requestParameters"
      case .response: "responseElements"
      case .additional: "additionalEventData"
      case .element: ""
      case .field(let field): field.rawValue
      case .target(let name): "target." + name
      }
    for step in steps {
      switch step {
      case .key(let name): text += "." + (name.isPlainPathSegment ? name : "\"\(name)\"")
      case .each: text += "[]"
      }
    }
    return text.isEmpty ? "." : text
  }
}

extension String {
  var isPlainPathSegment: Bool { !isEmpty && unicodeScalars.allSatisfy(\.isPathSegment) }
}

extension Unicode.Scalar {
  var isPathSegment: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ":", "$": true
    default: false
    }
  }
}
