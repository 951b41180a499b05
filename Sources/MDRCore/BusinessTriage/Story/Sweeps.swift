/// The same operation by one principal in several accounts, such as a setting that an administrator changes everywhere, or
/// in several regions of one, such as machines that a stolen key starts wherever it can: one piece of work, although the
/// baseline judges each share of it by itself.
struct Sweeps {
  /// Accounts, or regions of one account, from which on it is one.
  private static let leastPlaces = 3
  /// How far apart its findings begin at most, in seconds.
  private static let pause = 6 * 3_600

  private let findings: [Finding]
  /// The findings of its sweep, by the position of each, in the order of time.
  private var members: [Int: [Int]] = [:]

  init(_ findings: [Finding]) {
    self.findings = findings
    let groups = Dictionary(grouping: findings.indices.filter { findings[$0].firstSeen.isKnown }) {
      SweptWork(findings[$0])
    }
    for group in groups.values where group.count >= Self.leastPlaces {
      let ordered = group.sorted {
        (findings[$0].firstSeen, findings[$0].findingID) < (findings[$1].firstSeen, findings[$1].findingID)
      }
      var run: [Int] = []
      for position in ordered {
        if let last = run.last, findings[position].firstSeen > findings[last].firstSeen.adding(Self.pause) {
          note(run)
          run = []
        }
        run.append(position)
      }
      note(run)
    }
  }

  private mutating func note(_ run: [Int]) {
    if Set(run.map { findings[$0].accountID }).count >= Self.leastPlaces {
      for position in run { members[position] = run }
      return
    }
    for share in Dictionary(grouping: run, by: { findings[$0].accountID }).values
    where regions(of: share).count >= Self.leastPlaces {
      for position in share { members[position] = share }
    }
  }

  private func regions(of run: [Int]) -> [String] { Set(run.map { findings[$0].region }).sorted() }

  /// The other findings of a finding's sweep.
  func others(of position: Int) -> [Int] { members[position]?.filter { $0 != position } ?? [] }

  /// Tells a finding what it is part of.
  func complete(_ finding: inout Finding, at position: Int) {
    guard let run = members[position] else { return }
    let accounts = Set(run.map { findings[$0].accountID }).sorted()
    guard let first = run.first, let last = run.map({ findings[$0].lastSeen }).max() else { return }
    let regions = accounts.count < Self.leastPlaces ? regions(of: run) : []
    let places =
      regions.isEmpty ? "\(accounts.count) accounts" : "\(regions.count) regions of this account"
    finding.sweep = Sweep(accounts: accounts, regions: regions, firstSeen: findings[first].firstSeen)
    finding.whyDifferent.insert(
      """
      One sweep: the same principal did the same in \(places) from \
      \(findings[first].firstSeen.shown) to \(last.shown).
      """, at: min(finding.newDimensions.count, finding.whyDifferent.count))
    finding.verification.append(
      "Ask once for all \(places): is it one planned change, and does its record list each of them?"
    )
  }
}

extension [Finding] {
  /// The findings in their order, those of one sweep together where the first of them stands.
  var bySweep: [[Finding]] {
    var groups: [[Finding]] = []
    var places: [SweptWork: Int] = [:]
    for finding in self {
      guard finding.sweep != nil else {
        groups.append([finding])
        continue
      }
      let sweep = SweptWork(finding)
      if let place = places[sweep] {
        groups[place].append(finding)
      } else {
        places[sweep] = groups.count
        groups.append([finding])
      }
    }
    return groups
  }
}

/// What all findings of a sweep have in common; once they are told of it, its accounts and its start as well, which tell
/// it from another of the same kind.
private struct SweptWork: Hashable {
  var principal: String
  var actor: String
  var source: String
  var events: [String]
  var position: Position
  var severity: Severity
  var newDimensions: [Dimension]
  var sweep: Sweep?

  init(_ finding: Finding) {
    (principal, actor, source) = (finding.person ?? finding.actor, finding.actor, finding.source)
    (events, position, severity) = (finding.eventNames, finding.position, finding.severity)
    // Where one setting reaches everywhere, some of the accounts know its principal and others don't.
    (newDimensions, sweep) = (finding.newDimensions.filter { $0 != .account }, finding.sweep)
  }
}
