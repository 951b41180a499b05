/// The page that tells people how the estate and each of its accounts operate, and where to look.
struct OperatingModel: Sendable {
  let baseline: Baseline
  let inventory: Inventory
  let wording = LaneWording()
  let risks = ResidualRisks()
  let interpretations = FamilyInterpretations()
  let kinds = ResourceKinds()
  let ways = WaysOfWorking()
  /// The owned addresses behind each source, by name.
  let owners: [String: [Inventory.OwnedAddress]]

  /// The most rows in a table of lanes, and the most accounts with a section of their own; the rest are only counted.
  static let laneLimit = 20
  static let shortLimit = 10
  static let accountLimit = 200

  let sum: EstateSum
  private let jobs: Int

  /// The model of a baseline; accounts are described on `jobs` threads.
  init(_ baseline: Baseline, inventory: Inventory, jobs: Int = 1) {
    self.jobs = jobs
    self.baseline = baseline
    sum = baseline.sum(jobs: jobs)
    self.inventory = inventory
    owners = Dictionary(grouping: inventory.ownedAddresses.values) { "owned:" + $0.pool }
      .mapValues { $0.sorted { ($0.name, $0.address) < ($1.name, $1.address) } }
  }

  /// The page.
  var document: Document {
    var document = Document([
      .heading(1, "Business baseline"),
      .paragraph(summary),
      .paragraph(
        """
        This is how these accounts appear to operate. It does not say that they are safe: recurrence is context, \
        not approval, and critical outcomes stay alertable however often they recur.
        """),
    ])
    if !baseline.caveats.isEmpty {
      document.append(.quote([.paragraph("**Caveats**"), .list(baseline.caveats.map { .text($0) })]))
    }
    let shown = baseline.accounts.sorted { ($1.observations, $0.id) < ($0.observations, $1.id) }
    let made = ConcurrentMap(jobs: jobs).map(shown.count) { number -> Part in
      let account = AccountModel(self, account: shown[number])
      return Part(
        blocks: number < Self.accountLimit ? account.blocks : [], purpose: purpose(of: account),
        risks: account.facts.risks, facts: EstateFacts(account))
    }
    var estate = EstateFacts()
    for section in made { estate.formUnion(section.facts) }
    let purposes = Dictionary(
      zip(shown.map(\.id), made.map(\.purpose)), uniquingKeysWith: { first, _ in first })
    document += families + frequentEvents(estate) + waysOfWorking(estate) + origins(estate)
    document +=
      establishment + accountTable(purposes) + securityCoverage + logIntegrity + changeWindows
      + estateRisks(made)
    for section in made { document += section.blocks }
    if shown.count > Self.accountLimit {
      document.append(
        .paragraph(
          "\(shown.count - Self.accountLimit) accounts with fewer observations are in `lanes.jsonl` only."))
    }
    return document
  }

  /// What one thread makes of the page.
  private struct Part: Sendable {
    var blocks: [Block]
    /// What an account is for.
    var purpose: Inline
    var risks: RiskTally
    var facts: EstateFacts
  }

  private var summary: Inline {
    let window = baseline.window
    let cutOff: Inline = window.cutOff.map { ", cut off at \($0)" } ?? ""
    let later: Inline =
      baseline.laterObservations == 0
      ? "" : " \(baseline.laterObservations.of("later observation")) left for the review."
    return """
      \(baseline.observations.of("observation")) in \(baseline.accounts.count.of("account")) from \
      \(window.start) to \(window.end) (\(window.days.of("day")))\(cutOff).\(later)
      """
  }

  private var families: [Block] {
    let rows = baseline.families.ranked.map { family, count -> [Inline] in
      let share = Share(count, of: baseline.observations)
      return [
        .text(family.title), "\(count)", Inline(stringLiteral: share.percent),
        .text(interpretations.sentence(for: family, share: share)),
      ]
    }
    return [
      .heading(2, "Baseline families"),
      .table(
        Table(
          [
            "Baseline family", Column("Observations", .trailing), Column("Share", .trailing),
            "Interpretation",
          ],
          rows: rows)),
    ]
  }

