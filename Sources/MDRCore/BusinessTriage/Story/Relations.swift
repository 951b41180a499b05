/// A finding that belongs beside another, and why.
package struct RelatedFinding: Equatable, Sendable {
  package var findingID: String
  package var why: String
  /// Its severity and events; `nil` and empty where another tool left them out.
  package var severity: Severity?
  package var eventNames: [String] = []
}

/// One step of the way that a finding's events took.
package struct TimelineStep: Equatable, Sendable {
  /// Unknown where no call like it has a time: such steps come last.
  package var time: Timestamp
  package var account: String
  package var principal: String
  package var source: String
  package var event: String
  /// Calls like it in the finding.
  package var count: Int
  /// Those of them that were denied or failed.
  package var refused: Int
  package var eventID: String
  /// The finding that it belongs to; `nil` for what no finding lists.
  package var findingID: String?
}

/// How findings hang together: by principal, role assumption, created identity, resource or source.
struct Relations {
  /// Findings that one points to.
  static let limit = 10
  /// Findings of a sweep over regions that one points to, so that others have room.
  static let sweptRegions = 4
  /// Role assumptions that a timeline goes back over.
  static let depth = 5

  private let findings: [Finding]
  private let index: ReviewIndex
  private let byPrincipal: [String: [Int]]
  private let byActor: [String: [Int]]
  private let byResource: [String: [Int]]
  private let bySource: [String: [Int]]
  private let byFunction: [String: [Int]]
  private let byNewKey: [String: [Int]]
  private let bySigningKey: [String: [Int]]

  init(_ findings: [Finding], index: ReviewIndex) {
    self.findings = findings
    self.index = index
    func gathered(_ names: (Finding) -> [String]) -> [String: [Int]] {
      var found: [String: [Int]] = [:]
      for (position, finding) in findings.enumerated() {
        for name in Set(names(finding)) { found[name, default: []].append(position) }
      }
      return found
    }
    byPrincipal = gathered { [$0.accountID + " " + ($0.person ?? $0.actor)] }
    byActor = gathered { [$0.accountID + " " + $0.actor] }
    byResource = gathered { finding in
      finding.resources.flatMap(ResourceNames.all).map { finding.accountID + " " + $0 }
    }
    byFunction = gathered { finding in
      (finding.targets["function"] ?? []).map {
        finding.accountID + " " + String($0.split(separator: ":").last ?? "")
      }
    }
    byNewKey = gathered { $0.newAccessKeys }
    bySigningKey = gathered { $0.signingKeys }
    bySource = gathered { $0.sourceKind.isUnmanaged || $0.sourceKind == .privateNetwork ? [$0.source] : [] }
  }

  /// The findings that a finding points to, the nearest relation first; `sweep` are the others of its sweep.
  func related(to position: Int, sweep: [Int]) -> [RelatedFinding] {
    let finding = findings[position]
    var found: [RelatedFinding] = []
    func add(_ others: [Int]?, _ why: String) {
      for other in (others ?? []).prefix(Self.limit * 4) where other != position && found.count < Self.limit {
        let one = findings[other]
        if !found.contains(where: { $0.findingID == one.findingID }) {
          found.append(
            RelatedFinding(
              findingID: one.findingID, why: why, severity: one.severity, eventNames: one.rankedEventNames))
        }
      }
    }
    for identity in finding.touchedIdentities {
      add(
        byActor[finding.accountID + " " + identity], "Made by an identity that this one created or changed.")
    }
    for key in finding.newAccessKeys {
      add(bySigningKey[key], "Signed with the access key that this one made.")
    }
    for key in finding.signingKeys {
      add(byNewKey[key], "Made the access key that this one was signed with.")
    }
    let makers = creators(of: finding).filter { $0 != position }
    add(makers, "Created or changed the identity that this one was made by.")
    if let assumption = index.assumption(of: finding.session, before: finding.firstSeen) {
      add(
        byPrincipal[assumption.call.account + " " + assumption.call.principal],
        "Made by the principal that took the role for this one.")
    }
    if finding.actor.hasPrefix("role:") {
      // A function's role is taken in a session of the function's name.
      for session in finding.sessions {
        add(
          byFunction[finding.accountID + " " + session]?.filter {
            findings[$0].firstSeen <= finding.lastSeen.inOrder
          }, "Changed, ran or read the function that this session is named after.")
      }
    }
    let swept = sweep.filter {
      findings[$0].accountID == finding.accountID && findings[$0].region != finding.region
    }
    add(
      Array(swept.prefix(Self.sweptRegions)), "The same by the same principal in another region: one sweep.")
    add(
      byPrincipal[finding.accountID + " " + (finding.person ?? finding.actor)],
      "The same principal in the same account, at something else or from another source.")
    for resource in finding.resources.flatMap(ResourceNames.all) {
      add(byResource[finding.accountID + " " + resource], "Touches the same resource.")
    }
    add(sweep, "The same by the same principal in another account: one sweep.")
    add(bySource[finding.source], "From the same source.")
    return found
  }

  private func creators(of finding: Finding) -> [Int] {
    guard let name = finding.actor.split(separator: ":", maxSplits: 1).last.map(String.init) else {
      return []
    }
    let kind = finding.actor.hasPrefix("user:") ? "user/" : "role/"
    return (byResource[finding.accountID + " " + kind + name] ?? []).filter {
      findings[$0].touchedIdentities.contains(finding.actor)
        && findings[$0].firstSeen <= finding.lastSeen.inOrder
    }
  }

  /// The steps: role assumptions that led there, the finding's own calls, and those of the identities it made.
  func timeline(of position: Int, _ subject: ReviewSubject, _ operation: Operation) -> [TimelineStep] {
    let finding = findings[position]
    var steps = operation.calls.firstOfEvents.sorted {
      ($0.value.time.inOrder, $0.key) < ($1.value.time.inOrder, $1.key)
    }.prefix(20)
      .map {
        TimelineStep(
          time: $1.time, account: finding.accountID, principal: finding.person ?? finding.actor,
          source: finding.source, event: $0, count: operation.calls.events[$0] ?? 1,
          refused: operation.calls.refused[$0] ?? 0, eventID: $1.eventID, findingID: finding.findingID)
      }
    var (session, time) = (finding.session, finding.firstSeen)
    for _ in 0..<Self.depth {
      guard let assumption = index.assumption(of: session, before: time),
        !steps.contains(where: { $0.eventID == assumption.eventID.text })
      else { break }
      let call = assumption.call
      steps.append(
        TimelineStep(
          time: assumption.time, account: call.account, principal: call.principal, source: call.source,
          event: call.eventName, count: 1, refused: 0, eventID: assumption.eventID.text, findingID: nil))
      (session, time) = (assumption.caller, assumption.time)
    }
    for entry in index.entries(.newIdentityUse, about: subject).found.prefix(5) {
      let call = index.call(entry)
      steps.append(
        TimelineStep(
          time: entry.first, account: finding.accountID, principal: index.name(call.principal),
          source: index.name(call.source),
          event: String(index.name(call.event).split(separator: ":").last ?? ""), count: Int(entry.count),
          refused: call.outcome == .success ? 0 : Int(entry.count), eventID: entry.eventID.text,
          findingID: nil))
    }
    return steps.sorted { ($0.time.inOrder, $0.eventID) < ($1.time.inOrder, $1.eventID) }
  }
}
