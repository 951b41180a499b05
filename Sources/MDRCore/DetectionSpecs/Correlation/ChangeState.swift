/// What was said of one thing, event by event.
struct ChangeState {
  private struct Statement {
    var event: CorrelatedEvent
    /// For each test of the change, the values at its path.
    var values: [[String]]
  }

  /// A value that differs from the one before it.
  struct Difference {
    var event: CorrelatedEvent
    var before: CorrelatedEvent
    var reasons: [String]
  }

  private var statements: [Statement] = []

  /// Notes what an event says: for each test of the change, the values at its path.
  mutating func add(_ values: [[String]], _ event: CorrelatedEvent) {
    statements.append(Statement(event: event, values: values))
  }

  /// Takes in what was said of a group that turned out to be the same.
  mutating func merge(_ other: ChangeState) { statements += other.statements }

  /// Where a value departs from the one last seen, earliest first.
  ///
  /// What was never seen before departs from nothing.
  func differences(_ change: StateChange) -> [Difference] {
    var known: [Int: (values: [String], event: CorrelatedEvent)] = [:]
    var found: [Difference] = []
    for statement in statements.sorted(by: { $0.event < $1.event }) {
      var reasons: [String] = []
      var before: CorrelatedEvent?
      for (index, test) in change.tests.enumerated() {
        let now = statement.values[index]
        // A list that is left out is empty; a setting that is left out stays as it was.
        guard !now.isEmpty || test.kind == .lost || test.kind == .gained else { continue }
        if let last = known[index], let reason = test.difference(from: last.values, to: now) {
          reasons.append(reason)
          before = before ?? last.event
        }
        known[index] = (now, statement.event)
      }
      if let before { found.append(Difference(event: statement.event, before: before, reasons: reasons)) }
    }
    return found
  }
}

extension StateChange.Test {
  /// How the values depart from those before, in words; `nil` where they don't.
  fileprivate func difference(from before: [String], to now: [String]) -> String? {
    func shown(_ values: [String]) -> String {
      values.isEmpty ? "nothing" : values.prefix(4).joined(separator: ", ")
    }
    let holds: Bool
    switch kind {
    case .lost: holds = !Set(before).isSubset(of: now)
    case .gained: holds = !Set(now).isSubset(of: before)
    case .changed: holds = before != now
    case .lowered: holds = Self.hasLess(Self.numbers(now), than: Self.numbers(before))
    case .raised: holds = Self.hasLess(Self.numbers(before), than: Self.numbers(now))
    }
    guard holds else { return nil }
    switch kind {
    case .lost: return "\(path) lost \(shown(before.filter { !now.contains($0) }))"
    case .gained: return "\(path) gained \(shown(now.filter { !before.contains($0) }))"
    default: return "\(path) \(kind.rawValue) from \(shown(before)) to \(shown(now))"
    }
  }

  private static func numbers(_ values: [String]) -> [Double] {
    values.compactMap { ["true": 1, "false": 0][$0.lowercased()] ?? Double($0) }.sorted()
  }

  /// Whether some number of a sorted list is less than that in its place in the other.
  ///
  /// In lists of different lengths nobody can say which belongs to which, so that the greatest ones decide.
  private static func hasLess(_ some: [Double], than others: [Double]) -> Bool {
    guard some.count != others.count else { return zip(some, others).contains(where: <) }
    guard let one = some.last, let other = others.last else { return false }
    return one < other
  }
}
