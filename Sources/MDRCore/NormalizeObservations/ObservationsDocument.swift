/// `observations.md`: what was read, what became of it, and what is covered.
struct ObservationsDocument {
  let accounting: InputAccounting

  var document: Document {
    var document = Document([
      .heading(1, "Observations"),
      .paragraph(
        "\(accounting.records) records were read from \(accounting.files) files. Each is an observation, a duplicate or a reject."
      ),
      .table(
        Table(
          [Column("Records"), Column("Count", .trailing)],
          rows: [
            ["Read", "\(accounting.records)"], ["Observations", "\(accounting.observations)"],
            ["Duplicates (the same event delivered again)", "\(accounting.duplicates)"],
            ["Rejects", "\(accounting.rejects)"],
          ])),
      .heading(2, "Collection caveats"),
      accounting.caveats.isEmpty
        ? .paragraph("None: every file was read whole, every record was an event.")
        : .list(accounting.caveats.map { "\($0)" }),
    ])
    if let first = accounting.first, let last = accounting.last {
      document += [.heading(2, "Coverage"), .paragraph("Events from \(first) to \(last)."), .table(coverage)]
    }
    if accounting.rejects > 0 {
      document += [
        .heading(2, "Rejects by reason"),
        .table(
          Table(
            [Column("Reason"), Column("Records", .trailing)],
            rows: accounting.rejectReasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
              .map { ["\($0.key)", "\($0.value)"] })),
        .paragraph("The place of each is in rejects.jsonl: file, position in the file, byte offset."),
      ]
    }
    return document
  }

  private var coverage: Table {
    Table(
      [Column("Account"), Column("Region"), Column("Observations", .trailing)],
      rows: accounting.coverage.keys.sorted().flatMap { account in
        (accounting.coverage[account] ?? [:]).sorted { $0.key < $1.key }
          .map { [.code(account), .code($0.key), "\($0.value)"] }
      })
  }
}
