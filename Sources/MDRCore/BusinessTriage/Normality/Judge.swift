/// Judges one observation: how normal it is, how much it risks, and what the table makes of both.
struct Judge: Sendable {
  let index: BaselineIndex?
  let inventory: Inventory?
  let detector: Detector
  private let decisions = DecisionTable()
  private let serviceRisks = ServiceRisks()
  private let gaps: BaselineGaps
  private let churn: EstateChurn?
  let makings = MakingTable()

  init(index: BaselineIndex?, inventory: Inventory?, detector: Detector) {
    self.index = index
    self.inventory = inventory
    self.detector = detector
    gaps = BaselineGaps(
      index?.baseline.caveats ?? [], cutOff: index?.baseline.window.cutOff)
    churn = index.map { EstateChurn($0.baseline) }
  }

  /// Judges an observation whose source is named after the inventory; `memo` knows what is compared already.
  func assess(
    resolved: consuming Observation, comparing memo: ComparisonMemo?, _ gathered: inout GatheredFacts
  ) -> Assessment {
    var observation = resolved
    observation.overrides = detector.overrides(of: observation, &gathered)
    var comparison = memo?.compare(observation)
    if let target = comparison?.goesBy { gathered.reads?.note(FactPath(.target(target))) }
    var gap: CollectionGap?
    // "Never seen" is no argument where a file that would have shown it could not be read.
    if let normality = comparison?.normality, normality == .variant || normality == .firstSeen {
      gap = gaps.gap(touching: observation)
      if gap != nil { comparison?.normality = .undetermined }
    }
    let detections = detector.detections(for: observation, comparison, &gathered)
    let outcomeRisk = detector.risk(of: observation.overrides)
    if let outcomeRisk { observation.businessRisk = outcomeRisk }
    observation = detector.weighed(observation, &gathered)
    let (risk, severity, decision) = decide(observation, comparison, detections)
    let isByService = isByService(observation, comparison?.normality ?? .undetermined, risk)
    // What is at stake differs by the service behind the call, how much does not.
    if outcomeRisk == nil, let named = serviceRisks.risk(of: observation) { observation.businessRisk = named }
    return Assessment(
      observation: observation, comparison: comparison, gap: gap,
      plannedTime: inventory?.plannedTime(of: observation), risk: risk, outcomeSeverity: severity,
      decision: decision, detections: detections, isByService: isByService, opening: nil,
      destroys: destroys(observation))
  }

  /// Where the calls of an instance's role came from until now, in a sentence, where they came from somewhere else.
  func movedMachine(_ assessment: Assessment) -> String? {
    guard isMovedMachine(assessment.observation, assessment.comparison),
      let usual = assessment.comparison?.nearest?.key.source
    else { return nil }
    return
      "Credentials of an instance came from \(code: assessment.observation.source), which the inventory doesn't have; this role's calls came from \(code: usual), and an instance doesn't move."
  }

  /// Whether the credentials of an instance were used from a public network, while the addresses that its role calls from
  /// are known by name.
  ///
  /// Without an inventory the instance's own public address is as good an explanation.
  private func isMovedMachine(_ observation: Observation, _ comparison: Comparison?) -> Bool {
    guard observation.identity.sessionClass == "ec2-instance", observation.origin.kind == .publicNetwork,
      observation.outcome == .success, let comparison,
      [.variant, .firstSeen].contains(comparison.normality), comparison.newDimensions.contains(.source),
      let nearest = comparison.nearest, nearest.key.actor == observation.actor
    else { return false }
    return ["owned:", "vpce:"].contains(where: nearest.key.source.hasPrefix)
  }

  /// The thing that an observation destroyed, unless something else is critical in it too.
  private func destroys(_ observation: Observation) -> MadeThing? {
    guard !observation.overrides.isEmpty,
      observation.overrides.allSatisfy({ $0.overrideClass == .destructive }),
      let deed = makings.deed(observation), deed.verb == .destroys
    else { return nil }
    return deed.thing(of: observation)
  }

  /// Whether every observation that agrees with this one in all that the rules looked at gets the same assessment.
  ///
  /// A critical outcome is compared by its resources and its beat, a signature ends, and where the network says nothing the
  /// program counts.
  func isRepeatable(_ assessment: Assessment) -> Bool {
    assessment.observation.overrides.isEmpty && assessment.comparison?.exact?.approval == nil
      && assessment.comparison?.wandering == nil
  }

  /// How often the business itself does what is new in an operation, in a sentence.
  func habit(of assessment: Assessment) -> String? {
    churn?.habit(of: assessment.observation, assessment.comparison, assessment.risk)?.sentence
  }

  /// Who carried out an operation of automation that weighs less for it, in a sentence.
  func serviceHand(of assessment: Assessment) -> String? {
    guard assessment.isByService else { return nil }
    return
      "An AWS service carried it out with automation's role: ask who set the service up to, and whether that is new."
  }

  /// Whether an AWS service carried out something new that is not critical, or hardly, with the role of automation.
  ///
  /// Nobody but AWS writes that a service called. Whoever works through one in their own name is no automation, and what
  /// gives power outlives the service's call: it keeps its weight.
  private func isByService(_ observation: Observation, _ normality: Normality, _ risk: Risk) -> Bool {
    [.variant, .firstSeen].contains(normality) && [.sensitiveChange, .overrideMedium].contains(risk)
      && observation.origin.kind == .awsService && observation.identity.person == nil
      && observation.identity.archetype.isAutomation
      && observation.businessRisk != .credentialOrPrivilege
      && !observation.overrides.contains { $0.overrideClass == .identity }
  }

  /// Looks up what the table decides of an observation, its comparison and the detections that matched.
  func decide(
    _ observation: Observation, _ comparison: Comparison?, _ detections: [DetectionSummary]
  ) -> (risk: Risk, outcomeSeverity: Severity?, decision: DecisionTable.Decision) {
    let outcomes = observation.overrides.map(\.severity) + detections.filter(\.isOverride).map(\.severity)
    let severity = outcomes.max()
    let risk = Risk(observation, outcomeSeverity: severity)
    let normality = comparison?.normality ?? .undetermined
    var decision = decisions.decision(
      normality: normality, risk: risk, newDimensions: comparison?.newDimensions ?? [],
      outcomeSeverity: severity)
    let isHabit = churn?.habit(of: observation, comparison, risk)?.lessens == true
    if isHabit { decision.severity = decision.severity.oneLess }
    if isByService(observation, normality, risk) { decision.severity = min(decision.severity, .medium) }
    // Reviewed code and recurrence each take a level off: both together would make a grave outcome low.
    if let least = detector.leastSeverity(of: observation.overrides) {
      decision.severity = max(decision.severity, least)
    }
    if isMovedMachine(observation, comparison) {
      decision.severity = max(decision.severity, .high)
      decision.position = .abnormalHighRisk
      decision.isListed = true
      decision.why = "An instance's credentials outside the networks that its role calls from."
    }
    // A detection of nothing critical asks for a look, unless the lane has answered it already. What is only noted
    // asks for none; nor does one that only repeats that something is new, where the business takes up such things.
    let asking = detections.filter { !(isHabit && $0.isRelative) }
    if normality != .established, let asked = asking.map(\.severity).max(), asked >= .medium {
      decision.severity = max(decision.severity, asked)
      decision.isListed = true
      if decision.position == .normalLowRisk { decision.position = .unknownNeedsEvidence }
    }
    return (risk, severity, decision)
  }
}
