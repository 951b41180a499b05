/// The row of a ranked table: what ranks a finding, or the findings of a sweep, and what identifies it.
///
/// Everything else stands in the finding: a wide table can't be read in a terminal or a chat.
struct FindingRank {
  static let columns = [
    Column("Severity"), Column("Position"), Column("Event"), Column("Principal and account"),
    Column("ATT&CK (confidence)"), Column("Why"), Column("Finding"),
  ]

  private let group: [Finding]
  private let finding: Finding

  /// Nothing for no finding; of several, the first leads.
  init?(_ group: [Finding]) {
    guard let first = group.first else { return nil }
    self.group = group
    finding = first
  }

  var cells: [Inline] {
    [
      "\(finding.severity.title)", "\(finding.position.title)", .codes(finding.rankedEventNames, limit: 3),
      "\(code: finding.person ?? finding.actor) in \(account)", attack, .sentence(why),
      counted(group.count, finding.findingID),
    ]
  }

  private var account: Inline {
    let id = counted(Set(group.map(\.accountID)).count, finding.accountID)
    let account: Inline = finding.accountName.map { "\($0) \(id)" } ?? id
    let regions = Set(group.map(\.region)).count
    return finding.sweep?.regions.isEmpty == false && regions > 1 ? "\(account), \(regions) regions" : account
  }

  private var attack: Inline {
    guard let first = finding.attack.first else { return "none" }
    return "\(codes: finding.attack.map(\.id), limit: 2) (\(first.confidence))"
  }

  /// What is new and what is at stake, in few words; where neither a critical outcome nor a detection says what is, the
  /// first reason that is the finding's own, since a run without a baseline says so above the table.
  private var why: String {
    guard let stake = gravestOutcome ?? gravestDetection else {
      return finding.whyDifferent.first { $0 != Difference.withoutBaseline }
        ?? finding.detections.first.map { "Detection \(code: $0) matched." } ?? finding.title
    }
    let new = finding.newDimensions.map(\.rawValue).joined(separator: ", ")
    switch finding.normality {
    case .established: return "Recurs. \(stake)"
    case .variant, .firstSeen: return new.isEmpty ? stake : "New \(new). \(stake)"
    case .undetermined: return stake
    }
  }

  private var gravestOutcome: String? {
    finding.overrides.max { $0.severity < $1.severity }.flatMap { $0.reason.isEmpty ? nil : $0.reason }
  }

  /// What asks for a look, in a sentence; what is only noted says less than what is new.
  private var gravestDetection: String? {
    finding.matchedDetections.first { $0.severity >= .medium }.map { "\($0.title)." }
  }

  /// The first name, and how many more there are.
  private func counted(_ count: Int, _ first: String) -> Inline {
    let name: Inline = .code(first)
    return count > 1 ? "\(name) and \(count - 1) more" : name
  }
}
