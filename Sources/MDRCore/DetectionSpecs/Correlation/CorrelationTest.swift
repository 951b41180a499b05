/// Says which events count for the detections that look at several, without keeping any.
package struct CorrelationTest: Sendable {
  /// One condition that an event is judged by: a detection's, or a step's of its chain.
  struct Entry: Sendable {
    var detection: Int
    var step: Int
    var logic: Expression
    var quick: QuickTest

    init(detection: Int, step: Int, logic: Expression) {
      self.detection = detection
      self.step = step
      self.logic = logic
      quick = QuickTest(logic)
    }
  }

  /// A condition that an event meets, with the values that are counted or compared.
  struct Hit: Sendable {
    var entry: Int
    var group: CorrelationGroup
    /// Of a threshold the different values, of a change those of each test.
    var values: [[String]]
    /// What was not known.
    var causes: UnknownCauses
  }

  /// What an event is to these detections.
  package struct Found: Sendable {
    var hits: [Hit] = []
    /// The credentials that it handed out.
    var credentials: IdentityPaths.Issue?

    /// Whether there is nothing to keep.
    package var isEmpty: Bool { hits.isEmpty && credentials == nil }
  }

  let detections: [Detection]
  let entries: [Entry]
  private let index: DetectionIndex
  private let followsPaths: Bool

  init(_ detections: some Sequence<Detection>) {
    self.detections = detections.filter { $0.correlation != nil }.sorted { $0.id < $1.id }
    var entries: [Entry] = []
    for (position, detection) in self.detections.enumerated() {
      if case .sequence(let sequence) = detection.correlation {
        for (step, part) in sequence.steps.enumerated() {
          entries.append(Entry(detection: position, step: step, logic: part.logic))
        }
      } else {
        entries.append(Entry(detection: position, step: 0, logic: detection.logic))
      }
    }
    self.entries = entries
    index = DetectionIndex(entries.map(\.logic))
    followsPaths = self.detections.contains { $0.correlation?.keys.contains(.identityPath) == true }
  }

  /// Judges an event.
  package func judge(_ observation: Observation, _ context: EvaluationContext) -> Found {
    let candidates = candidates(observation)
    return Found(
      hits: candidates.isEmpty ? [] : hits(observation, LogicEvaluator(context), among: candidates),
      credentials: credentials(observation))
  }

  /// The credentials that an event handed out, where a detection follows them.
  func credentials(_ observation: Observation) -> IdentityPaths.Issue? {
    followsPaths ? IdentityPaths.Issue(observation) : nil
  }

  /// Whether an event may have handed out credentials that a detection follows.
  func mayFollow(_ observation: Observation) -> Bool { followsPaths && IdentityPaths.Issue.isOne(observation) }

  /// The conditions that an observation may meet.
  func candidates(_ observation: Observation) -> [Int] {
    // Without a time nothing says what came before what.
    observation.eventTime.seconds > 0 ? index.candidates(.init(observation)) : []
  }

  /// The conditions among some that an event meets.
  func hits(_ observation: Observation, _ evaluator: LogicEvaluator, among candidates: [Int]) -> [Hit] {
    candidates.compactMap { position in
      let entry = entries[position]
      let truth = entry.quick.truth(evaluator)
      guard truth != .no else { return nil }
      let detection = detections[entry.detection]
      // What holds needs no reasons here; what is unknown has to say why.
      let unknown = truth == .unknown ? evaluator.judge(entry.logic) : nil
      guard let correlation = detection.correlation,
        unknown?.matches(withoutBaseline: detection.matchesWithoutBaseline) ?? true,
        let group = CorrelationGroup(correlation.keys, evaluator.context, observation),
        let values = correlation.values(in: evaluator.context.facts)
      else { return nil }
      return Hit(entry: position, group: group, values: values, causes: unknown?.causes ?? [])
    }
  }
}

extension Correlation {
  /// At most this many values of a path are told apart in a change.
  private static let valueLimit = 500

  /// The values that are counted or compared; `nil` where an event without any counts nowhere.
  fileprivate func values(in facts: EventFacts) -> [[String]]? {
    switch self {
    case .threshold(let threshold):
      guard let path = threshold.distinct else { return [] }
      let values = facts.values(at: path, element: nil).compactMap(\.scalarText)
      return values.isEmpty ? nil : [values]
    case .change(let change):
      return change.tests.map { test in
        let values = facts.values(at: test.path, element: nil).map { $0.scalarText ?? $0.compactText }
        return Array(Set(values).sorted().prefix(Self.valueLimit))
      }
    case .sequence: return []
    }
  }
}