  private var establishment: [Block] {
    let thresholds = baseline.thresholds
    var rows: [(name: Inline, value: Inline)] = [
      ("Lanes", "\(baseline.lanes.count): each one account, actor, event, source and region"),
      ("Established", "\(sum.established): they recur, as the thresholds below ask"),
      (
        "Standing on other accounts",
        "\(sum.borrowed) of them: young here, and the same elsewhere"
      ),
      (
        "Hanging on one day",
        """
        \(sum.hanging) of them: established by no more than what is asked for, so that \
        any one day less would undo it
        """
      ),
      ("Recurring, never successful", "\(sum.attempted)"),
      ("Seen, not established", "\(sum.observed)"),
      ("Next day", MaturityWording(maturity: sum.maturity).sentence),
      ("Approved by people", "\(sum.approved)"),
      (
        "Asked of a lane",
        """
        \(thresholds.distinctDays) days and \(thresholds.sessions) sessions, first and last \
        \(thresholds.spreadDays) days or \(thresholds.spreadPercent)% of the window apart
        """
      ),
      (
        "Asked of critical outcomes",
        """
        \(thresholds.overrideDays) days, or a regular beat of a machine, over \(thresholds.overrideSpreadPercent)% of the window
        """
      ),
    ]
    if let start = baseline.quarantineStart {
      rows.append(
        ("Quarantined", "days from \(Timestamp.startOfDay(start).date) on: counted, but establishing nothing")
      )
    }
    return [.heading(2, "How sure it is"), .fields(rows)]
  }

  private func accountTable(_ purposes: [String: Inline]) -> [Block] {
    let rows = baseline.accounts.map { account -> [Inline] in
      [
        .code(account.id), account.name.map(Inline.text) ?? "not in the inventory",
        purposes[account.id] ?? "", "\(account.observations)",
        "\(account.daysObserved) since \(account.firstSeen.date)",
        "\(account.establishedLanes) of \(account.lanes)",
        MaturityWording(maturity: account.maturity).recognised, account.isMature ? "mature" : "thin",
      ]
    }
    var blocks: [Block] = [
      .heading(2, "Accounts"),
      .table(
        Table(
          [
            "Account", "Name", "Purpose, or what it does most", Column("Observations", .trailing),
            Column("Days", .trailing), Column("Lanes established", .trailing),
            Column("Next day known", .trailing), "Baseline",
          ], rows: rows)),
      .paragraph(
        """
        A thin account was seen for less than \(baseline.thresholds.matureDays) days, or shows on its median day more \
        than \(baseline.thresholds.thinUnseenPercent)% that no other day did: what looks new there is undetermined.
        """),
    ]
    let silent = (inventory.organizationAccounts ?? []).subtracting(baseline.accounts.map(\.id)).sorted()
    if !silent.isEmpty {
      blocks.append(
        .paragraph("In the organisation without a single observation: \(codes: silent, limit: 20)."))
    }
    return blocks
  }

  /// What the inventory says of the account's purpose, or else its two largest families.
  private func purpose(of model: AccountModel) -> Inline {
    if let purpose = inventory.accounts[model.account.id]?.purpose { return .text(purpose) }
    let workloads = model.workloadShares.prefix(3).map(\.workload)
    if !workloads.isEmpty { return .text(workloads.joined(separator: ", ")) }
    return .text(model.account.families.ranked.prefix(2).map(\.family.title).joined(separator: "; "))
  }

  /// The rules that fit lanes of any account.
  private func estateRisks(_ accounts: [Part]) -> [Block] {
    var sum = RiskTally(risks)
    for account in accounts { sum.formUnion(account.risks) }
    let blocks = sum.blocks
    return blocks.isEmpty
      ? [] : [.heading(2, "Where the operation exceeds acceptable risk")] + blocks
  }
}

extension Column: ExpressibleByStringLiteral {
  package init(stringLiteral title: String) { self.init(Inline(stringLiteral: title)) }
}
