/// The explanation of a finding in the shape that a written one has, made of nothing but its own words.
struct Explanation {
  /// The parts, each of which an explanation has to have.
  static let parts = [
    "What happened", "The same as always", "Different", "Stays dangerous because", "Closes with",
  ]

  let finding: Finding

  /// The document.
  var document: Document {
    Document([
      .paragraph(
        "**\(.sentence(finding.title))** (\(code: finding.findingID), \(finding.severity.rawValue), \(finding.position.title))"
      ),
      .paragraph("**What happened**: \(whatHappened)"),
      .paragraph("**The same as always**: \(same)"),
      .paragraph("**Different**: \(different)"),
      .paragraph("**Stays dangerous because**: \(dangerous)"),
      .paragraph("**Closes with**:"),
      .list(evidence),
    ])
  }

  private var whatHappened: Inline {
    let who: Inline =
      finding.person.map { "\(code: finding.actor), person \(code: $0)," } ?? .code(finding.actor)
    let calls: Inline = finding.count == 1 ? "1 call" : "\(finding.count) calls"
    let times = finding.firstSeen.span(to: finding.lastSeen)
    return
      "\(who) called \(codes: finding.rankedEventNames) in account \(code: finding.accountID) from \(code: finding.source), \(finding.allRegions.count == 1 ? "region" : "regions") \(codes: finding.allRegions): \(calls), \(times)."
  }

  private var same: Inline {
    guard finding.normality != .undetermined || !finding.subsetCounts.isEmpty else {
      return "nothing that a baseline could tell."
    }
    let known = finding.subsetCounts.filter { $0.value > 0 }
    let largest = TupleDimensions.projections.filter { known[$0.name] != nil }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }.first
    guard let largest else { return "nothing of it was seen before." }
    // Of what is established, the reasons say how it is as always.
    if finding.normality == .established, !finding.whyDifferent.isEmpty {
      return finding.whyDifferent.prefix(3).map(Inline.sentence).joined(separator: " ")
    }
    let parts = largest.dimensions.map { dimension -> Inline in
      value(of: dimension).map { "\(dimension.rawValue) \(code: $0)" } ?? "\(dimension.rawValue)"
    }
    return
      "\(parts.joined(separator: ", ")): \(largest.count > 1 ? "together " : "")\((known[largest.name] ?? 0).seen) before."
  }

  /// What the finding has in a dimension of the tuple; `nil` where that is more than one value.
  private func value(of dimension: Dimension) -> String? {
    switch dimension {
    case .account: finding.accountID
    case .actor: finding.actor
    case .event: finding.eventNames.count == 1 ? finding.eventNames[0] : nil
    case .source: finding.source
    case .region: finding.region
    case .resource, .target, .cadence, .person: nil
    }
  }

  private var different: Inline {
    if finding.normality == .established, finding.newDimensions.isEmpty {
      return "nothing that the baseline compares."
    }
    let why = finding.whyDifferent.prefix(max(1, finding.newDimensions.count + 1)).map(Inline.sentence)
    return why.isEmpty ? "nothing recorded." : why.joined(separator: " ")
  }

  private var dangerous: Inline {
    let reasons =
      finding.overrides.map { "override class \($0.overrideClass.rawValue): \($0.reason)" }
      + finding.residualRisk
    guard !reasons.isEmpty else { return "no outcome that stays dangerous by itself was seen." }
    return reasons.map(Inline.sentence).joined(separator: " ")
  }

  private var evidence: [Inline] {
    guard !finding.evidence.isEmpty else { return finding.evidenceRequired.map { "open: \(.sentence($0))" } }
    return finding.evidence.map { item in
      item.answer.map { "\(item.id), answered: \(.sentence(item.text)) \(.sentence($0))" }
        ?? "\(item.id), open: \(.sentence(item.text)) Ask \(item.ask)."
    }
  }
}
