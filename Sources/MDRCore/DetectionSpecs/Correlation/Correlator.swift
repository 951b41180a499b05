/// Takes events together for detections of thresholds, changes and chains.
///
/// Events come in any order: each is put where it belongs in time, and the answer is read off at the end. A group's
/// state is bounded by its minutes, not by its events, but for changes, which keep every statement.
package struct Correlator {
  enum State {
    case threshold(ThresholdState)
    case change(ChangeState)
    case sequence(SequenceState)
  }

  /// One condition that an event is judged by: a detection's, or a step's of its chain.
  private struct Entry {
    var detection: Int
    var step: Int
    var logic: Expression
  }

  private let detections: [Detection]
  private let entries: [Entry]
  private let index: DetectionIndex
  private let followsPaths: Bool
  private var states: [[CorrelationGroup: State]]
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
    states = Array(repeating: [:], count: self.detections.count)
    followsPaths = self.detections.contains { $0.correlation?.keys.contains(.identityPath) == true }
  }

  /// Judges an event and keeps what counts.
  package mutating func add(_ observation: Observation, _ context: EvaluationContext) {
    if followsPaths { paths.note(observation) }
    // Without a time nothing says what came before what.
    guard observation.eventTime.seconds > 0 else { return }
    let candidates = index.candidates(context.facts)
    guard !candidates.isEmpty else { return }
    let evaluator = LogicEvaluator(context)
    for position in candidates {
      let entry = entries[position]
      let detection = detections[entry.detection]
      guard let correlation = detection.correlation else { continue }
      let judgement = evaluator.judge(entry.logic)
      guard judgement.matches(withoutBaseline: detection.matchesWithoutBaseline),
        let group = CorrelationGroup(correlation.keys, context, observation)
      else { continue }
      keep(observation, context, judgement, correlation, entry, group)
    }
  }

  private mutating func keep(
    _ observation: Observation, _ context: EvaluationContext, _ judgement: LogicJudgement,
    _ correlation: Correlation, _ entry: Entry, _ group: CorrelationGroup
  ) {
    // Taken out while it changes, so that it is not copied.
    let known = states[entry.detection].removeValue(forKey: group)
    let state: State
    switch correlation {
    case .threshold(let threshold):
      var minutes = if case .threshold(let known) = known { known } else { ThresholdState() }
      minutes.add(threshold, context, at: observation.eventTime) { CorrelatedEvent(observation, judgement) }
      state = .threshold(minutes)
    case .change(let change):
      var statements = if case .change(let known) = known { known } else { ChangeState() }
      statements.add(change, context, CorrelatedEvent(observation, judgement))
      state = .change(statements)
    case .sequence:
      var steps = if case .sequence(let known) = known { known } else { SequenceState() }
      steps.add(entry.step, CorrelatedEvent(observation, judgement))
      state = .sequence(steps)
    }
    states[entry.detection][group] = state
  }

  /// What came of it, by detection, group and time.
  package func matches() -> [CorrelationMatch] {
    zip(detections, states).flatMap { detection, groups in
      guard let correlation = detection.correlation else { return [CorrelationMatch]() }
      let settled = settled(groups, correlation)
      return settled.sorted { $0.key < $1.key }.flatMap { group, state in
        Self.matches(detection, correlation, group, state)
      }
    }
  }

  /// Groups whose paths begin in the same credentials are one.
  private func settled(_ groups: [CorrelationGroup: State], _ correlation: Correlation)
    -> [CorrelationGroup: State]
  {
    guard correlation.keys.contains(.identityPath) else { return groups }
    var merged: [CorrelationGroup: State] = [:]
    for (group, state) in groups {
      var root = group
      for (place, key) in correlation.keys.enumerated() where key == .identityPath {
        root.values[place] = paths.root(of: group.values[place])
      }
      merged[root] = merged[root].map { Self.merged($0, state) } ?? state
    }
    return merged
  }

  private static func merged(_ one: State, _ other: State) -> State {
    switch (one, other) {
    case (.threshold(var mine), .threshold(let theirs)):
      mine.merge(theirs)
      return .threshold(mine)
    case (.change(var mine), .change(let theirs)):
      mine.merge(theirs)
      return .change(mine)
    case (.sequence(var mine), .sequence(let theirs)):
      mine.merge(theirs)
      return .sequence(mine)
    default: return one
    }
  }
}
