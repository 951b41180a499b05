/// The detections and overrides in force, with what the customer told about itself.
struct Detector: Sendable {
  private let detections: Detections
  private let overrides: OverrideTable
  private let harmless: HarmlessCalls
  private let lists: EvaluationLists
  private let knowsInventory: Bool

  init(directory: String?, inventory: Inventory?, baseline: Baseline? = nil) throws {
    detections = try Detections.load(directory: directory)
    overrides = try OverrideTable.load()
    harmless = try HarmlessCalls()
    lists = EvaluationLists(inventory: inventory, baseline: baseline)
    knowsInventory = inventory != nil
  }

  /// The overrides of an observation, judged again now that the organisation's accounts are known.
  ///
  /// What a baseline's accounts tell can only take outcomes back: without an inventory, an event that had none keeps none.
  /// Where an observation leaves out a document that is too long, what was judged from the whole of it stands.
  func overrides(of observation: Observation, _ gathered: inout GatheredFacts) -> [OverrideMatch] {
    guard knowsInventory || !(lists.logged.isEmpty || observation.overrides.isEmpty),
      !observation.details.isTruncated
    else { return observation.overrides }
    let candidates = overrides.candidates(observation)
    guard !candidates.isEmpty else { return [] }
    return overrides.matches(gathered.facts(of: observation), among: candidates, lists: lists)
  }

  /// The observation, its outcomes known, with no more at risk than what of it the table of harmless calls leaves.
  func weighed(_ observation: Observation, _ gathered: inout GatheredFacts) -> Observation {
    harmless.weighed(observation) { evaluator(observation, baseline: nil, &gathered) }
  }

  /// What the gravest of some overrides puts at risk.
  func risk(of matches: [OverrideMatch]) -> BusinessRisk? {
    matches.max { $0.severity < $1.severity }.flatMap { overrides.entry($0.id)?.risk }
  }

  /// The least that outcomes weigh which came about, however usual they are; `nil` where none of them is grave by the table.
  func leastSeverity(of matches: [OverrideMatch]) -> Severity? {
    matches.filter { !$0.isAttempt }.compactMap { overrides.entry($0.id)?.leastSeverity }.max()
  }

  /// Takes events together, for the detections that look at several.
  var correlator: Correlator { detections.correlator }

  /// The evaluator for an observation, with everything that a rule's judgement may depend on.
  func evaluator(
    _ observation: Observation, baseline: BaselineFacts?, _ gathered: inout GatheredFacts
  ) -> LogicEvaluator {
    LogicEvaluator(EvaluationContext(gathered.facts(of: observation), lists: lists, baseline: baseline))
  }

  /// The detections that an observation matches by itself.
  func detections(
    for observation: Observation, _ comparison: Comparison?, _ gathered: inout GatheredFacts
  ) -> [DetectionSummary] {
    let candidates = detections.candidates(observation)
    guard !candidates.isEmpty else { return [] }
    let evaluator = evaluator(observation, baseline: comparison.map { BaselineFacts($0) }, &gathered)
    return detections.matches(evaluator, among: candidates).map {
      match in
      DetectionSummary(
        id: match.id, title: match.title, severity: match.severity, attack: match.attack,
        evidence: match.evidenceRequired, guidance: match.guidance, isOverride: match.overrideClass != nil,
        isRelative: match.isRelative)
    }
  }
}

extension DetectionSummary {
  /// What triage needs to know of events that a detection takes together.
  init(_ match: CorrelationMatch) {
    let detection = match.detection
    let confidence = match.isComplete && match.notes.isEmpty ? "medium" : "low"
    self.init(
      id: detection.id, title: detection.title, severity: match.severity,
      attack: detection.attack.map { $0.technique(confidence: confidence) },
      evidence: detection.prose.evidence, guidance: detection.prose.guidance,
      isOverride: detection.overrideClass != nil,
      isRelative: !detection.matchesWithoutBaseline)
  }
}
