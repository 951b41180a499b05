/// The section of one account: what runs there, who operates it and how, and what to verify.
struct AccountModel: Sendable {
  let model: OperatingModel
  let account: BaselineAccount
  let lanes: ArraySlice<Lane>
  /// The workloads of the account, those with the most calls first.
  let workloadShares: [WorkloadShare]

  init(_ model: OperatingModel, account: BaselineAccount) {
    self.model = model
    self.account = account
    lanes = model.baseline.lanes.lanes(of: account.id)
    workloadShares = Self.workloadShares(of: account.id, lanes, model)
  }

  var blocks: [Block] {
    let title: Inline = account.name.map { "\($0) (\(code: account.id))" } ?? "\(code: account.id)"
    return [.heading(2, title), .paragraph(sentence)] + workloads + families + actors + sources + footprint
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

  private var actors: [Block] {
    let rows = grouped(lanes, by: \.archetype).map { archetype, lanes -> [Inline] in
      let people = Set(lanes.flatMap(\.people.counts.keys)).sorted()
      return [
        .text(archetype.title), .codes(names(lanes, \.key.actor), limit: 5), .codes(people, limit: 5),
        "\(lanes.reduce(0) { $0 + $1.count })",
      ]
    }
    return [
      .heading(3, "Who operates it"),
      .table(Table(["Archetype", "Actors", "People", Column("Observations", .trailing)], rows: rows)),
    ] + actorTable
  }

  private var sources: [Block] {
    let rows = grouped(lanes, by: \.sourceKind).map { kind, lanes -> [Inline] in
      [
        .text(kind.title), .codes(names(lanes, \.key.source), limit: 6),
        "\(lanes.reduce(0) { $0 + $1.count })",
      ]
    }
    return [
      .heading(3, "From where"),
      .table(Table(["Kind", "Sources", Column("Observations", .trailing)], rows: rows)),
    ] + ownership
  }

  private var footprint: [Block] {
    let regions = totals(lanes.map { ($0.key.region, $0.count) })
    let resources = totals(lanes.flatMap { lane in lane.resourcePatterns.counts.map { ($0.key, $0.value) } })
    return [
      .paragraph("Regions: \(codes: regions.map(\.value), limit: 12)."),
      .paragraph(
        resources.isEmpty
          ? "The events name no resources."
          : "Resources expected to be touched: \(codes: resources.map(\.value), limit: 12)."),
    ]
  }

  private var verification: [Block] {
    let critical = ranked(lanes.filter { !$0.overrides.isEmpty && $0.standing == .established })
    guard !critical.isEmpty else { return [] }
    let rows = critical.prefix(OperatingModel.shortLimit).map { lane -> [Inline] in
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
          ], rows: Array(rows))),
    ] + remainder(critical.count, OperatingModel.shortLimit)
  }

  private var rarities: [Block] {
    let rare = lanes.filter {
      $0.standing == .observed && (!$0.overrides.isEmpty || $0.sourceKind.isUnmanaged || $0.archetype.isHuman)
    }.sorted {
      ($0.overrides.isEmpty ? 1 : 0, $1.lastSeen) < ($1.overrides.isEmpty ? 1 : 0, $0.lastSeen)
    }
    guard !rare.isEmpty else { return [] }
    let rows = rare.prefix(OperatingModel.shortLimit).map { lane -> [Inline] in
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
          ], rows: Array(rows))),
    ] + remainder(rare.count, OperatingModel.shortLimit)
  }

  private var risks: [Block] {
    let list = model.riskList(lanes)
    return list.isEmpty ? [] : [.heading(3, "Where the operation exceeds acceptable risk")] + list
  }

  private var tuples: [Block] {
    let order = ranked(Array(lanes))
    let rows = order.prefix(OperatingModel.laneLimit).map { lane -> [Inline] in
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
          ], rows: Array(rows))),
    ] + remainder(order.count, OperatingModel.laneLimit)
  }

  func remainder(_ count: Int, _ limit: Int) -> [Block] {
    count > limit ? [.paragraph("\(count - limit) more are in `lanes.jsonl`.")] : []
  }

  func ranked(_ lanes: [Lane]) -> [Lane] {
    // Lanes come sorted by key, and sorting keeps that order among equals.
    lanes.sorted { $0.count > $1.count }
  }

  /// Groups with the most observations first, ties in the order of the taxonomy.
  func grouped<Key: Hashable & CaseIterable>(
    _ lanes: ArraySlice<Lane>, by key: (Lane) -> Key
  ) -> [(key: Key, lanes: [Lane])] {
    let groups = Dictionary(grouping: lanes, by: key)
    return Key.allCases.compactMap { key in groups[key].map { (key: key, lanes: $0) } }.enumerated().sorted {
      let (one, other) = (
        $0.element.lanes.reduce(0) { $0 + $1.count }, $1.element.lanes.reduce(0) { $0 + $1.count }
      )
      return (other, $0.offset) < (one, $1.offset)
    }.map(\.element)
  }

  func names(_ lanes: [Lane], _ name: (Lane) -> String) -> [String] {
    totals(lanes.map { (name($0), $0.count) }).map(\.value)
  }

  func totals(_ counts: [(String, Int)]) -> [(value: String, count: Int)] {
    // Lanes stand in the order of their keys, so that a name often follows itself.
    var sums: [String: Int] = [:]
    var last = ("", 0)
    for (name, count) in counts {
      if name == last.0 {
        last.1 += count
      } else {
        if last.1 > 0 { sums[last.0, default: 0] += last.1 }
        last = (name, count)
      }
    }
    if last.1 > 0 { sums[last.0, default: 0] += last.1 }
    return BoundedCounts(NamedCounts(sums.map { (key: $0.key, value: $0.value) })).ranked
  }
}

extension Lane {
  /// The event's name without its service.
  var eventName: String { String(key.event.split(separator: ":", maxSplits: 1).last ?? "") }
}

extension OverrideClass {
  /// The name for people, such as "public exposure".
  package var title: String { self == .kms ? "KMS" : rawValue.split(separator: "_").joined(separator: " ") }
}
