/// Writes the finding of an operation.
struct FindingComposer: Sendable {
  let evidence: EvidenceTable
  let overrides: OverrideTable
  let techniques: AttackCatalog
  let inventory: Inventory?
  /// Gaps of the collection that may touch any finding.
  let caveats: [String]
  let judge: Judge
  let coverage: ReviewCoverage
  private let residualRisks = ResidualRiskTable()
  private let dataClasses = DataClasses()
  private let containment = ContainmentTable()
  private let wording = LaneWording()
  private let usualActors: UsualActors
  private let takenRoles: TakenRoles
  private let usualHours: UsualHours
  private let people: PeopleBehindRoles
  private let context: InventoryContext

  init(
    overrides: OverrideTable, judge: Judge, coverage: ReviewCoverage, caveats: [String]
  ) {
    evidence = EvidenceTable()
    techniques = AttackCatalog()
    self.overrides = overrides
    self.judge = judge
    self.coverage = coverage
    self.caveats = caveats
    inventory = judge.inventory
    context = InventoryContext(inventory: judge.inventory, baseline: judge.index?.baseline)
    usualActors = UsualActors(judge.index?.baseline)
    takenRoles = TakenRoles(judge.index?.baseline)
    usualHours = UsualHours(judge.index?.baseline)
    people = PeopleBehindRoles(judge.index?.baseline)
  }

  /// The finding.
  func finding(_ operation: Operation) -> Finding {
    let lead = operation.lead
    let observation = lead.observation
    let matches = operation.overrides.values.sorted {
      ($1.severity, $0.overrideClass.rawValue, $0.id) < ($0.severity, $1.overrideClass.rawValue, $1.id)
    }
    let detections = operation.rankedDetections
    let table = evidence.entry(for: observation, newDimensions: lead.newDimensions)
    let references = operation.calls.firstReferences
    let counterfactual = judge.counterfactual(of: lead)
    var why = Difference(assessment: lead, surroundings: surroundings(lead)).sentences
    // The tuple leaves out the person and the role that is taken, so that what is known of both stands before what is
    // said of the tuple.
    why.insert(
      contentsOf: [people.sentence(for: observation)].compactMap(\.self)
        + takenRoles.sentences(for: operation),
      at: why.firstIndex(of: Difference.newTuple) ?? why.endIndex)
    why += [
      residualRisks.bearing(of: operation), usualActors.sentence(for: lead),
      usualHours.sentence(for: observation), judge.habit(of: lead), judge.serviceHand(of: lead),
      judge.movedMachine(lead), OpenedSessions.sentence(for: lead),
      joinedStory(operation),
    ].compactMap(\.self)
    // What is usual and no critical outcome is told for what it is together with other events.
    let isTogether = lead.normality == .established && matches.isEmpty
    var finding = Finding(
      findingID: id(of: operation), title: title(operation, detections), severity: lead.decision.severity,
      position: lead.decision.position, normality: lead.normality, newDimensions: lead.newDimensions,
      overrides: matches, detections: detections.map(\.id), attack: attack(matches, detections, operation),
      accountID: operation.key.account, actor: observation.actor, actorAccountID: observation.actorAccountID,
      archetype: observation.identity.archetype, person: observation.identity.person,
      source: observation.source, sourceKind: observation.origin.kind,
      sourceIPs: operation.sourceIPs.sorted(),
      region: observation.region, eventNames: operation.calls.events.keys.sorted(),
      eventSources: operation.calls.services.sorted(), outcomes: operation.calls.outcomes,
      count: operation.calls.count,
      firstSeen: operation.calls.firstSeen, lastSeen: operation.calls.lastSeen,
      eventIDs: references.map(\.eventID),
      records: references.map(\.record), resources: operation.resources.sorted(),
      targets: operation.targets.mapValues { $0.sorted() }, userAgentFamilies: operation.agents.sorted(),
      businessFamily: observation.businessFamily, businessRisk: observation.businessRisk,
      tuples: tuples(operation),
      whyDifferent: operation.raisedBy.sorted() + (isTogether ? operation.together.sorted() : []) + why
        + context.places(of: operation) + context.keyExceptions(of: operation)
        + plannedTimes(operation) + (isTogether ? [] : operation.together.sorted())
        + (counterfactual.map { [$0.sentence] } ?? []),
      residualRisk: residualRisks.sentences(for: operation) + context.risks(of: operation),
      evidenceRequired: evidenceRequired(matches, detections, table),
      verification: verification(operation, table),
      remediation: Remediation(
        operation: operation, dataClasses: dataClasses, table: containment
      ).steps,
      alertingImplication: implication(lead), caveats: caveats(operation),
      accountName: inventory?.name(of: operation.key.account),
      accountPurpose: context.purpose(of: operation.key.account),
      loggedRegions: operation.loggedRegions.sorted(), plannedTimes: operation.plannedTimes,
      sessions: operation.sessions.sorted(),
      days: Dictionary(
        operation.calls.days.map { (Timestamp.startOfDay($0.key).date, $0.value) }, uniquingKeysWith: +),
      subsetCounts: lead.comparison?.counts ?? [:], counterfactual: counterfactual)
    let regions = operation.regions.sorted()
    if regions.count > 1 { finding.regions = regions }
    finding.gravestEvents = Array(operation.rankedEvents.prefix(5))
    finding.signingKeys = operation.signingKeys.sorted()
    finding.newAccessKeys = operation.newKeys.sorted()
    finding.userAgents = operation.agentTexts.sorted()
    finding.matchedDetections = detections.map {
      MatchedDetection(id: $0.id, title: $0.title, severity: $0.severity)
    }
    finding.refusedEventNames = finding.eventNames.filter(operation.calls.isRefused)
    return finding
  }

