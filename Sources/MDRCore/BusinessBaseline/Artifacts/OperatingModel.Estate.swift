/// The estate as a whole: what is changed most, by which ways of working, and from where.
extension OperatingModel {
  /// The changes and sign-ins that come most often, each with who makes them: the name alone says nothing.
  func frequentEvents(_ facts: EstateFacts) -> [Block] {
    let leading = facts.events.first(Self.laneLimit) {
      ($1.value.observations, $0.key) < ($0.value.observations, $1.key)
    }
    guard !leading.isEmpty else { return [] }
    let rows = leading.map { name, event -> [Inline] in
      let parts = EventParts(name)
      let makers = event.archetypes.first(3) { ($1.value, $0.key.title) < ($0.value, $1.key.title) }
        .map { "\($0.key.title) \(Share($0.value, of: event.observations).percent)" }
      return [
        "\(code: String(parts.name)) of \(code: String(parts.service))", "\(event.observations)",
        "\(event.accounts)", .text(makers.joined(separator: "; ")),
      ]
    }
    return [
      .heading(2, "Most frequent events"),
      .paragraph(
        "Calls that list and describe are left out. By its name alone no such call is normal or not: what is usual is a way of working, and stands below."
      ),
      .table(
        Table(
          ["Event", Column("Observations", .trailing), Column("Accounts", .trailing), "Made by"], rows: rows)),
    ]
  }

  /// The generations of operating models that lie on top of each other.
  func waysOfWorking(_ facts: EstateFacts) -> [Block] {
    let ranked = facts.ways.ranked
    guard !ranked.isEmpty else { return [] }
    let rows = ranked.map { way, sum -> [Inline] in
      let families = sum.families.ranked.prefix(2).map(\.family.title)
      return [
        .text(ways.ways[way].name), sum.actors.codes(limit: 4), "\(sum.accounts.count)",
        "\(sum.observations)",
        Inline(stringLiteral: Share(sum.observations, of: baseline.observations).percent),
        .text(families.joined(separator: "; ")), .text(ways.ways[way].reading),
      ]
    }
    return [
      .heading(2, "Ways of working"),
      .table(
        Table(
          [
            "Way", "Actors", Column("Accounts", .trailing), Column("Observations", .trailing),
            Column("Share", .trailing), "Mostly", "Reading",
          ], rows: rows)),
      .list(layers(ranked)),
    ]
  }

  /// Where ways of working lie beside each other, and what only one account does.
  private func layers(_ ranked: [(way: Int, sum: WayTally.Sum)]) -> [Inline] {
    var items: [Inline] = []
    let tools = ranked.filter { ways.ways[$0.way].kind == .tool }
    var deploying: [String: Int] = [:]
    for tool in tools { for account in tool.sum.accounts { deploying[account, default: 0] += 1 } }
    let mixed = deploying.filter { $0.value > 1 }
    if !mixed.isEmpty {
      items.append(
        "More than one tool deploys in \(mixed.count.of("account")): \(mixed.codes(limit: 8)). Ask which is meant to."
      )
    }
    func accounts(_ archetypes: Set<Archetype>) -> Set<String> {
      Set(sum.actors.lazy.filter { archetypes.contains($0.archetype) }.map(\.account))
    }
    let old = accounts([.iamUser])
    let people: Set<Archetype> = [.ssoAdministrator, .ssoUser, .supportRole, .federatedUser]
    let both = old.intersection(accounts(people)).sorted()
    if !both.isEmpty {
      items.append(
        "IAM users work beside single sign-on in \(both.count.of("account")): \(codes: both, limit: 8)."
      )
    }
    if let young { items.append(young) }
    if let single { items.append(single) }
    return items
  }

  /// Accounts that the window saw from some day on only.
  private var young: Inline? {
    let late = baseline.accounts.filter { $0.firstSeen.day >= baseline.window.start.day + Self.lateDays }
      .sorted { ($0.firstSeen, $0.id) < ($1.firstSeen, $1.id) }
    guard !late.isEmpty else { return nil }
    let shown = late.prefix(8).map { account -> Inline in
      "\(account.name.map { "\($0) " } ?? "")\(code: account.id) since \(Inline(stringLiteral: account.firstSeen.date))"
    }
    let rest: Inline = late.count > shown.count ? " and \(late.count - shown.count) more" : ""
    return
      "First seen within the window: \(shown.joined(separator: ", "))\(rest). Opened, acquired, or collected only since then: the logs can't tell."
  }

  /// Days after the window's start from which on an account is a late one.
  private static var lateDays: Int { 7 }

  /// Actors that no other account has: practices that are this account's own.
  ///
  /// Names with generated parts are left out, since each account has its own of them.
  private var single: Inline? {
    guard baseline.accounts.count > 1 else { return nil }
    let own: Set<Archetype> = [
      .deploymentAutomation, .buildServer, .bastion, .scheduler, .securityTooling, .networkController,
      .applicationWorkload, .iamUser, .externalAccount, .unknown,
    ]
    var homes: [String: Int] = [:]
    for actor in sum.actors { homes[actor.actor, default: 0] += 1 }
    let alone = sum.actors.filter {
      homes[$0.actor] == 1 && own.contains($0.archetype) && !$0.actor.utf8.contains(UInt8(ascii: "{"))
    }
    guard !alone.isEmpty else { return nil }
    let shown = alone.first(8) { ($1.observations, $0.actor) < ($0.observations, $1.actor) }
      .map { actor -> Inline in "\(code: actor.actor) in \(code: actor.account) (\(actor.observations))" }
    let rest: Inline = alone.count > shown.count ? " and \(alone.count - shown.count) more" : ""
    return
      "In one account only: \(shown.joined(separator: ", "))\(rest). What they do there is no measure for others."
  }

  /// Where calls come from, over all accounts.
  func origins(_ facts: EstateFacts) -> [Block] {
    let rows = SourceKind.allCases.compactMap { kind in facts.places[kind].map { (kind, $0) } }
      .enumerated().sorted {
        ($1.element.1.observations, $0.offset) < ($0.element.1.observations, $1.offset)
      }
      .map { _, place -> [Inline] in
        [
          .text(place.0.title), place.1.names.codes(limit: 12), "\(place.1.accounts)",
          "\(place.1.observations)",
          Inline(stringLiteral: Share(place.1.observations, of: baseline.observations).percent),
        ]
      }
    return [
      .heading(2, "From where"),
      .table(
        Table(
          [
            "Kind", "Sources", Column("Accounts", .trailing), Column("Observations", .trailing),
            Column("Share", .trailing),
          ], rows: rows)),
    ]
  }
}
