extension EvidencePack {
  /// What the pack holds and how another person comes to the same bytes, without this plugin.
  var notes: Document {
    var document = Document([
      .heading(1, "Raw evidence pack"),
      .paragraph(
        "\(records.count.of("raw CloudTrail record")) behind \(findings.count.of("finding")), byte by byte as delivered."
      ),
      .quote([
        .paragraph(
          """
          **Handle as evidence.** These are raw logs: they name people, addresses and resources, and can hold what \
          was passed in requests. Nothing was removed or masked. Share the pack with those who need it only.
          """)
      ]),
    ])
    document += caveatBlocks
    document += [.heading(2, "Findings"), .table(findingTable)]
    document += recordBlocks
    document += sourceBlocks
    document += checkBlocks
    return document
  }

  private static var shownRows: Int { 200 }

  private var caveatBlocks: [Block] {
    guard !caveats.isEmpty || !refusals.isEmpty else { return [] }
    var blocks: [Block] = [.heading(2, "Caveats")]
    if !caveats.isEmpty { blocks.append(.list(caveats.map(Inline.text))) }
    if !refusals.isEmpty {
      blocks += [
        .paragraph("\(refusals.count.of("record is", "records are")) not in the pack:"),
        .table(
          Table(
            [Column("Event"), Column("File"), Column("Position", .trailing), Column("Why")],
            rows: refusals.prefix(Self.shownRows).map {
              [
                .code($0.wanted.eventID), .code($0.wanted.reference.file), "\($0.wanted.reference.index)",
                "\($0.reason)",
              ]
            })),
      ]
      blocks += Self.remainder(refusals.count)
    }
    return blocks
  }

  private var findingTable: Table {
    var counts: [String: Int] = [:]
    for record in records { for id in record.wanted.findingIDs { counts[id, default: 0] += 1 } }
    return Table(
      [
        Column("Finding"), Column("Title"), Column("Severity"), Column("Position"),
        Column("Events", .trailing),
        Column("Records here", .trailing),
      ],
      rows: findings.map {
        [
          .code($0.findingID), .sentence($0.title), "\($0.severity.title)", "\($0.position.title)",
          "\($0.eventIDs.count)", "\(counts[$0.findingID] ?? 0)",
        ]
      })
  }

  private var recordBlocks: [Block] {
    guard !records.isEmpty else { return [] }
    return [
      .heading(2, "Records"),
      .table(
        Table(
          [
            Column("File"), Column("Event"), Column("Time"), Column("Event id"), Column("Bytes", .trailing),
            Column("SHA-256"), Column("Findings"),
          ],
          rows: records.prefix(Self.shownRows).map {
            [
              .code($0.name), .code($0.wanted.eventName),
              $0.wanted.eventTime.map(Inline.code) ?? .text(Timestamp.unknown.shown),
              .code($0.wanted.eventID),
              "\($0.byteCount)", .code($0.sha256), .codes($0.wanted.findingIDs, limit: 3),
            ]
          })),
    ] + Self.remainder(records.count)
  }

  private var sourceBlocks: [Block] {
    guard !sources.isEmpty else { return [] }
    return [
      .heading(2, "Where the bytes came from"),
      .paragraph(
        """
        Each record was taken from the file and place that its observation names. Places count from 0, and \
        entries of the file that are no record take a place too. The bytes are those between the record's first \
        and last character in the (inflated) file; a record was packed only where their SHA-256 is the one that \
        the observation holds.
        """),
      .table(
        Table(
          [Column("File"), Column("Bytes", .trailing), Column("SHA-256 of the file")],
          rows: sources.prefix(Self.shownRows).map { [.code($0.name), "\($0.byteCount)", .code($0.sha256)] })),
    ] + Self.remainder(sources.count)
  }

  private var checkBlocks: [Block] {
    var blocks: [Block] = [
      .heading(2, "How to check it"),
      .paragraph(
        "That no file of the pack changed since it was made (on macOS `shasum -a 256 -c SHA256SUMS`):"),
      .code("sha256sum -c SHA256SUMS", language: .shell),
      .paragraph("The same, and that no file was added and every record is the one the manifest describes:"),
      .code("raw-evidence-pack verify .", language: .shell),
      .paragraph(
        """
        Both compare with lists inside the pack. Keep the SHA-256 of `SHA256SUMS` itself somewhere else: whoever \
        can change the records can change the list.
        """),
    ]
    if let record = records.first {
      blocks += [
        .paragraph("To find an event in the raw logs again, here the first record of this pack:"),
        .code(
          """
          cd THE-FOLDER-OF-THE-LOGS
          gzip -dcf -- \(record.wanted.reference.file.shellQuoted) | jq -c --arg id \
          \(record.wanted.eventID.shellQuoted) '., (.. | strings | fromjson?) | .. | objects | \
          select(.eventID? == $id or .EventId? == $id)'
          """, language: .shell),
        .paragraph(
          """
          Where a record was delivered as text within another, as LookupEvents gives it, both are found. \
          `jq` prints a record anew: its content is the same, its spacing may not be. Compare content with \
          `jq -S .`, and bytes with the SHA-256 above. A matching hash shows that the bytes are those that were \
          delivered, not that the call was authorised or that the log is complete.
          """),
      ]
    }
    return blocks
  }

  private static func remainder(_ count: Int) -> [Block] {
    count > shownRows ? [.paragraph("\(count - shownRows) more are in `manifest.json`.")] : []
  }
}

extension String {
  /// The text as one word of a POSIX shell.
  var shellQuoted: String {
    let isPlain =
      !isEmpty
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
          UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "@"):
          true
        default: false
        }
      }
    return isPlain ? self : "'" + replacing("'", with: #"'\''"#) + "'"
  }
}
