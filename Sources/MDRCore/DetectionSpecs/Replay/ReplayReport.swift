/// What a replay found, for people and for programs.
struct ReplayReport {
  let detection: Detection
  let tally: ReplayTally
  /// Days with logs.
  let days: Int
  let accounting: InputAccounting

  var headline: String {
    "\(tally.matches.of("match", "matches")) in \(tally.lanes.count.of("lane")), \(tally.findingCount.of("finding")), "
      + "\(Self.perDay(tally.findingCount, days)) a day over \(days.of("day")) with logs"
  }

  private static func perDay(_ count: Int, _ days: Int) -> String {
    let tenths = (count * 10 + days / 2) / days
    return "\(tenths / 10).\(tenths % 10)"
  }

  var json: JSONValue {
    [
      "schema": "mdr-rainer/detection-replay/1", "detection": .string(detection.id), "input": accounting.json,
      "days_with_logs": .number(days), "matches": .number(tally.matches),
      "matches_without_time": .number(tally.untimed), "attempts": .number(tally.attempts),
      "findings": .number(tally.findingCount),
      "findings_per_day": .decimal(Double((tally.findingCount * 1_000 + days / 2) / days) / 1_000),
      "busiest_day": JSONValue(tally.busiestDay.map { Timestamp.startOfDay($0.day).date }),
      "busiest_day_findings": .number(tally.busiestDay?.findings ?? 0),
      "lanes": .array(
        tally.ranked.map { lane, made in
          [
            "account_id": .string(lane.account), "actor": .string(lane.actor), "event": .string(lane.event),
            "source": .string(lane.source), "region": .string(lane.region), "matches": .number(made.count),
            "attempts": .number(made.attempts), "days": .number(made.days.count),
            "archetype": .string(made.archetype.rawValue), "first_event_id": .string(made.example.eventID),
          ]
        }),
      "tuning": .array(
        tally.tunings.map {
          ["change": .string($0.change), "cost": .string($0.cost), "matches_left": .number($0.matches)]
        }),
    ]
  }

  var document: Document {
    var document = Document([
      .heading(1, "Replay of \(code: detection.id)"),
      .paragraph(.text(detection.title)),
      .paragraph(
        "\(accounting.observations.of("observation")) \(accounting.span) gave \(headline). A finding is one principal at one place on one day. Nothing was switched on."
      ),
    ])
    if let busiest = tally.busiestDay {
      document.append(
        .paragraph(
          "The busiest day was \(Timestamp.startOfDay(busiest.day).date), with \(busiest.findings.of("finding"))."
        )
      )
    }
    if tally.untimed > 0 {
      document.append(
        .paragraph(
          "\(tally.untimed.of("match", "matches")) with no time: counted, but on no day, and what has no time is one finding for a principal at one place."
        ))
    }
    guard tally.matches > 0 else {
      document.append(
        .paragraph("It would have stayed silent: that is an answer only where the logs cover it."))
      return document
    }
    document += laneBlocks
    document += tuningBlocks
    return document
  }

  private var laneBlocks: [Block] {
    let shown = tally.ranked.prefix(50)
    let blocks: [Block] = [
      .heading(2, "Lanes that make it"),
      .table(
        Table(
          [
            Column("Account"), Column("Actor"), Column("Event"), Column("Source"),
            Column("Matches", .trailing),
            Column("Attempts", .trailing), Column("Days", .trailing), Column("First event"),
          ],
          rows: shown.map { lane, made in
            [
              .code(lane.account), .code(lane.actor), .code(lane.event), .code(lane.source), "\(made.count)",
              "\(made.attempts)", "\(made.days.count)", .code(made.example.eventID),
            ]
          })),
    ]
    guard tally.lanes.count > shown.count else { return blocks }
    return blocks + [.paragraph("\(tally.lanes.count - shown.count) further lanes are in replay.json.")]
  }

  private var tuningBlocks: [Block] {
    [
      .heading(2, "What tuning would do"),
      .table(
        Table(
          [Column("Change"), Column("Matches left", .trailing), Column("What it costs")],
          rows: tally.tunings.map { [.code($0.change), "\($0.matches)", .text($0.cost)] })),
      .paragraph(
        "Recurrence is context, not approval: a lane that recurs is worth a look and a signature before it stays silent."
      ),
    ]
  }
}
