/// `findings.md`: counts, the ranked table, then each finding.
struct FindingsDocument {
  /// Findings shown in full; all are in the table and in `findings.jsonl`.
  static let fullLimit = 100
  private static let tableLimit = 500

  let result: Triage.Result
  let hasBaseline: Bool
  let caveats: [String]

  var document: Document {
    let judged = result.observations.values.reduce(0, +)
    var document = Document([
      .heading(1, "Findings"),
      .paragraph(
        "\(judged.of("observation was", "observations were")) judged and gave \(result.findings.count.of("finding")). \(hasBaseline ? deviations(of: judged) : "No baseline was given: only critical outcomes and detections speak, and every position is unknown.")"
      ),
      .table(positions),
    ])
    if !caveats.isEmpty { document += [.heading(2, "Collection caveats"), .list(caveats.map { "\($0)" })] }
    guard !result.findings.isEmpty else { return document }
    document += [.heading(2, "Ranked findings"), .table(ranked)]
    let rows = result.findings.bySweep.count
    if rows > Self.tableLimit {
      document.append(.paragraph("\(rows - Self.tableLimit) more are in findings.jsonl."))
    }
    let principals = PrincipalSummary.summaries(of: result.findings)
    if !principals.isEmpty {
      document += [
        .heading(2, "Principals of several findings"),
        .table(
          Table(PrincipalSummary.columns, rows: principals.prefix(Self.tableLimit).map(\.cells))),
      ]
    }
    document.append(.heading(2, "Findings in full"))
    for finding in result.findings.prefix(Self.fullLimit) { document += finding.blocks(level: 3) }
    if result.findings.count > Self.fullLimit {
      document.append(
        .paragraph(
          "The first \(Self.fullLimit) are shown in full; findings.jsonl has all \(result.findings.count)."))
    }
    return document
  }

  /// How much of it is candidate deviations, which is what a reviewer's work is measured by.
  private func deviations(of judged: Int) -> String {
    let count = [Position.abnormalHighRisk, .unknownNeedsEvidence].map { result.observations[$0] ?? 0 }
      .reduce(0, +)
    return
      "\(count) of them (\(Share(count, of: judged).percent)) are candidate deviations from the baseline."
  }

  private var positions: Table {
    Table(
      [Column("Position"), Column("Observations", .trailing), Column("Findings", .trailing)],
      rows: Position.allCases.map { position in
        [
          "\(position.title)", "\(result.observations[position] ?? 0)",
          "\(result.findings.count { $0.position == position })",
        ]
      })
  }

  private var ranked: Table {
    Table(
      FindingRank.columns,
      rows: result.findings.bySweep.prefix(Self.tableLimit).compactMap { FindingRank($0)?.cells })
  }
}
