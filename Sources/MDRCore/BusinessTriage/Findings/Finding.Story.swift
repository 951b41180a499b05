extension Finding {
  /// What is required, typed: the answers of the logs, and what people are asked.
  var evidenceBlocks: [Block] {
    guard !evidence.isEmpty else {
      return evidenceRequired.isEmpty
        ? []
        : [.paragraph("Evidence required before it closes:"), .list(evidenceRequired.map(Inline.sentence))]
    }
    let open = evidence.count(where: \.isOpen)
    return [
      .paragraph("Evidence required before it closes: \(evidence.count) pieces, \(open) open."),
      .table(
        Table(
          [Column("Id"), Column("Evidence"), Column("State"), Column("Answer"), Column("Shown by")],
          rows: evidence.map { item in
            [
              .code(item.id), .sentence(item.text), item.isOpen ? "**open**" : "answered by the logs",
              item.answer.map(Inline.sentence) ?? openText(item),
              item.question.map { "\(code: "events --about " + $0.rawValue)" } ?? "people",
            ]
          })),
      .paragraph(
        """
        \(code: "business-triage events --findings CASE/business-triage --observations CASE/normalize-observations --finding \(findingID) --about QUESTION") \
        lists the events behind an answer; give it the `--inventory` of the triage, where there was one.
        """
      ),
    ]
  }

  private func openText(_ item: EvidenceItem) -> Inline {
    let ask: Inline = "Ask \(item.ask)."
    return item.note.map { "\(.sentence($0)) \(ask)" } ?? ask
  }

  /// What has to come in beside it before anyone speaks of a compromise.
  var corroborationBlocks: [Block] {
    guard !corroboration.isEmpty else { return [] }
    return [
      .paragraph("Corroborating signals that are still needed before anyone says compromise:"),
      .list(corroboration.map(Inline.sentence)),
    ]
  }

  /// How the calls hang together in time, and where the story goes on.
  var storyBlocks: [Block] {
    var blocks: [Block] = []
    if let grouping { blocks.append(.paragraph(grouping)) }
    if timeline.count > 1 {
      blocks.append(
        .table(
          Table(
            [
              Column("Time"), Column("Principal"), Column("Account"), Column("Event"),
              Column("Calls", .trailing), Column("Outcome"), Column("Source"), Column("Event id"),
            ],
            rows: timeline.map {
              [
                "\($0.time)", .code($0.principal), .code($0.account), .code($0.event), "\($0.count)",
                $0.outcome, .code($0.source), .code($0.eventID),
              ]
            })))
    }
    if !related.isEmpty {
      blocks.append(.paragraph("Related findings:"))
      blocks.append(.list(related.map(\.told)))
    }
    return blocks
  }

  /// What makes many calls one finding.
  private var grouping: Inline? {
    guard count > 1 else { return nil }
    if days.count > 1 {
      let busiest = days.max { ($0.value, $1.key) < ($1.value, $0.key) }
      return
        "\(count) calls on \(days.count) days are told as one operation; the most on \(busiest?.key ?? ""), \(busiest?.value ?? 0)."
    }
    guard firstSeen.isKnown else { return "\(count) calls with no time are told as one operation." }
    let minutes = (lastSeen.seconds - firstSeen.seconds + 59) / 60
    let span: Inline = minutes <= 1 ? "within one minute" : "within \(minutes) minutes"
    return "\(count) calls \(span) are told as one operation."
  }
}

extension RelatedFinding {
  /// The id, what it is, and why it belongs there.
  fileprivate var told: Inline {
    let what: Inline = severity.map { " (\($0.title), \(codes: eventNames, limit: 3))" } ?? ""
    return "\(code: findingID)\(what): \(.sentence(why))"
  }
}

extension TimelineStep {
  /// How the step's calls ended.
  fileprivate var outcome: Inline {
    switch refused {
    case 0: "succeeded"
    case count: "refused or failed"
    default: "\(refused) refused or failed"
    }
  }
}