  private func plannedTimes(_ operation: Operation) -> [String] {
    PlannedTimes(operation.plannedTimes, isCritical: !operation.overrides.isEmpty).sentences
  }

  /// Facts that say little one by one: a person, data, and a place that the baseline doesn't know.
  private func joinedStory(_ operation: Operation) -> String? {
    let lead = operation.lead
    guard lead.observation.identity.archetype.isHuman, lead.newDimensions.contains(.source),
      operation.firstTuples.contains(where: { $0.value.family == .dataLakeETL })
    else { return nil }
    return
      "Taken together: a human or interactive session touched the data platform from a source that the baseline doesn't have."
  }

  private func surroundings(_ lead: Assessment) -> Surroundings? {
    judge.index.map {
      Surroundings(
        window: $0.baseline.window, accounts: $0.baseline.accounts.count,
        firstReviewed: coverage.firstHour(of: lead.observation.accountID))
    }
  }

  private func id(of operation: Operation) -> String {
    let key = operation.key
    let text = [
      key.account, key.principal, key.source, key.region, key.stake, operation.calls.firstSeen.shown,
    ]
    .joined(separator: "\u{1F}")
    return "F-" + SHA256Digest.hex(text).prefix(12)
  }

  private func title(_ operation: Operation, _ detections: [DetectionSummary]) -> String {
    let observation = operation.lead.observation
    let leading = operation.rankedEvents
    let events =
      leading.prefix(3).joined(separator: ", ") + (leading.count > 3 ? " and \(leading.count - 3) more" : "")
    let new = operation.lead.newDimensions.map(\.rawValue)
    // Some kinds have one actor only, of the same name.
    let kind = observation.identity.archetype.title
    let isItsKind = kind.lowercased() == observation.actor
    let who = isItsKind ? observation.actor : "\(kind) \(observation.actor)"
    let how =
      switch operation.lead.normality {
      case .established: "in its established lane"
      case .variant:
        new.isEmpty ? "with a new outcome in a known lane" : "with new \(new.joined(separator: ", "))"
      case .firstSeen: "outside anything the baseline knows"
      case .undetermined:
        operation.lead.comparison == nil ? "without a baseline" : "where the baseline can't tell"
      }
    return "\(events) by \(who), \(how)"
  }

  private func attack(
    _ matches: [OverrideMatch], _ detections: [DetectionSummary], _ operation: Operation
  ) -> [AttackTechnique] {
    // One event is a lead: confidence rises when the baseline and the outcome point the same way.
    let isAbnormal = operation.lead.decision.position == .abnormalHighRisk
    let confidence = !matches.isEmpty && isAbnormal ? "medium" : "low"
    var found: [String: AttackTechnique] = [:]
    for match in matches {
      for technique in overrides.entry(match.id)?.attack ?? [] where found[technique] == nil {
        found[technique] = techniques.technique(technique, confidence: confidence)
      }
    }
    for technique in detections.flatMap(\.attack) where found[technique.id] == nil {
      found[technique.id] = technique
    }
    if found.isEmpty {
      for technique in operation.firstTuples.compactMap({ techniques.technique(of: $0.key.event) }) {
        found[technique.id] = technique
      }
    }
    return found.values.sorted { $0.id < $1.id }
  }

  private func tuples(_ operation: Operation) -> [BaselineTuple] {
    operation.firstTuples.map { key, value in
      BaselineTuple(
        account: key.account, actor: key.actor, event: key.event, source: key.source, region: key.region,
        priorObservations: value.comparison?.priorObservations ?? 0,
        position: wording.position(of: value.comparison, family: value.family))
    }
  }
}
