/// The verdicts that rested on lanes which people retract: of findings, and of operations that passed as normal.
struct RetractedVerdicts {
  /// One verdict and what becomes of it.
  struct Verdict: Equatable {
    /// `nil` for an operation that no finding tells of.
    var findingID: String?
    var title: String
    var key: LaneKey
    var observations: Int
    /// Whether the retracted lane was the very lane; otherwise it was the nearest.
    var wasExact: Bool
    var before: Normality
    var after: Normality

    var json: JSONValue {
      [
        "finding_id": JSONValue(findingID), "title": .string(title), "account": .string(key.account),
        "actor": .string(key.actor), "event": .string(key.event), "source": .string(key.source),
        "region": .string(key.region), "observations": .number(observations),
        "support": wasExact ? "exact" : "nearest", "normality_before": .string(before.rawValue),
        "normality_after": .string(after.rawValue),
      ]
    }
  }

  private struct Case {
    var observation: Observation
    var findingID: String?
    var title: String
    var observations: Int
    var wasExact: Bool
    var before: Normality
  }

  let retraction: Retraction
  private let index: BaselineIndex
  private let cutOff: Timestamp
  private var cases: [Case] = []
  private var positions: [LaneKey: Int] = [:]
  private(set) var caveats: [String] = []

  init(_ baseline: Baseline, retraction: Retraction) {
    self.retraction = retraction
    index = BaselineIndex(baseline)
    cutOff = baseline.window.cutOff ?? baseline.window.end.adding(1)
  }

  /// Looks through findings: each of their tuples is compared as it was when it was judged.
  mutating func add(_ file: FindingsFile) {
    caveats += file.caveats
    for finding in file.findings {
      for tuple in finding.tuples {
        add(
          finding.observation(of: tuple), finding: finding,
          observations: finding.count)
      }
    }
  }

  /// Looks at an operation of the review, which passed as normal or not; the same tuple counts up.
  mutating func add(_ observation: Observation) {
    guard observation.eventTime >= cutOff else { return }
    if let position = positions[observation.laneKey] {
      cases[position].observations += 1
      return
    }
    let count = cases.count
    add(observation, finding: nil, observations: 1)
    if cases.count > count { positions[observation.laneKey] = count }
  }

  private mutating func add(_ observation: Observation, finding: Finding?, observations: Int) {
    let comparison = index.compare(observation)
    let isExact = comparison.exact.map { retraction.covers($0.key) } ?? false
    guard isExact || comparison.nearest.map({ retraction.covers($0.key) }) ?? false else { return }
    cases.append(
      Case(
        observation: observation, findingID: finding?.findingID,
        title: finding?.title ?? "an operation of the review", observations: observations, wasExact: isExact,
        before: comparison.normality))
  }

  /// The verdicts found, with what a baseline without the tuple says of them.
  func supported(without after: BaselineIndex) -> [Verdict] {
    cases.map { found in
      Verdict(
        findingID: found.findingID, title: found.title, key: found.observation.laneKey,
        observations: found.observations, wasExact: found.wasExact, before: found.before,
        after: after.compare(found.observation).normality)
    }.sorted { ($0.key, $0.findingID ?? "") < ($1.key, $1.findingID ?? "") }
  }

  /// The page that says what was taken out and what has to be looked at again.
  func document(gone: [Lane], supported: [Verdict], looked: Bool) -> Document {
    var document = Document([
      .heading(1, "Retracted"),
      .paragraph(
        """
        \(gone.reduce(0) { $0 + $1.count }.of("observation")) in \(gone.count.of("lane")) count for nothing \
        from now on: \(retraction.reason)
        """),
      .table(
        Table(
          [
            "Account", "Actor", "Event", "Source", "Region", Column("Observations", .trailing), "First seen",
            "Last seen", "Was",
          ],
          rows: gone.map { lane in
            Self.cells(lane.key) + [
              "\(lane.count)", .text(lane.firstSeen.date), .text(lane.lastSeen.date),
              .text(lane.approval == nil ? lane.standing.rawValue : "approved"),
            ]
          })),
      .heading(2, "Verdicts that rested on it"),
    ])
    guard !supported.isEmpty else {
      document.append(
        .paragraph(
          looked
            ? "None among what was given."
            : "Not looked for: give --findings, or the review's --logs or --observations."))
      return document
    }
    document.append(
      .table(
        Table(
          [
            "Finding", "Account", "Actor", "Event", "Source", "Region", Column("Observations", .trailing),
            "It was the", "Normality before", "Normality now",
          ],
          rows: supported.map { verdict in
            [verdict.findingID.map { .code($0) } ?? .text(verdict.title)] + Self.cells(verdict.key) + [
              "\(verdict.observations)", verdict.wasExact ? "very lane" : "nearest lane",
              .text(verdict.before.rawValue), .text(verdict.after.rawValue),
            ]
          })))
    document.append(.paragraph("Run business-triage again over the review: these have to be judged anew."))
    return document
  }

  private static func cells(_ key: LaneKey) -> [Inline] {
    [.code(key.account), .code(key.actor), .code(key.event), .code(key.source), .code(key.region)]
  }
}

extension Finding {
  /// An observation of one of the finding's tuples, with what a comparison reads.
  fileprivate func observation(of tuple: BaselineTuple) -> Observation {
    let parts = tuple.event.split(separator: ":", maxSplits: 1).map(String.init)
    let outcome: Outcome =
      outcomes[.success] ?? 0 > 0 ? .success : outcomes[.denied] ?? 0 > 0 ? .denied : .failed
    return Observation(
      eventID: "", eventTime: lastSeen, accountID: tuple.account, actorAccountID: actorAccountID,
      region: tuple.region, awsRegion: tuple.region, eventSource: parts.first ?? "",
      eventName: parts.count > 1 ? parts[1] : "", rawEventName: "", eventType: "", outcome: outcome,
      errorCode: nil, isReadOnly: false,
      identity: ActorIdentity(actor: tuple.actor, type: .unknown, archetype: archetype),
      origin: EventOrigin(source: tuple.source, kind: sourceKind, sourceIP: ""), resources: [], targets: [:],
      businessFamily: businessFamily, businessRisk: businessRisk, overrides: overrides, generalisations: [],
      details: EventDetails(), sharedEventID: nil, record: RecordReference(file: "", index: 0, sha256: ""))
  }
}
