extension LaneQuestion {
  /// The answer as a page, with the question as asked and as it was understood.
  func document(_ answer: Answer, baseline: Baseline) -> Document {
    let window = baseline.window
    var document = Document([
      .heading(1, "What the baseline has seen"),
      .paragraph(verdict(answer)),
      .table(
        Table(
          ["Dimension", "Asked", "Taken for", Column("Observations", .trailing)],
          rows: asked.map { dimension in
            let alone = answer.subsets.first { $0.dimensions == TupleDimensions(dimension.dimension) }
            return [
              Inline.text(dimension.dimension.rawValue), .code(dimension.text), Self.taken(dimension),
              Self.count(alone?.tally ?? Tally()),
            ]
          })),
    ])
    if !answer.lanes.isEmpty {
      document += [.heading(2, "Lanes that agree"), Self.table(answer.lanes.map { ($0, nil) })]
      if answer.whole.lanes > answer.lanes.count {
        document.append(
          .paragraph("\(answer.whole.lanes - answer.lanes.count) further lanes with fewer observations."))
      }
    }
    if !answer.nearest.isEmpty, asked.count > 1 {
      document += [
        .heading(2, "Nearest other lanes"), Self.table(answer.nearest.map { ($0.lane, $0.departure) }),
      ]
    }
    if asked.count > 1 {
      document += [.heading(2, "Counts of every subset"), subsets(answer)]
    }
    document.append(
      .paragraph(
        """
        From \(baseline.observations.of("observation")), \(window.start) to \(window.end) \
        (\(window.days.of("day"))). Recurrence is context, not approval.
        """))
    return document
  }

  private func verdict(_ answer: Answer) -> Inline {
    let whole = answer.whole
    guard let first = whole.first, let last = whole.last else {
      let unseen = asked.filter { $0.values.isEmpty }
      guard unseen.isEmpty else {
        return "**Never**: \(unseen.map { Self.named($0) }.joined(separator: ", ")) was not seen at all."
      }
      return "**Never together**: each part was seen, but not with the others."
    }
    return """
      **Yes**: \(whole.observations.of("observation")) in \(whole.lanes.of("lane")) \
      (\(whole.established) established) on \(answer.days.of("day")), from \(first) to \(last).
      """
  }

  private func subsets(_ answer: Answer) -> Block {
    .table(
      Table(
        [
          "Subset", Column("Observations", .trailing), Column("Lanes", .trailing),
          Column("Established", .trailing), "First seen", "Last seen",
        ],
        rows: answer.subsets.map { subset, tally in
          [
            .text(subset.name), Self.count(tally), "\(tally.lanes)", "\(tally.established)",
            Self.date(tally.first), Self.date(tally.last),
          ]
        }))
  }

  private static func table(_ lanes: [(lane: Lane, departure: TupleDimensions?)]) -> Block {
    let wording = LaneWording()
    let departs = lanes.contains { $0.departure != nil }
    return .table(
      Table(
        (departs ? ["Differs in"] : []) + [
          "Account", "Actor", "Event", "Source", "Region", Column("Prior observations", .trailing),
          Column("Days", .trailing), "First seen", "Last seen", "Cadence", "Baseline position",
        ],
        rows: lanes.map { lane, departure -> [Inline] in
          let key = lane.key
          let head = departs ? [Inline.text(departure?.name ?? "")] : []
          return head + [
            .code(key.account), .code(key.actor), .code(key.event), .code(key.source), .code(key.region),
            "\(lane.count)", "\(lane.days.count)", date(lane.firstSeen), date(lane.lastSeen),
            lane.cadence.map { .text($0.title) } ?? "none", .text(wording.position(of: lane)),
          ]
        }))
  }

  private static func taken(_ dimension: AskedDimension) -> Inline {
    switch dimension.match {
    case .none: "nothing in the baseline"
    case .exact: "itself"
    case .short: .codes(dimension.values.sorted())
    case .glob: "\(dimension.values.count.of("value")): \(codes: dimension.values.sorted(), limit: 5)"
    }
  }

  private static func named(_ dimension: AskedDimension) -> Inline {
    "\(dimension.dimension.rawValue) \(code: dimension.text)"
  }

  private static func count(_ tally: Tally) -> Inline {
    tally.observations == 0 ? "never" : "\(tally.observations)"
  }

  private static func date(_ time: Timestamp?) -> Inline { time.map { .text($0.date) } ?? "" }

  /// The answer for programs.
  func json(_ answer: Answer) -> JSONValue {
    [
      "asked": .array(
        asked.map { dimension in
          [
            "dimension": .string(dimension.dimension.rawValue), "text": .string(dimension.text),
            "match": .string(dimension.match.rawValue), "values": JSONValue(dimension.values.sorted()),
          ]
        }),
      "observations": .number(answer.whole.observations), "lanes": .number(answer.whole.lanes),
      "days": .number(answer.days), "matching_lanes": .array(answer.lanes.map(\.json)),
      "nearest_lanes": .array(
        answer.nearest.map { near in
          [
            "differs_in": JSONValue(near.departure.dimensions.map(\.rawValue)), "lane": near.lane.json,
          ]
        }),
      "counts": .object(
        Dictionary(
          answer.subsets.map { ($0.dimensions.name, .number($0.tally.observations)) },
          uniquingKeysWith: { first, _ in first })),
    ]
  }
}
