extension EventCollection {
  /// What was asked, what came back, what is missing, and how another person asks the same.
  var notes: Document {
    var document = Document([
      .heading(1, "Collected CloudTrail events"),
      .paragraph(
        """
        \(eventCount.of("event")) from \(accounts.count.of("account")) and \(request.regions.count.of("region")), from \
        \(request.since) to \(request.until), in \(calls.of("call")) of LookupEvents. Complete answers: \
        \(queries.count { $0.status == .complete }) of \(queries.count).
        """),
      .heading(2, "Collection caveats"),
      caveats.isEmpty
        ? .paragraph("None: every query was answered to its last page.") : .list(caveats.map(Inline.text)),
      .heading(3, "What LookupEvents never gives"),
      .list([
        "Events older than 90 days, and those of the last minutes: an event can take about 15 minutes to appear.",
        "Data events, such as object reads in S3 or invocations of functions, and network activity events.",
        "More than one filter in a call: each event name was a query of its own, and names that were not asked for are not here.",
        "Global services outside the region that records them, which is us-east-1 in the commercial partition.",
      ]),
      .heading(2, "Coverage"),
      .paragraph(
        "A complete answer without events is an answer: in that account, region and window there was none."),
      .table(coverageTable),
    ])
    if queries.count > Self.shownRows {
      document.append(.paragraph("\(queries.count - Self.shownRows) more queries are in `collection.json`."))
    }
    document += reproduction
    return document
  }

  private static var shownRows: Int { 500 }

  private var coverageTable: Table {
    Table(
      [
        Column("Account"), Column("Region"), Column("Event"), Column("Answer"), Column("Pages", .trailing),
        Column("Events", .trailing), Column("Error"),
      ],
      rows: queries.prefix(Self.shownRows).map {
        [
          .code($0.account), .code($0.region), .code($0.event), "\($0.status.title)", "\($0.pages)",
          "\($0.events)",
          $0.errorCode.map(Inline.code) ?? "",
        ]
      })
  }

  private var reproduction: [Block] {
    let profile = request.profile.map { ["--profile", $0] } ?? []
    let roles = accounts.compactMap(\.roleARN)
    var commands: [String] = []
    if let role = roles.first {
      commands.append(
        ([
          "aws", "sts", "assume-role", "--region", identityRegion, "--role-arn", role,
          "--role-session-name", "mdr-rainer-collector",
        ]
          + profile)
          .map(\.shellQuoted).joined(separator: " "))
    }
    if let query = queries.first {
      commands.append(
        (["aws"] + Collector.arguments(for: query, request: request, token: nil)
          + (roles.isEmpty ? profile : []))
          .map(\.shellQuoted).joined(separator: " "))
    }
    return [
      .heading(2, "Reproduction"),
      .paragraph(
        """
        Each query is this call, with its own region and event name, repeated with `--next-token` until an answer \
        has no `NextToken`. `ledger.jsonl` has a line for every call in the order they were made; tokens and \
        credentials were never written.
        """),
      .code(commands.joined(separator: "\n"), language: .shell),
      .paragraph(
        """
        The files below `events` hold the entries as AWS returned them, one on each line; only the spaces between \
        tokens were taken out. `sha256sum -c SHA256SUMS` checks that no file changed since. AWS forgets after 90 \
        days, so a later collection can lack what this one has.
        """),
    ]
  }
}

extension EventCollection.Status {
  /// The word for people.
  fileprivate var title: String {
    switch self {
    case .complete: "complete"
    case .capped: "capped"
    case .denied: "denied"
    case .regionUnavailable: "region not available"
    case .failed: "failed"
    }
  }
}
