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

  /// Says which events count; any thread may ask it.
  package let test: CorrelationTest
  private var groups: [Groups]
  private var paths = IdentityPaths()
  private let lists: EvaluationLists

  /// Takes those of some detections that look at several events; `lists` is what events are judged by.
  package init(_ detections: some Sequence<Detection>, lists: EvaluationLists = EvaluationLists()) {
    test = CorrelationTest(detections)
    self.lists = lists
    groups = Array(repeating: Groups(), count: test.detections.count)
  }

  /// Judges an event and keeps what counts; says whether anything did.
  @discardableResult
  package mutating func add(_ observation: Observation, _ context: EvaluationContext) -> Bool {
    let found = test.judge(observation, context)
    keep(found, observation) { LogicEvaluator(context).judge($0) }
    return !found.hits.isEmpty
  }

  /// Keeps what was found to count in an event, with reasons that need no baseline.
  package mutating func keep(_ found: CorrelationTest.Found, _ observation: Observation) {
    let lists = lists
    keep(found, observation) {
      LogicEvaluator(EvaluationContext(EventFacts(observation), lists: lists)).judge($0)
    }
  }

  /// Keeps what was found to count in an event, with the reasons that `judge` gives.
  private mutating func keep(
    _ found: CorrelationTest.Found, _ observation: Observation, judge: (Expression) -> LogicJudgement?
  ) {
    keep(
      found, EventID(observation.eventID), CorrelatedKind(observation), at: observation.eventTime,
      hasReasons: true, judge: judge)
  }

  /// Keeps what was found to count in an event; without `judge` no reasons are told.
  mutating func keep(
    _ found: CorrelationTest.Found, _ id: EventID, _ kind: CorrelatedKind, at time: Timestamp,
    isUnlisted: Bool = false, hasReasons: Bool = false, judge: (Expression) -> LogicJudgement? = { _ in nil }
  ) {
    if let credentials = found.credentials { paths.note(credentials) }
    // Without reasons an event is the same for every detection, and held once.
    var held: CorrelatedEvent.Held?
    for hit in found.hits {
      let position = test.entries[hit.entry].detection
      // What is not kept needs no reasons.
      func event() -> CorrelatedEvent {
        CorrelatedEvent(id, kind, at: time, hit.causes, judge(test.entries[hit.entry].logic))
      }
      switch test.detections[position].correlation {
      case .threshold(let threshold):
        groups[position].thresholds[hit.group, default: ThresholdState()]
          .add(threshold, hit.values.first ?? [], at: time, id, isUnlisted: isUnlisted, event)
      case .change:
        groups[position].changes[hit.group, default: ChangeState()].add(hit.values, event())
      case .sequence:
        groups[position].sequences[hit.group, default: SequenceState()].add(
          test.entries[hit.entry].step, time, id
        ) {
          if !hasReasons, let held, held.event.causes == hit.causes { return held }
          let new = CorrelatedEvent.Held(event())
          held = new
          return new
        }
      case nil: continue
      }
    }
  }

  /// The matches so far, by detection, group and time.
  package func matches() -> [CorrelationMatch] {
    test.detections.indices.flatMap { position in
      test.detections[position].correlation.map { matches(at: position, $0, groups[position]) } ?? []
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
