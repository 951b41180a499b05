/// What closes a finding, what to do next, and what the reader has to know of its limits.
extension FindingComposer {
  func evidenceRequired(
    _ matches: [OverrideMatch], _ detections: [DetectionSummary], _ table: EvidenceTable.Entry
  ) -> [String] {
    var lines: [String] = []
    for line in matches.flatMap({ overrides.entry($0.id)?.evidence ?? [] }) where !lines.contains(line) {
      lines.append(line)
    }
    if lines.isEmpty { lines = detections.first?.evidence ?? [] }
    for line in table.evidence where lines.count < 5 || matches.isEmpty {
      // "KMS key ARN." is answered by "KMS key ARN and what it encrypts." already.
      if !lines.contains(where: { $0.hasPrefix(line.dropLast()) }) { lines.append(line) }
    }
    return Array(lines.prefix(12))
  }

  func verification(_ operation: Operation, _ table: EvidenceTable.Entry) -> [String] {
    let observation = operation.lead.observation
    var steps = [
      table.question, table.couldBe.isEmpty ? "" : "It could be \(table.couldBe): each leaves other traces.",
    ]
    if let person = observation.identity.person {
      steps.append("Ask \(code: person), by another channel, whether they did this.")
    } else if observation.identity.archetype == .servicePrincipal {
      steps.append(
        "Ask the owner of account \(code: observation.accountID) who set up what \(code: observation.actor) did here."
      )
    } else {
      steps.append("Ask the owner of \(code: observation.actor) whether this was planned.")
    }
    if observation.origin.kind.isUnmanaged {
      steps.append(
        "Find out who holds \(operation.sourceIPs.sorted().prefix(3).map { "\(code: $0)" }.joined(separator: ", ")): no inventory names it."
      )
    }
    steps.append(
      operation.calls.firstSeen.isKnown
        ? "Read every other call of this principal from \(operation.calls.firstSeen.adding(-86_400).iso8601) to \(operation.calls.lastSeen.adding(86_400).iso8601)."
        : "Find out when this was, from the delivery that the record came in: it has no time. Then read every other call of this principal around it."
    )
    return steps.filter { !$0.isEmpty }
  }

  func implication(_ lead: Assessment) -> String {
    [verdict(lead), contrast(lead)].compactMap(\.self).joined(separator: " ")
  }

  /// What rules that look at the event's name alone would have made of it: one that alerts on each, and one that
  /// takes the event for usual here.
  private func contrast(_ lead: Assessment) -> String? {
    guard lead.decision.position != .normalLowRisk, let seen = lead.comparison?.counts["account×event"],
      seen >= BaselineFacts.rareLimit
    else { return nil }
    let event = lead.observation.eventName
    return
      "An alert on every \(code: event) would have fired \(seen.times) in this account's baseline; taking the event for usual here would have hidden this one."
  }

  private func verdict(_ lead: Assessment) -> String {
    switch lead.decision.position {
    case .normalLowRisk: "No alert: kept as context."
    case .normalHighResidualRisk:
      "Keep alerting. \(lead.decision.why) A signed exception with owner, ticket and expiry may say that it is expected; it stays visible."
    case .abnormalHighRisk:
      "Alert. \(lead.decision.why) One event asserts no compromise: the evidence above does or does not."
    case .unknownNeedsEvidence:
      "Review. \(lead.decision.why) Once explained, promote the tuple into the baseline or write a detection."
    }
  }

  func caveats(_ operation: Operation) -> [String] {
    var own = caveats
    if let gap = operation.lead.gap {
      own.append("The baseline has a gap where this would have been seen: \(gap.text).")
    }
    for gap in coverage.gaps
    where gap.touches(
      account: operation.key.account, from: operation.calls.firstSeen.known, to: operation.calls.lastSeen)
    {
      own.append(
        "\(gap.isDelivery ? "A file of these hours could not be read" : "The review's logs are not whole"): \(gap.text)."
      )
    }
    if operation.calls.untimed > 0 {
      let which = operation.calls.untimed == operation.calls.count ? "" : " of \(operation.calls.count)"
      own.append(
        "\(operation.calls.untimed.of("call"))\(which) with no time: nothing is said of what came before or after, and no approval, cadence or change window counts for it."
      )
    }
    if operation.hasTruncatedDetails {
      own.append("A request or response was too large to keep whole: its facts may be incomplete.")
    }
    if operation.calls.count > OperationCalls.referenceLimit {
      own.append(
        "Only the first \(OperationCalls.referenceLimit) of \(operation.calls.count) event ids are named.")
    }
    if operation.hasMoreNames {
      own.append(
        "Of each kind, only \(BoundedNames.limit) names and \(Operation.tupleLimit) tuples are told: the records have them all."
      )
    }
    return own
  }
}
