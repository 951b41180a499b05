/// "Same framework, different meaning": what the same operations amount to at two customers.
struct CustomerComparison: Sendable {
  /// One customer's side of a row.
  struct Side: Equatable, Sendable {
    var facts: OperationFacts
    var interpretation: String
    /// What the operation gets in a lane that recurs; `nil` where there is none.
    var knownPosition: Position?
    /// What it gets from a tuple that was never seen.
    var newPosition: Position
  }

  /// One operation at both.
  struct Row: Equatable, Sendable {
    var operation: String
    var sides: [Side]
    /// What closes a finding of it, where it is a critical outcome.
    var evidence: [String]
  }

  let baselines: [Baseline]
  let names: [String]
  let rows: [Row]

  /// Compares two baselines in the operations given.
  init(_ baselines: [Baseline], names: [String], operations: [ComparedOperation]) throws {
    self.baselines = baselines
    self.names = names
    let writer = try Writer()
    rows = operations.map { operation in
      let facts = baselines.map { OperationFacts(operation, in: $0) }
      return writer.row(operation, facts, baselines)
    }
  }

  /// The events whose share differs most between two baselines, by their difference in thousandths.
  static func farthestApart(_ baselines: [Baseline], count: Int) -> [ComparedOperation] {
    var shares: [String: [Int]] = [:]
    for (side, baseline) in baselines.enumerated() {
      for lane in baseline.lanes {
        shares[lane.key.event, default: Array(repeating: 0, count: baselines.count)][side] +=
          lane.count * 1_000_000 / max(1, baseline.observations)
      }
    }
    return shares.map { (event: $0.key, apart: abs($0.value[0] - $0.value[1])) }
      .sorted { ($1.apart, $0.event) < ($0.apart, $1.event) }.prefix(count)
      .map { ComparedOperation(name: $0.event, events: [$0.event]) }
  }

  /// Puts facts into the reviewed words.
  private struct Writer {
    private let overrides: OverrideTable
    private let decisions = DecisionTable()
    private let families = FamilyInterpretations()
    private let meanings = Content.table("business-baseline/references/operation-meanings.tsv")
    /// What a row has room for: an operation of several outcomes has the evidence of each.
    private static let evidenceLimit = 12

    init() throws { overrides = try OverrideTable.load() }

    func row(_ operation: ComparedOperation, _ facts: [OperationFacts], _ baselines: [Baseline]) -> Row {
      let entries = overrides.entries.filter { entry in
        entry.events.contains { event in
          operation.includes(event.replacing(":", with: ".amazonaws.com:", maxReplacements: 1))
        }
      }
      let isOverride = facts.contains { $0.overrides > 0 } || entries.contains { $0.when == .always }
      let severity = isOverride ? entries.map(\.severity).max() ?? .high : nil
      let joint = facts.reduce(into: [BusinessFamily: Int]()) { $0.merge($1.families, uniquingKeysWith: +) }
      let family = joint.ranked.first?.family
      let risk = facts.reduce(into: [BusinessRisk: Int]()) { $0.merge($1.risks, uniquingKeysWith: +) }
        .max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
      let kind = self.risk(of: operation, risk ?? .operationalChange, family ?? .other, severity)
      return Row(
        operation: operation.name,
        sides: zip(facts, baselines).map { facts, baseline in
          let sentence = interpretation(of: operation, facts, kind, family: family, baseline)
          return Side(
            facts: facts, interpretation: sentence,
            knownPosition: facts.established > 0 ? position(.established, kind, [], severity) : nil,
            newPosition: facts.lanes > 0
              ? position(.variant, kind, [.source], severity) : position(.firstSeen, kind, [], severity))
        },
        evidence: isOverride
          ? entries.flatMap(\.evidence).reduce(into: [String]()) { pieces, piece in
            let piece = piece.hasSuffix(".") ? String(piece.dropLast()) : piece
            if !pieces.contains(piece), pieces.count < Self.evidenceLimit { pieces.append(piece) }
          } : [])
    }

    private func position(
      _ normality: Normality, _ risk: Risk, _ new: [Dimension], _ severity: Severity?
    ) -> Position {
      decisions.decision(normality: normality, risk: risk, newDimensions: new, outcomeSeverity: severity)
        .position
    }

    private func risk(
      of operation: ComparedOperation, _ risk: BusinessRisk, _ family: BusinessFamily, _ severity: Severity?
    ) -> Risk {
      let parts = (operation.events.first ?? "").split(separator: ":").map(String.init)
      let name = parts.count > 1 ? parts[1] : ""
      return Risk(
        Observation(
          eventID: "", eventTime: Timestamp(seconds: 0), accountID: "", actorAccountID: "", region: "",
          awsRegion: "", eventSource: parts.first ?? "", eventName: name, rawEventName: name, eventType: "",
          outcome: .success, errorCode: nil, isReadOnly: EventNaming.isRead(name),
          identity: ActorIdentity(actor: "", type: .unknown),
          origin: EventOrigin(source: "", kind: .unknown, sourceIP: ""),
          resources: [], targets: [:], businessFamily: family, businessRisk: risk, overrides: [],
          generalisations: [], details: EventDetails(), sharedEventID: nil,
          record: RecordReference(file: "", index: 0, sha256: "")), outcomeSeverity: severity)
    }

    private func interpretation(
      of operation: ComparedOperation, _ facts: OperationFacts, _ kind: Risk, family: BusinessFamily?,
      _ baseline: Baseline
    ) -> String {
      let stage = facts.established > 0 ? "established" : facts.lanes > 0 ? "seen" : "never"
      let weight =
        switch kind {
        case .override, .overrideMedium: "override_"
        case .sensitiveChange: "sensitive_"
        default: "change_"
        }
      let alert = words("alert", weight + stage)
      let share = Share(family.flatMap { baseline.families[$0] } ?? 0, of: baseline.observations)
      let context = family.map {
        "\($0.title) is \(share.percent) of all: \(families.sentence(for: $0, share: share))"
      }
      let beside =
        facts.beside > 0 ? operation.besideWords.replacing("{times}", with: facts.beside.times) : nil
      guard facts.lanes > 0 else {
        return [words("frequency", "never") + ".", context, beside, alert].compactMap(\.self)
          .joined(separator: " ")
      }
      let frequency =
        meanings.first { row in
          row["kind"] == "frequency" && (row["from"].flatMap { Int($0) } ?? 0) <= facts.share.perMille
        }?["words"] ?? ""
      return [
        "\(frequency) (\(facts.observations.of("observation")), \(facts.share.percent)), "
          + words("actor", facts.actorKey) + ".", context, beside, alert,
      ].compactMap(\.self).joined(separator: " ")
    }

    private func words(_ kind: String, _ key: String) -> String {
      meanings.first { $0["kind"] == kind && $0["key"] == key }?["words"] ?? key
    }
  }
}
