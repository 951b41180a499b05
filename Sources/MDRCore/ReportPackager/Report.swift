/// The report of a case: everything in it is computed from the case's artifacts and from nothing else.
struct Report: Sendable {
  let folder: CaseFolder
  /// Findings shown in full; the others stand in the table.
  let limit: Int
  /// The gravest first.
  let findings: [Finding]

  init(_ folder: CaseFolder, limit: Int) {
    self.folder = folder
    self.limit = limit
    findings = (folder.findings ?? []).enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element)
  }

  /// The whole report with its claims.
  var draft: ReportDraft {
    var draft = ReportDraft()
    draft.append([
      .heading(1, "Business-context review of CloudTrail activity"),
      .paragraph(
        """
        What was recorded, how it compares with the way this business operates, what stays dangerous even if it is \
        usual, and what has to be answered before it closes. A position says where an operation stands; it is no \
        proof of a compromise, and none of its absence.
        """),
    ])
    addCaveats(to: &draft)
    addGlance(to: &draft)
    addCoverage(to: &draft)
    addRanking(to: &draft)
    addClosures(to: &draft)
    addOperatingModel(to: &draft)
    addFindings(to: &draft)
    addDetections(to: &draft)
    addEvidence(to: &draft)
    addRoadmap(to: &draft)
    addRunbooks(to: &draft)
    addBlindSpots(to: &draft)
    addInputs(to: &draft)
    return draft
  }

  /// What is missing or cut short, in the order of the steps; what several say stands once, with all of them.
  var caveats: [(steps: [String], text: String)] {
    var steps: [String: [String]] = [:]
    var order: [String] = []
    for (step, text) in caveatsOfSteps {
      if steps[text] == nil { order.append(text) }
      if steps[text]?.contains(step) != true { steps[text, default: []].append(step) }
    }
    return order.map { (steps[$0] ?? [], $0) }
  }

  private var caveatsOfSteps: [(step: String, text: String)] {
    var caveats = missing + folder.faults.map { (step: "report-packager", text: $0) }
    for step in CaseFolder.Step.allCases {
      caveats += (folder.headers[step]?["caveats"]?.strings ?? []).map { (step: step.rawValue, text: $0) }
    }
    if let refused = folder.headers[.rawEvidencePack]?["refused"]?.elements.count, refused > 0 {
      caveats.append(
        (
          step: "raw-evidence-pack",
          text: "\(refused.of("record is", "records are")) not in the pack; their findings lack evidence"
        ))
    }
    return caveats
  }

  private var missing: [(step: String, text: String)] {
    CaseFolder.Step.allCases.compactMap { step in
      let isThere = step == .businessTriage ? folder.findings != nil : folder.headers[step] != nil
      guard !isThere, let meaning = step.meaningOfAbsence(hasFindings: !findings.isEmpty) else { return nil }
      return (step: step.rawValue, text: "not in this case: \(meaning)")
    }
  }
}

extension CaseFolder.Step {
  /// What a report lacks without the step; nothing where that is no gap.
  fileprivate func meaningOfAbsence(hasFindings: Bool) -> String? {
    switch self {
    // Logs that were delivered need no collection.
    case .lookupCollector: nil
    case .normalizeObservations: "which accounts, regions and days were examined is unknown"
    case .businessBaseline:
      "nothing says what is usual for this business, so nothing here is called usual or new"
    case .detectionSpecs: "which detections match beyond the findings was not evaluated"
    case .businessTriage: "no activity was judged, and the absence of findings means nothing"
    case .rawEvidencePack: hasFindings ? "the raw records behind the findings are not preserved with it" : nil
    }
  }
}

extension Position {
  /// The positions as a report tells them: what needs people soonest comes first.
  static let readingOrder: [Position] = [
    .abnormalHighRisk, .unknownNeedsEvidence, .normalHighResidualRisk, .normalLowRisk,
  ]
}

extension Finding {
  /// Severity, then what needs people soonest; of equals, triage has put first what to read first.
  fileprivate var rank: Int {
    let order = Position.readingOrder
    return (order.firstIndex(of: position) ?? order.count) - severity.rank * (order.count + 1)
  }
}
