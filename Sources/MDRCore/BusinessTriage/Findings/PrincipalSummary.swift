/// All findings of one principal at a glance: they are asked about together, whatever they were ranked as.
struct PrincipalSummary {
  static let columns = [
    Column("Principal"), Column("Findings"), Column("Accounts"), Column("First and last seen"),
    Column("Sources"), Column("Gravest calls"),
  ]

  /// The person where the log names one, else the actor.
  let principal: String
  /// The gravest first.
  let findings: [Finding]

  /// The principals of several findings, in the order of their gravest one.
  static func summaries(of findings: [Finding]) -> [PrincipalSummary] {
    var places: [String: Int] = [:]
    var groups: [(principal: String, findings: [Finding])] = []
    for finding in findings {
      let principal = finding.person ?? finding.actor
      if let place = places[principal] {
        groups[place].findings.append(finding)
      } else {
        places[principal] = groups.count
        groups.append((principal, [finding]))
      }
    }
    return groups.filter { $0.findings.count > 1 }
      .map { PrincipalSummary(principal: $0.principal, findings: $0.findings) }
  }

  var cells: [Inline] {
    [
      .code(principal), "\(severities)", .codes(distinct(\.accountID), limit: 3), "\(times)",
      .codes(distinct(\.source), limit: 3), .codes(gravestCalls, limit: 4),
    ]
  }

  /// Such as "3: 1 critical, 2 high".
  private var severities: String {
    let counts = Severity.allCases.sorted(by: >).compactMap { severity in
      let count = findings.count { $0.severity == severity }
      return count > 0 ? "\(count) \(severity.rawValue)" : nil
    }
    return "\(findings.count): \(counts.joined(separator: ", "))"
  }

  /// That of each finding.
  private var gravestCalls: [String] { distinct(\.rankedEventNames.first) }

  private var times: String {
    guard let first = findings.map(\.firstSeen).filter(\.isKnown).min(),
      let last = findings.map(\.lastSeen).filter(\.isKnown).max()
    else { return "unknown" }
    return first == last ? first.iso8601 : "\(first.iso8601) to \(last.iso8601)"
  }

  /// In the order in which the findings name them.
  private func distinct(_ value: (Finding) -> String?) -> [String] {
    var seen: Set<String> = []
    return findings.compactMap(value).filter { seen.insert($0).inserted }
  }
}
