/// `observations.md`: what was read, what became of it, and what is covered.
struct ObservationsDocument {
  let accounting: InputAccounting
  let hours: HourCoverage
  /// Where rejects stand, by reason: the first few of each.
  let places: RejectPlaces
  /// Observations whose event another account has too.
  let copiesAcrossAccounts: Int
  /// The first observation, which shows what each of them has.
  var example: Observation?

  var document: Document {
    var document = Document([
      .heading(1, "Observations"),
      .paragraph(
        "\(accounting.records.of("record was", "records were")) read from \(accounting.files.of("file")). Each is an observation, a duplicate or a reject."
      ),
      .table(
        Table(
          [Column("Records"), Column("Count", .trailing)],
          rows: [
            ["Read", "\(accounting.records)"], ["Observations", "\(accounting.observations)"],
            ["Duplicates (the same event delivered again)", "\(accounting.duplicates)"],
            ["Rejects", "\(accounting.rejects)"],
            ["Observations of an event that another account has too", "\(copiesAcrossAccounts)"],
          ])),
      .heading(2, "Collection caveats"),
      accounting.caveats.isEmpty
        ? .paragraph("None: every file was read whole, every record was an event.")
        : .list(accounting.caveats.map { "\($0)" }),
    ])
    if !accounting.leftOut.isEmpty {
      document += [
        .paragraph("Not read, since this command writes it:"),
        .list(accounting.leftOut.map { "\(code: $0)" }),
      ]
    }
    if !accounting.emptyFiles.isEmpty { document += emptyFiles }
    if let first = accounting.first, let last = accounting.last {
      document += [
        .heading(2, "Coverage"),
        .paragraph(
          "Events from \(first) to \(last), in UTC. A gap is where the collection may have holes, or where nothing happened: the logs can't tell."
        ), .table(hours.table(counts: accounting.coverage)),
      ]
    }
    if accounting.rejects > 0 {
      document += [
        .heading(2, "Rejects by reason"),
        .table(
          Table(
            [Column("Reason"), Column("Records", .trailing), Column("Where")],
            rows: accounting.rejectReasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
              .map { ["\($0.key)", "\($0.value)", places.cell($0.key, count: $0.value)] })),
        .paragraph("The place of each is in rejects.jsonl: file, position in the file, byte offset."),
      ]
    }
    if let example {
      document += [
        .heading(2, "What an observation says"),
        .paragraph(
          "The first of them; `normalize-observations show --observations DIR --event-id ID` prints any other."
        ),
      ]
      document += example.blocks()
    }
    return document
  }

  /// Files that are listed by name; of more their number is told.
  private static let listedFiles = 20

  /// What held no record: no caveat, since a page of an answer that found nothing looks so.
  private var emptyFiles: [Block] {
    let files = accounting.emptyFiles
    var lines: [Inline] = files.prefix(Self.listedFiles).map { "\(code: $0)" }
    if files.count > lines.count { lines.append("\(files.count - lines.count) more, in observations.json") }
    return [
      .paragraph(
        "Read to the end, without a record in it, as the page of an answer that found nothing. If it should hold events, export it again:"
      ), .list(lines),
    ]
  }
}

/// Where the first rejects of each reason stand.
struct RejectPlaces {
  private static let limit = 3
  private static let reasonLimit = 1_000
  private var places: [String: [InputAccounting.Reject]] = [:]

  mutating func add(_ reject: InputAccounting.Reject) {
    guard places[reject.reason] != nil || places.count < Self.reasonLimit,
      places[reject.reason]?.count ?? 0 < Self.limit
    else { return }
    places[reject.reason, default: []].append(reject)
  }

  /// The places as a cell, such as `a.json.gz` record 3, and how many more there are.
  func cell(_ reason: String, count: Int) -> Inline {
    let shown = places[reason] ?? []
    var parts: [Inline] = shown.map { "\(code: $0.file) record \($0.index)" }
    if count > shown.count { parts.append("\(count - shown.count) more") }
    return parts.joined(separator: ", ")
  }
}
