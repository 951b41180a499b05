/// Operations in which a service of AWS carries out, place by place, what somebody asked for in another finding.
struct CarriedOut {
  private struct Row {
    var actor: String
    var source: String
    var causes: EventPatterns
    var why: String
  }

  /// An operation that asked for what a row's service does.
  private struct Cause {
    var row: Int
    var principal: String
    var account: String
    var event: String
    var times: ClosedRange<Timestamp>
    var severity: Severity
  }

  /// How long after it was asked for a service begins, in seconds.
  private static let delay = 3_600

  private let rows: [Row]
  private var causes: [Cause] = []

  init(_ operations: some Sequence<Operation>) {
    rows = Content.table("business-triage/references/carried-out.tsv").compactMap { row in
      guard let actor = row["actor"], let source = row["source"], let causes = row["causes"],
        let why = row["why"]
      else { return nil }
      return Row(actor: actor, source: source, causes: EventPatterns(causes), why: why)
    }
    for operation in operations { note(operation) }
    causes.sort {
      ($0.times.lowerBound, $0.principal, $0.account) < ($1.times.lowerBound, $1.principal, $1.account)
    }
  }

  private mutating func note(_ operation: Operation) {
    let calls = operation.calls
    for (number, row) in rows.enumerated() where operation.key.source != row.source {
      let asked = operation.rankedEvents.first { event in
        !calls.isRefused(event) && calls.services.contains { row.causes.fit($0, event) }
      }
      guard let asked, let first = calls.firstOfEvents[asked]?.time, first.isKnown else { continue }
      causes.append(
        Cause(
          row: number, principal: operation.key.principal, account: operation.key.account, event: asked,
          times: first...max(first, calls.lastSeen), severity: operation.lead.decision.severity))
    }
  }

  /// The operation, of medium weight where it only carries out what a finding of its weight asked for.
  func weighed(_ operation: Operation) -> Operation {
    let severity = operation.lead.decision.severity
    guard severity > .medium, !causes.isEmpty, operation.calls.firstSeen.isKnown,
      let number = rows.firstIndex(where: {
        $0.actor == operation.lead.observation.actor && $0.source == operation.key.source
      }),
      let cause = causes.last(where: {
        $0.row == number && $0.severity >= severity && $0.times.lowerBound <= operation.calls.firstSeen
          && operation.calls.lastSeen <= $0.times.upperBound.adding(Self.delay)
      })
    else { return operation }
    var operation = operation
    operation.lessen(
      [
        "It carries out what \(code: cause.principal) asked for in \(code: cause.account) with \(code: cause.event) at \(cause.times.lowerBound.shown), a finding of its own: \(rows[number].why)"
      ], isExplained: true)
    return operation
  }
}
