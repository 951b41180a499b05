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

  /// Whether an event hands out credentials that a detection follows, if it names any.
  func handsOut(_ observation: Observation) -> Bool {
    followsPaths && IdentityPaths.Issue.isOne(observation)
  }

  /// The conditions that an observation may meet.
  func candidates(_ observation: Observation) -> [Int] {
    // Without a time nothing says what came before what.
    observation.eventTime.isKnown ? index.candidates(.init(observation)) : []
  }

  /// A condition that all events of a kind meet, whoever made them.
  struct Standing {
    var entry: Int
    /// What was not known.
    var causes: UnknownCauses
  }

  /// The conditions among some that an event meets.
  func hits(_ observation: Observation, _ evaluator: LogicEvaluator, among candidates: [Int]) -> [Hit] {
    hits(of: standings(evaluator, among: candidates), subject(observation, evaluator.context.facts))
  }

  /// The conditions among some that hold, even where nothing says whose the event is.
  func standings(_ evaluator: LogicEvaluator, among candidates: [Int]) -> [Standing] {
    candidates.compactMap { position in
      let entry = entries[position]
      let truth = entry.quick.truth(evaluator)
      guard truth != .no else { return nil }
      // What holds needs no reasons here; what is unknown has to say why.
      let unknown = truth == .unknown ? evaluator.judge(entry.logic) : nil
      let isMatch =
        unknown?.matches(withoutBaseline: detections[entry.detection].matchesWithoutBaseline) ?? true
      return isMatch ? Standing(entry: position, causes: unknown?.causes ?? []) : nil
    }
  }

  /// The hits that follow from conditions that hold, once it is known whose the event is.
  func hits(of standings: [Standing], _ subject: CorrelationSubject) -> [Hit] {
    standings.compactMap { standing in
      guard let correlation = correlation(of: standing),
        let group = CorrelationGroup(correlation.keys, subject), let values = correlation.values(subject)
      else { return nil }
      return Hit(entry: standing.entry, group: group, values: values, causes: standing.causes)
    }
  }

  /// What events that meet a condition have to be together.
  func correlation(of standing: Standing) -> Correlation? {
    detections[entries[standing.entry].detection].correlation
  }

  /// The part of an event that says whose it is.
  func subject(_ observation: Observation, _ facts: EventFacts) -> CorrelationSubject {
    CorrelationSubject(CorrelationSubject.Signer(observation)) { facts.values(at: $0, element: nil) }
  }
}
