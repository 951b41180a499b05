/// The section of one account: what runs there, who operates it and how, and what to verify.
struct AccountModel: Sendable {
  let model: OperatingModel
  let account: BaselineAccount
  let lanes: ArraySlice<Lane>
  let facts: AccountFacts
  /// The workloads of the account, those with the most calls first.
  let workloadShares: [WorkloadShare]
  /// The actors of the account, sorted by name.
  let actors: ArraySlice<ActorModel>
  /// The account's observations by way of working.
  let ways: WayTally

  init(_ model: OperatingModel, account: BaselineAccount) {
    self.model = model
    self.account = account
    lanes = model.baseline.lanes.lanes(of: account.id)
    actors = model.sum.actors.actors(of: account.id)
    facts = AccountFacts(lanes, risks: model.risks)
    ways = Self.ways(of: actors, model.ways)
    workloadShares = Self.workloadShares(of: account.id, facts, model)
  }

  var blocks: [Block] {
    let title: Inline = account.name.map { "\($0) (\(code: account.id))" } ?? "\(code: account.id)"
    return [.heading(2, title), .paragraph(sentence)] + operation + workloads + families + operators + sources
      + footprint
      + security + sequences + verification + silences + rarities + risks + tuples
  }

  private var sentence: Inline {
    let age: Inline =
      account.isMature
      ? "" : " The baseline is thin here: what looks new in this account is undetermined, not abnormal."
    return """
      \(account.observations.of("observation")) on \(account.daysObserved.of("day")), \
      \(account.firstSeen.date) to \(account.lastSeen.date); \(account.establishedLanes) of \(account.lanes) lanes are established. \
      \(MaturityWording(maturity: account.maturity).sentence)\(age)
      """
  }

  private var families: [Block] {
    let rows = account.families.ranked.prefix(6).map { family, count -> [Inline] in
      [
        .text(family.title), "\(count)",
        Inline(stringLiteral: Share(count, of: account.observations).percent),
      ]
    }
    return [
      .heading(3, "What happens here"),
      .table(
        Table(
          ["Business family", Column("Observations", .trailing), Column("Share", .trailing)],
          rows: Array(rows))),
    ]
  }

  private var operators: [Block] {
    let rows = facts.rankedArchetypes.map { archetype, group -> [Inline] in
      [
        .text(archetype.title), group.names.codes(limit: 5), group.people.sortedCodes(limit: 5),
        "\(group.count)",
      ]
    }
    return [
      .heading(3, "Who operates it"),
      .table(Table(["Archetype", "Actors", "People", Column("Observations", .trailing)], rows: rows)),
    ] + actorTable
  }

  private var sources: [Block] {
    let rows = facts.rankedPlaces.map { kind, group -> [Inline] in
      [.text(kind.title), group.names.codes(limit: 6), "\(group.count)"]
    }
    return [
      .heading(3, "From where"),
      .table(Table(["Kind", "Sources", Column("Observations", .trailing)], rows: rows)),
    ] + ownership
  }

  private var footprint: [Block] {
    [
      .paragraph("Regions: \(facts.regions.codes(limit: 12))."),
      .paragraph(
        facts.resources.count == 0
          ? "The events name no resources."
          : "Resources expected to be touched: \(facts.resources.codes(limit: 12))."),
    ]
  }

  private var verification: [Block] {
    let critical = facts.critical
    guard !critical.isEmpty else { return [] }
    let rows = leading(critical[...], OperatingModel.shortLimit).map { lane -> [Inline] in
      [
        .code(lane.key.actor), .code(lane.eventName), .code(lane.key.source),
        .text(
          OverrideClass.allCases.filter { lane.overrides[$0] != nil }.map(\.title).joined(separator: ", ")),
        "\(lane.count)", "\(lane.days.count)", .text(lane.cadence?.description ?? "no beat"),
      ]
    }
    return [
      .heading(3, "Normal, and still to be verified"),
      .table(
        Table(
          [
            "Actor", "Event", "Source", "Critical outcome", Column("Times", .trailing),
            Column("Days", .trailing),
            "Cadence",
          ], rows: rows)),
    ] + remainder(critical.count, OperatingModel.shortLimit)
  }

  private var rarities: [Block] {
    let rare = facts.rare
    guard !rare.isEmpty else { return [] }
    let leading = rare.first(OperatingModel.shortLimit) {
      ($0.overrides.isEmpty ? 1 : 0, $1.lastSeen) < ($1.overrides.isEmpty ? 1 : 0, $0.lastSeen)
    }
    let rows = leading.map { lane -> [Inline] in
      [
        .code(lane.key.actor), .code(lane.eventName), .code(lane.key.source), .code(lane.key.region),
        "\(lane.count)", "\(lane.days.count)", Inline(stringLiteral: lane.lastSeen.date),
      ]
    }
    return [
      .heading(3, "Rare, or seen only lately"),
      .table(
        Table(
          [
            "Actor", "Event", "Source", "Region", Column("Times", .trailing), Column("Days", .trailing),
            "Last seen",
          ], rows: rows)),
    ] + remainder(rare.count, OperatingModel.shortLimit)
  }

  private var risks: [Block] {
    let list = facts.risks.blocks
    return list.isEmpty ? [] : [.heading(3, "Where the operation exceeds acceptable risk")] + list
  }

  private var tuples: [Block] {
    let rows = leading(lanes, OperatingModel.laneLimit).map { lane -> [Inline] in
      [
        .code(lane.key.account), .code(lane.key.actor), .code(lane.eventName), .code(lane.key.source),
        .code(lane.key.region), "\(lane.count)", .text(model.wording.position(of: lane)),
      ]
    }
    return [
      .heading(3, "Business Baseline Tuple"),
      .table(
        Table(
          [
            "Account", "Actor", "Event", "Source", "Region", Column("Prior observations", .trailing),
            "Baseline position",
          ], rows: rows)),
    ] + remainder(lanes.count, OperatingModel.laneLimit)
  }

  func remainder(_ count: Int, _ limit: Int) -> [Block] {
    count > limit ? [.paragraph("\(count - limit) more are in `lanes.jsonl`.")] : []
  }

  /// The lanes with the most observations; ties go to the lane that sorts first.
  private func leading(_ lanes: ArraySlice<Lane>, _ limit: Int) -> [Lane] {
    lanes.indices.first(limit) { lanes[$0].count > lanes[$1].count }.map { lanes[$0] }
  }
}

extension Lane {
  /// The event's name without its service.
  var eventName: String { String(EventParts(key.event).name) }
}

/// The name of an event's service, and of the event in it.
struct EventParts {
  let service: Substring
  let name: Substring

  init(_ event: String) {
    // A colon is never part of a longer character in UTF-8, so it can be looked for byte by byte.
    if let colon = event.utf8.firstIndex(of: UInt8(ascii: ":")), colon > event.startIndex,
      event.utf8.allSatisfy({ $0 < 0x80 })
    {
      service = event[..<colon]
      let rest = event[event.utf8.index(after: colon)...]
      name = rest.isEmpty ? service : rest
    } else {
      let parts = event.split(separator: ":", maxSplits: 1)
      service = parts.first ?? ""
      name = parts.last ?? ""
    }
  }
}

extension OverrideClass {
  /// The name for people, such as "public exposure".
  package var title: String { self == .kms ? "KMS" : rawValue.words }
}
