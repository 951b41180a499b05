extension Report {
  private static var shownCaveats: Int { 100 }
  private static var shownRows: Int { 200 }

  func addCaveats(to draft: inout ReportDraft) {
    let caveats = caveats
    draft.append(.heading(2, "Caveats"))
    guard !caveats.isEmpty else {
      draft.append(
        .paragraph("No step of this case reported a gap."),
        claims: [Claim("caveats.total", 0, from: "all steps")])
      return
    }
    draft.append(
      .paragraph(
        "\(caveats.count.of("caveat")); where one touches an operation, its position may be *unknown and needs evidence*."
      ),
      claims: [Claim("caveats.total", caveats.count, from: "all steps")])
    draft.append(.list(caveats.prefix(Self.shownCaveats).map { "\(codes: $0.steps): \(.sentence($0.text))" }))
    if caveats.count > Self.shownCaveats {
      draft.append(.paragraph("\(caveats.count - Self.shownCaveats) more are in the steps' own files."))
    }
  }

  /// Counts by position and severity.
  func addGlance(to draft: inout ReportDraft) {
    draft.append(.heading(2, "At a glance"))
    let source = CaseFolder.findingsSource
    guard folder.findings != nil else { return draft.append(.paragraph("There is no triage in this case.")) }
    draft.append(
      .paragraph("\(findings.count.of("finding")); each is one business operation."),
      claims: [Claim("findings.total", findings.count, from: source)])
    let severities = Severity.allCases.reversed()
    let header =
      [Column("Position")] + severities.map { Column("\($0.title)", .trailing) } + [Column("All", .trailing)]
    var rows = Position.readingOrder.map { position -> ReportDraft.Row in
      let here = findings.filter { $0.position == position }
      let counts = severities.map { severity in here.count { $0.severity == severity } }
      return ReportDraft.Row(
        cells: [Inline.text(position.title)] + counts.map { "\($0)" } + ["\(here.count)"],
        claims: [Claim("findings.position.\(position.rawValue)", here.count, from: source)]
      )
    }
    let sums = severities.map { severity in (severity, findings.count { $0.severity == severity }) }
    rows.append(
      ReportDraft.Row(
        cells: ["All"] + sums.map { "\($0.1)" } + ["\(findings.count)"],
        claims: sums.map { Claim("findings.severity.\($0.0.rawValue)", $0.1, from: source) }
      ))
    draft.append(header, rows: rows)
  }

  func addCoverage(to draft: inout ReportDraft) {
    draft.append(.heading(2, "What was examined"))
    if let header = folder.headers[.normalizeObservations] {
      let source = CaseFolder.Step.normalizeObservations.source
      let numbers: [(Inline, String)] = [
        ("Files", "files"), ("Records read", "records"), ("Observations", "observations"),
        ("Duplicates", "duplicates"), ("Rejects", "rejects"),
      ]
      var rows = numbers.map { name, key -> ReportDraft.Row in
        let count = header[key]?.int ?? 0
        return ReportDraft.Row(
          cells: [name, "\(count)"], claims: [Claim("coverage.\(key)", count, from: source)])
      }
      for (name, key) in [("First event", "first_event"), ("Last event", "last_event")] as [(Inline, String)]
      {
        let time = header[key]?.string ?? "unknown"
        rows.append(
          ReportDraft.Row(
            cells: [name, .text(time)], claims: [Claim("coverage.\(key)", .string(time), from: source)]))
      }
      draft.append([Column("Examined"), Column("Value")], rows: rows)
      addAccounts(header["coverage"]?.members ?? [:], to: &draft)
    } else {
      draft.append(.paragraph("Unknown: this case holds no normalised observations."))
    }
    guard let collection = folder.headers[.lookupCollector] else {
      return draft.append(.paragraph("The logs were given; lookup-collector fetched nothing for this case."))
    }
    let source = CaseFolder.Step.lookupCollector.source
    let (complete, all) = (
      collection["totals"]?["complete"]?.int ?? 0, collection["totals"]?["queries"]?.int ?? 0
    )
    draft.append(
      .paragraph(
        """
        lookup-collector asked \(all) queries of LookupEvents, of which \(complete) were answered completely, and \
        fetched \(collection["totals"]?["events"]?.int ?? 0) events.
        """),
      claims: [
        Claim("collection.queries", all, from: source), Claim("collection.complete", complete, from: source),
        Claim("collection.events", collection["totals"]?["events"]?.int ?? 0, from: source),
      ])
  }

  private func addAccounts(_ coverage: [String: JSONValue], to draft: inout ReportDraft) {
    let source = CaseFolder.Step.normalizeObservations.source
    let rows = coverage.keys.sorted().prefix(Self.shownRows).map {
      account -> ReportDraft.Row in
      let regions = coverage[account]?.members ?? [:]
      // A file that was changed may count anything: the report shows nonsense then, and is there.
      let count = regions.values.reduce(0) { $0.addingReportingOverflow($1.int ?? 0).partialValue }
      return ReportDraft.Row(
        cells: [.code(account), "\(count)", .codes(regions.keys.sorted(), limit: 20)],
        claims: [Claim("coverage.account.\(account)", count, from: source)]
      )
    }
    guard !rows.isEmpty else { return }
    draft.append(
      [Column("Account"), Column("Observations", .trailing), Column("Regions")], rows: Array(rows))
    if coverage.count > Self.shownRows {
      draft.append(.paragraph("\(coverage.count - Self.shownRows) more accounts are in `observations.json`."))
    }
  }
}
