/// The reviewed table of who answers which piece of evidence, and with which fact.
struct EvidenceKinds: Sendable {
  /// What a row says of a piece.
  struct Kind: Equatable, Sendable {
    var answeredBy: EvidenceItem.Source
    var fact: String
    var ask: String
  }

  private let rows: [(words: String, kind: Kind)]

  init() {
    rows = Content.table("business-triage/references/evidence-kinds.tsv").compactMap { row in
      guard let words = row["words"],
        let source = row["answered_by"].flatMap(EvidenceItem.Source.init(rawValue:))
      else { return nil }
      return (words, Kind(answeredBy: source, fact: row["fact"] ?? "", ask: row["ask"] ?? ""))
    }
  }

  /// Who answers a piece; what no row knows is asked of the workload's owner.
  func kind(of text: String) -> Kind {
    let lower = text.lowercased()
    return rows.first { lower.contains($0.words) }?.kind
      ?? Kind(answeredBy: .people, fact: "", ask: "the workload's owner")
  }
}

/// The reviewed table of which questions to the review's events belong to an operation.
struct ReviewQuestions: Sendable {
  private let rows: [(key: String, events: EventPatterns, question: ReviewQuestion)]

  init() {
    rows = Content.table("business-triage/references/review-questions.tsv").compactMap { row in
      guard let key = row["key"], let question = row["about"].flatMap(ReviewQuestion.init(rawValue:)) else {
        return nil
      }
      return (key, EventPatterns(row["events"] ?? ""), question)
    }
  }

  /// The questions that belong to a finding, each once, in the table's order.
  func questions(for finding: Finding) -> [ReviewQuestion] {
    var keys = Set(finding.overrideClasses.map(\.rawValue) + ["any"])
    if finding.actor == "root" { keys.insert("root") }
    if finding.newDimensions.contains(.account) { keys.insert("new_account") }
    if finding.sourceKind.isUnmanaged || finding.sourceKind == .privateNetwork { keys.insert("unmanaged") }
    keys.insert(finding.businessRisk == .networkVisibility ? "network_read" : "change")
    var found: [ReviewQuestion] = []
    for row in rows where keys.contains(row.key) && !found.contains(row.question) {
      let fits = finding.tuples.contains { tuple in
        let parts = tuple.event.split(separator: ":", maxSplits: 1).map(String.init)
        return parts.count == 2 && row.events.fit(parts[0], parts[1])
      }
      if fits { found.append(row.question) }
    }
    return found
  }
}
