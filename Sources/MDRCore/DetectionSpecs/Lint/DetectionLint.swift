/// One kind of weakness in a detection, with what to do about it.
protocol DetectionLint: Sendable {
  /// The lint's name in reports.
  static var name: String { get }
  /// What to do about a finding.
  static var recommendation: String { get }
  init()
  /// The weaknesses of a detection, each in words; empty where it has none.
  func weaknesses(of detection: Detection, among all: [Detection]) -> [String]
}

/// A weakness that a lint found.
struct LintFinding: Equatable, Sendable {
  var lint: String
  var detection: String
  var file: String
  var reason: String
  var recommendation: String

  var description: String { "\(file): \(lint): \(reason): \(recommendation)" }

  var json: JSONValue {
    [
      "lint": .string(lint), "detection": .string(detection), "file": .string(file),
      "reason": .string(reason),
      "recommendation": .string(recommendation),
    ]
  }
}

extension Detection {
  static let lints: [any DetectionLint.Type] = [
    DuplicateIDLint.self, FileNameLint.self, ProseLint.self, EmptySectionLint.self, ExampleCountLint.self,
    RevokedTechniqueLint.self, ResponseOrderLint.self, UserAgentLint.self, EventSourceLint.self,
    UnindexedLogicLint.self, BaselineLint.self,
  ]

  /// Everything the lints find in a detection.
  func lintFindings(among all: [Detection]) -> [LintFinding] {
    Self.lints.flatMap { lint in
      lint.init().weaknesses(of: self, among: all).map {
        LintFinding(
          lint: lint.name, detection: id, file: file, reason: $0, recommendation: lint.recommendation)
      }
    }
  }
}

extension Expression {
  /// The expression and everything below it.
  var nodes: [Expression] {
    switch self {
    case .all(let parts), .either(let parts): [self] + parts.flatMap(\.nodes)
    case .not(let inner), .element(_, let inner): [self] + inner.nodes
    default: [self]
    }
  }

  /// Whether some comparison looks at a field.
  func compares(_ field: FactField) -> Bool {
    nodes.contains {
      if case .comparison(let path, _) = $0 { path.root == .field(field) } else { false }
    }
  }

  var asksBaseline: Bool {
    nodes.contains { if case .baseline = $0 { true } else { false } }
  }
}
