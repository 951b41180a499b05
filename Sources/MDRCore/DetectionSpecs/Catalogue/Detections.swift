/// The detections in force, indexed so that most events are answered without parsing their documents.
package struct Detections: Sendable {
  package let detections: [Detection]
  /// The detections that a single event can match.
  private let single: [Detection]
  private let quick: [QuickTest]
  private let index: DetectionIndex

  /// Whether drafts are judged too, as a replay does; otherwise they are only listed.
  private let judgesDrafts: Bool

  init(_ detections: [Detection], judgingDrafts: Bool = false) {
    self.detections = detections.sorted { $0.id < $1.id }
    judgesDrafts = judgingDrafts
    single = self.detections.filter { $0.correlation == nil && (judgingDrafts || $0.status != "draft") }
    quick = single.map { QuickTest($0.logic) }
    index = DetectionIndex(single.map(\.logic))
  }

  /// Takes events together, for those that look at several.
  package var correlator: Correlator { correlator(EvaluationLists()) }

  /// The same, for events that are judged on several threads by some lists and without a baseline.
  func correlator(_ lists: EvaluationLists) -> Correlator {
    Correlator(detections.filter { judgesDrafts || $0.status != "draft" }, lists: lists)
  }

  /// Reads the reviewed detections, or those below a folder; the first broken file ends it.
  package static func load(directory: String?) throws -> Detections {
    let (detections, faults) = try DetectionFiles(directory: directory).parsed()
    if let fault = faults.first {
      throw CommandError(.noUsableInput, "\(fault.file):\(fault.line): \(fault.reason)", mend: fault.mend)
    }
    return Detections(detections.filter { $0.status != "retired" })
  }

  /// The detection with an id.
  package subscript(id id: String) -> Detection? { detections.first { $0.id == id } }

  /// The detection that a command line names by its id.
  func named(_ id: String) throws(CommandError) -> Detection {
    guard let detection = self[id: id] else {
      throw CommandError(.noSuchInput, "there is no detection \(id)", mend: "see detection-specs list")
    }
    return detection
  }

  /// The positions of the detections that an observation may match, for `matches(_:among:)`.
  func candidates(_ observation: Observation) -> [Int] { index.candidates(.init(observation)) }

  /// The detections that an event matches by itself, by id.
  package func matches(_ context: EvaluationContext) -> [DetectionMatch] {
    let candidates = index.candidates(.init(context.facts))
    return candidates.isEmpty ? [] : matches(LogicEvaluator(context), among: candidates)
  }

  /// The detections among some that an event matches by itself, by id.
  func matches(_ evaluator: LogicEvaluator, among candidates: [Int]) -> [DetectionMatch] {
    candidates.compactMap { position in
      guard quick[position].truth(evaluator) != .no else { return nil }
      let detection = single[position]
      let judgement = evaluator.judge(detection.logic)
      guard judgement.matches(withoutBaseline: detection.matchesWithoutBaseline) else { return nil }
      let facts = evaluator.context.facts
      return DetectionMatch(
        detection, judgement, archetype: facts.identity.archetype, outcome: facts.outcome)
    }
  }

  /// The detections that an observation matches by itself, by id.
  package func matches(
    _ observation: Observation, lists: EvaluationLists = EvaluationLists(), baseline: BaselineFacts? = nil
  ) -> [DetectionMatch] {
    let candidates = candidates(observation)
    guard !candidates.isEmpty else { return [] }
    let context = EvaluationContext(EventFacts(observation), lists: lists, baseline: baseline)
    return matches(LogicEvaluator(context), among: candidates)
  }
}

/// What detections in force make of events one by one, without a baseline; any thread may ask.
struct ObservationTest: Sendable {
  /// What one observation is to them.
  struct Found: Sendable {
    var matches: [DetectionMatch] = []
    var together = CorrelationTest.Found()

    var isEmpty: Bool { matches.isEmpty && together.isEmpty }
  }

  let detections: Detections
  let together: CorrelationTest
  let lists: EvaluationLists
  /// The baseline that observations are compared with; without one, questions to it stay unknown.
  var baseline: BaselineIndex?

  /// Judges an observation; its documents and facts are only looked at where a detection may match.
  func judge(_ observation: Observation) -> Found {
    let (alone, together) = (detections.candidates(observation), together.candidates(observation))
    var found = Found(together: CorrelationTest.Found(credentials: self.together.credentials(observation)))
    guard !alone.isEmpty || !together.isEmpty else { return found }
    let evaluator = LogicEvaluator(
      EvaluationContext(
        EventFacts(observation), lists: lists,
        baseline: baseline.map { BaselineFacts($0.compare(observation)) }))
    found.matches = detections.matches(evaluator, among: alone)
    found.together.hits = self.together.hits(observation, evaluator, among: together)
    return found
  }
}

/// A detection that an event matched, with the tree of what matched and why.
package struct DetectionMatch: Equatable, Sendable {
  package var id: String
  package var title: String
  /// The detection's severity, lowered for deployment automation, for an attempt that failed and for what can't be known without an inventory.
  package var severity: Severity
  package var attack: [AttackTechnique]
  package var evidenceRequired: [String]
  package var closure: [String]
  package var guidance: String
  package var response: [String]
  package var overrideClass: OverrideClass?
  /// Whether it speaks of what the baseline lacks, and is silent without one.
  package var isRelative: Bool
  package var isAttempt: Bool
  package var judgement: LogicJudgement

  init(_ detection: Detection, _ judgement: LogicJudgement, archetype: Archetype, outcome: Outcome) {
    id = detection.id
    title = detection.title
    isAttempt = outcome != .success
    severity = judgement.weighed(
      detection.severity, byDeployment: detection.severityByDeployment, archetype: archetype, outcome: outcome
    )
    let confidence = isAttempt || judgement.truth == .unknown ? "low" : "medium"
    attack = detection.attack.map { $0.technique(confidence: confidence) }
    evidenceRequired = detection.prose.evidence
    closure = detection.prose.closure
    guidance = detection.prose.guidance
    response = detection.prose.response.map { "\($0.step): \($0.text)" }
    overrideClass = detection.overrideClass
    isRelative = !detection.matchesWithoutBaseline
    self.judgement = judgement
  }

  /// What was not known when the match was made.
  package var notes: [String] { judgement.causes.notes }
}

extension BaselineFacts {
  /// What a comparison with the baseline found.
  package init(_ comparison: Comparison) {
    self.init(count: comparison.priorObservations, newDimensions: Set(comparison.newDimensions))
  }
}
