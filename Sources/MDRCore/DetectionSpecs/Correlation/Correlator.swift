/// Takes events together for detections of thresholds, changes and chains.
///
/// Events come in any order: each is put where it belongs in time, and the answer is read off at the end. A group's
/// state is bounded by its minutes, not by its events, but for changes, which keep every statement.
package struct Correlator {
  /// The groups of one detection; it has states of one kind only.
  struct Groups {
    var thresholds: [CorrelationGroup: ThresholdState] = [:]
    var changes: [CorrelationGroup: ChangeState] = [:]
    var sequences: [CorrelationGroup: SequenceState] = [:]
  }

  /// One condition that an event is judged by: a detection's, or a step's of its chain.
  private struct Entry {
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

  private let detections: [Detection]
  private let entries: [Entry]
  private let index: DetectionIndex
  private let followsPaths: Bool
  private var groups: [Groups]
  private var paths = IdentityPaths()

  /// Takes those of some detections that look at several events.
  package init(_ detections: some Sequence<Detection>) {
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
    groups = Array(repeating: Groups(), count: self.detections.count)
    followsPaths = self.detections.contains { $0.correlation?.keys.contains(.identityPath) == true }
  }

  /// Judges an event and keeps what counts; says whether anything did.
  @discardableResult
  package mutating func add(_ observation: Observation, _ context: EvaluationContext) -> Bool {
    if followsPaths { paths.note(observation) }
    // Without a time nothing says what came before what.
    guard observation.eventTime.seconds > 0 else { return false }
    let candidates = index.candidates(context.facts)
    guard !candidates.isEmpty else { return false }
    var counts = false
    let evaluator = LogicEvaluator(context)
    for position in candidates {
      let entry = entries[position]
      let detection = detections[entry.detection]
      guard let correlation = detection.correlation else { continue }
      let truth = entry.quick.truth(evaluator)
      guard truth != .no else { continue }
      // What holds needs no reasons until it is kept; what is unknown has to say why.
      let unknown = truth == .unknown ? evaluator.judge(entry.logic) : nil
      guard unknown?.matches(withoutBaseline: detection.matchesWithoutBaseline) ?? true,
        let group = CorrelationGroup(correlation.keys, context, observation)
      else { continue }
      keep(observation, context, correlation, entry, group) {
        CorrelatedEvent(observation, unknown ?? evaluator.judge(entry.logic))
      }
      counts = true
    }
    return counts
  }

  private mutating func keep(
    _ observation: Observation, _ context: EvaluationContext, _ correlation: Correlation, _ entry: Entry,
    _ group: CorrelationGroup, _ event: () -> CorrelatedEvent
  ) {
    switch correlation {
    case .threshold(let threshold):
      groups[entry.detection].thresholds[group, default: ThresholdState()]
        .add(threshold, context, at: observation.eventTime, event)
    case .change(let change):
      groups[entry.detection].changes[group, default: ChangeState()].add(change, context, event())
    case .sequence:
      groups[entry.detection].sequences[group, default: SequenceState()]
        .add(entry.step, observation.eventTime, observation.eventID, event)
    }
  }

  /// What came of it, by detection, group and time.
  package func matches() -> [CorrelationMatch] {
    zip(detections, groups).flatMap { detection, groups in
      detection.correlation.map { matches(detection, $0, groups) } ?? []
    }
  }

  /// Where the paths of a group's credentials begin: groups that begin in the same are one.
  func settled(_ group: CorrelationGroup, _ keys: [GroupKey]) -> CorrelationGroup {
    var root = group
    for (place, key) in keys.enumerated() where key == .identityPath {
      root.values[place] = paths.root(of: group.values[place])
    }
    return root
  }
}
