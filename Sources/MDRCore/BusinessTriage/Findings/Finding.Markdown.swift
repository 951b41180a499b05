extension Finding {
  /// The finding for people: a heading, its fields, and the posts' seven sections one level below.
  package func blocks(level: Int = 3) -> [Block] {
    var blocks: [Block] = [.heading(level, "Finding: \(.sentence(title))"), .table(factTable)]
    if !caveats.isEmpty {
      blocks.append(.quote([.paragraph("**Caveats**"), .list(caveats.map(Inline.sentence))]))
    }
    let sections: [(Inline, [Block])] = [
      ("What happened", whatHappened),
      ("Evidence summary", evidenceSummary),
      ("Business-as-usual assessment", businessAsUsual(level: level + 2)),
      ("Residual risk", residualRiskBlocks),
      ("Verification steps", verificationBlocks),
      (
        "Remediation actions",
        Self.listed(remediation, otherwise: "None beyond what the verification turns up.")
      ),
      ("Alerting implication", [.paragraph(alertingImplicationText)]),
    ]
    for (name, content) in sections { blocks += [.heading(level + 1, name)] + content }
    return blocks
  }

  private var factTable: Table {
    var rows: [[Inline]] = [
      ["Finding", .code(findingID)],
      ["Severity", "\(severity.title)"],
      ["Position", "**\(position.title)**"],
      ["Account", accountName.map { "\($0) / \(code: accountID)" } ?? .code(accountID)],
      ["Actor", "\(code: actor) (\(archetype.title))"],
      ["Event", .codes(rankedEventNames)],
      ["Source", "\(code: source) (\(sourceKind.title))"],
      [
        "Region",
        loggedRegions.isEmpty
          ? .codes(allRegions) : "\(codes: allRegions) (logged in \(codes: loggedRegions, limit: 5))",
      ],
      ["Count", "\(count)"],
      ["First and last seen", .text(firstSeen.span(to: lastSeen))],
      ["Business family", "\(businessFamily.title)"],
      ["Business risk", .code(businessRisk.rawValue)],
      ["Critical override", overrides.isEmpty ? "no" : "yes: \(codes: overrideClasses.map(\.rawValue))"],
    ]
    if let person { rows.insert(["Person", .code(person)], at: 5) }
    if let accountPurpose { rows.insert(["Account's purpose", "\(accountPurpose)"], at: 4) }
    if !detections.isEmpty { rows.append(["Detections", .codes(detections)]) }
    if !attack.isEmpty { rows.append(["ATT&CK", .codes(attack.map(\.id))]) }
    return Table([Column("Field"), Column("Value")], rows: rows)
  }

  private var whatHappened: [Block] {
    let who: Inline =
      person.map { "\(code: actor) (\(archetype.title), person \(code: $0))" }
      ?? "\(code: actor) (\(archetype.title))"
    let home: Inline = actorAccountID == accountID ? "" : " of account \(code: actorAccountID)"
    let times: Inline =
      !firstSeen.isKnown
      ? "with no time" : firstSeen == lastSeen ? "at \(firstSeen)" : "between \(firstSeen) and \(lastSeen)"
    var blocks: [Block] = [
      .paragraph(
        """
        \(who)\(home) called \(codes: rankedEventNames) in account \(code: accountID), \(allRegions.count == 1 ? "region" : "regions") \(codes: allRegions), from \
        \(code: source) (\(sourceKind.title)), \(times): \(outcomeText).
        """)
    ]
    var items: [Inline] = []
    if !resources.isEmpty { items.append("Resources: \(codes: resources)") }
    for name in targets.keys.sorted() {
      items.append("Target \(code: name): \(codes: targets[name] ?? [])")
    }
    items.append("Business family: \(businessFamily.title)")
    blocks.append(.list(items))
    return blocks + storyBlocks
  }

  private var outcomeText: Inline {
    let words: [(Outcome, Inline)] = [(.success, "succeeded"), (.denied, "denied"), (.failed, "failed")]
    let parts = words.compactMap { outcome, word -> Inline? in
      outcomes[outcome].flatMap { $0 > 0 ? "\($0) \(word)" : nil }
    }
    let calls: Inline = count == 1 ? "1 call" : "\(count) calls"
    return parts.isEmpty ? calls : "\(calls), \(parts.joined(separator: ", "))"
  }

  private var evidenceSummary: [Block] {
    var items: [Inline] = [
      eventIDs.count == 1
        ? "One record: \(codes: eventIDs)" : "\(eventIDs.count) records: \(codes: eventIDs, limit: 5)"
    ]
    items.append(
      "Sessions, as their callers named them: \(sessions.isEmpty ? "none" : "\(codes: sessions, limit: 5)")")
    if !sourceIPs.isEmpty { items.append("Addresses as logged: \(codes: sourceIPs)") }
    if !userAgentFamilies.isEmpty {
      // What is logged as the family's own name needs no repeating; a user agent has no use for markup.
      let texts = userAgents.filter { !userAgentFamilies.contains($0) }.map { $0.spelling(["<", ">"]) }
      items.append(
        texts.isEmpty
          ? "User agents: \(codes: userAgentFamilies)"
          : "User agents: \(codes: userAgentFamilies), as logged \(codes: texts, limit: 3)")
    }
    if !signingKeys.isEmpty { items.append("Signed with the access keys: \(codes: signingKeys, limit: 5)") }
    if !eventSources.isEmpty { items.append("Services: \(codes: eventSources)") }
    var blocks: [Block] = [.list(items: items.map { ListItem($0) } + detectionItems)]
    if !records.isEmpty {
      blocks.append(
        .table(
          Table(
            [Column("Raw record in"), Column("Position", .trailing), Column("SHA-256")],
            rows: records.prefix(Self.shownRecords).map {
              [.code($0.file), "\($0.index)", $0.sha256.isEmpty ? "not kept" : .code($0.sha256)]
            })))
      if records.count > Self.shownRecords {
        blocks.append(
          .paragraph(
            "\(records.count - Self.shownRecords) more records are in the machine file and in the evidence pack."
          ))
      }
    }
    return blocks
  }

  /// The detections with what they say, the gravest first.
  private var detectionItems: [ListItem] {
    guard !detections.isEmpty else { return [] }
    guard !matchedDetections.isEmpty else {
      return [ListItem("Detections that matched: \(codes: detections)")]
    }
    return [
      ListItem(
        "Detections that matched:",
        children: matchedDetections.map { "\(code: $0.id) (\($0.severity.title)): \($0.title)." })
    ]
  }

  private static var shownRecords: Int { 5 }

  private var residualRiskBlocks: [Block] {
    let reasons = overrides.filter { !$0.reason.isEmpty }.map { match -> Inline in
      "Critical override \(code: match.overrideClass.rawValue) (\(match.severity.title)): \(.sentence(match.reason))"
    }
    var blocks =
      residualRisk.isEmpty && reasons.isEmpty
      ? [Block.paragraph("No outcome that stays dangerous by itself was seen in this operation.")]
      : [Block.list(residualRisk.map(Inline.sentence) + reasons)]
    if !attack.isEmpty {
      blocks.append(
        .table(
          Table(
            [Column("ATT&CK"), Column("Technique"), Column("Tactic"), Column("Confidence")],
            rows: attack.map { [.code($0.id), "\($0.name)", "\($0.tactic)", .sentence($0.confidence)] })))
    }
    return blocks
  }

  private var verificationBlocks: [Block] {
    var blocks: [Block] =
      verification.isEmpty ? [] : [.orderedList(verification.map(Inline.sentence))]
    blocks += evidenceBlocks + corroborationBlocks
    return blocks.isEmpty ? [.paragraph("Nothing has to be verified before it closes.")] : blocks
  }

  private var alertingImplicationText: Inline {
    alertingImplication.isEmpty ? "None recorded." : .sentence(alertingImplication)
  }

  private static func listed(_ texts: [String], otherwise: Inline) -> [Block] {
    texts.isEmpty ? [.paragraph(otherwise)] : [.list(texts.map(Inline.sentence))]
  }
}
