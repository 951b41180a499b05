/// What an evaluation adds up to.
struct EvaluationReport {
  /// The matches of one detection.
  struct Row {
    var count = 0
    var attempts = 0
    var accounts: Set<String> = []
    var actors: Set<String> = []
    var events: Set<String> = []
    /// Unknown where no match has a time.
    var first = Timestamp.unknown
    var last = Timestamp.unknown
    /// An event to look at first, the earliest.
    var example = ""
    var reasons: [String] = []
  }

  private let detections: Detections
  private var rows: [String: Row] = [:]
  private var notes: [String: Int] = [:]
  /// Chains that began and didn't end.
  private var begun: [CorrelationMatch] = []

  /// What the baseline covers that was asked; `nil` where none was given.
  private let baseline: ObservedWindow?

  init(detections: Detections, baseline: ObservedWindow?) {
    self.detections = detections
    self.baseline = baseline
  }

  var matchedDetections: Int { rows.count }

  mutating func count(_ match: DetectionMatch, _ observation: Observation) {
    var row = rows[match.id] ?? Row()
    row.count += 1
    if match.isAttempt { row.attempts += 1 }
    row.accounts.insert(observation.accountID)
    row.actors.insert(observation.actor)
    row.events.insert(observation.eventName)
    let time = observation.eventTime
    if row.count == 1 || (time.inOrder, observation.eventID) < (row.first.inOrder, row.example) {
      row.first = time
      row.example = observation.eventID
      row.reasons = match.judgement.reasons
    }
    row.last = row.last.later(time)
    rows[match.id] = row
    for note in match.notes { notes[note, default: 0] += 1 }
  }

  /// Counts what several events are together; a chain that only began is told apart from the matches.
  mutating func count(_ match: CorrelationMatch) {
    guard match.isComplete else {
      begun.append(match)
      return
    }
    var row = rows[match.detection.id] ?? Row()
    row.count += 1
    for event in match.parts.map(\.event) {
      row.accounts.insert(event.accountID)
      row.actors.insert(event.actor)
      row.events.insert(event.eventName)
    }
    if let event = match.parts.first?.event,
      row.count == 1 || (event.time.inOrder, event.eventID) < (row.first.inOrder, row.example)
    {
      row.first = event.time
      row.example = event.eventID
      row.reasons = match.reasons
    }
    row.last = row.last.later(match.last)
    rows[match.detection.id] = row
    for note in match.notes { notes[note, default: 0] += 1 }
  }

  /// What was not known while matching.
  var caveats: [String] { notes.keys.sorted().map { "\((notes[$0] ?? 0).of("match", "matches")): \($0)" } }

  /// Matched detections, the gravest first.
  private var ordered: [(Detection, Row)] {
    detections.detections.compactMap { detection in rows[detection.id].map { (detection, $0) } }
      .sorted { ($1.0.severity, $0.0.id) < ($0.0.severity, $1.0.id) }
  }

  func json(accounting: InputAccounting, caveats: [String]) -> JSONValue {
    [
      "schema": "mdr-rainer/detection-matches/1", "input": accounting.json, "caveats": JSONValue(caveats),
      "evaluated_detections": .number(detections.detections.count),
      "matches": .number(rows.values.reduce(0) { $0 + $1.count }),
      "detections": .array(
        ordered.map { detection, row in
          [
            "id": .string(detection.id), "title": .string(detection.title),
            "severity": .string(detection.severity.rawValue), "family": .string(detection.family),
            "matches": .number(row.count), "attempts": .number(row.attempts),
            "accounts": JSONValue(row.accounts.sorted()), "actors": JSONValue(row.actors.sorted()),
            "event_names": JSONValue(row.events.sorted()), "first_seen": row.first.json,
            "last_seen": row.last.json, "first_event_id": .string(row.example),
          ]
        }), "chains_begun": .number(begun.count),
    ]
  }

  /// What was asked about recurrence; an event of the baseline's own days is among those that it is compared with.
  private func comparison(_ accounting: InputAccounting) -> String {
    guard let baseline else { return "without a baseline" }
    let end = baseline.cutOff ?? baseline.end.adding(1)
    let isWithin = accounting.first.map { $0 < end } ?? false
    return "with a baseline that ends at \(end.iso8601)"
      + (isWithin ? "; what lies before that is compared with itself too" : "")
  }

  func document(accounting: InputAccounting, caveats: [String]) -> Document {
    var document = Document([
      .heading(1, "Detection matches"),
      .paragraph(
        "\(accounting.observations.of("observation")) \(accounting.span), evaluated against \(detections.detections.count.of("detection")) \(comparison(accounting)). A match is a place to look; triage judges it."
      ),
    ])
    if !caveats.isEmpty { document += [.heading(2, "Caveats"), .list(caveats.map(Inline.sentence))] }
    guard !rows.isEmpty else {
      document.append(.paragraph("No detection matched."))
      document += chainsBegun
      return document
    }
    let header = [
      Column("Severity"), Column("Detection"), Column("Matches", .trailing), Column("Attempts", .trailing),
      Column("Accounts", .trailing), Column("Events"),
    ]
    document += [
      .heading(2, "At a glance"),
      .table(
        Table(
          header,
          rows: ordered.map { detection, row in
            [
              .text(detection.severity.title), "\(detection.title) (\(code: detection.id))", "\(row.count)",
              "\(row.attempts)",
              "\(row.accounts.count)", .codes(row.events.sorted(), limit: 4),
            ]
          })),
    ]
    for (detection, row) in ordered { document += section(detection, row) }
    document += chainsBegun
    return document
  }

  /// Chains of which some steps were taken: not a match, but where to look for the rest.
  private var chainsBegun: [Block] {
    guard !begun.isEmpty else { return [] }
    let header = [Column("Detection"), Column("Taken"), Column("Missing"), Column("Last event")]
    let shown = begun.sorted {
      ($1.severity, $1.parts.count, $0.first) < ($0.severity, $0.parts.count, $1.first)
    }
    return [
      .heading(2, "Chains begun"),
      .paragraph(
        "\(begun.count) chains began and did not end in these logs\(begun.count > 50 ? "; 50 are listed" : "")."
      ),
      .table(
        Table(
          header,
          rows: shown.prefix(50).map { match in
            [
              .text(match.detection.title), .text(match.reasons.joined(separator: "; ")),
              .text(match.missing.joined(separator: ", ")), .code(match.parts.last?.event.eventID ?? ""),
            ]
          })),
    ]
  }

  private func section(_ detection: Detection, _ row: Row) -> [Block] {
    [
      .heading(2, .text(detection.title)),
      .fields([
        ("Detection", .code(detection.id)), ("Severity", .text(detection.severity.title)),
        ("Business family", .text(detection.businessFamily.title)), ("Matches", "\(row.count)"),
        ("Accounts", .codes(row.accounts.sorted())), ("Actors", .codes(row.actors.sorted())),
        ("First", "\(row.first)"), ("Last", "\(row.last)"),
        ("First event", .code(row.example)),
      ]),
      .paragraph("Why the first one matched:"), .list(row.reasons.map(Inline.code)),
      .paragraph("Required evidence:"), .list(detection.prose.evidence.map(Inline.text)),
      .paragraph("Allowed closure:"), .list(detection.prose.closure.map(Inline.text)),
      .paragraph(.text(detection.prose.guidance)),
    ]
  }
}
