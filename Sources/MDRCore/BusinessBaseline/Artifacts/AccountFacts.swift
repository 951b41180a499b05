/// What an account's lanes add up to for its section of the page, collected in one pass.
struct AccountFacts: Sendable {
  /// Lanes that agree in something.
  struct Group: Sendable {
    let count: Int
    let names: NameTotals
    /// With the lanes that name them, not their observations.
    let people: NameTotals
  }

  private(set) var count = 0
  /// By archetype, with the actors' names and the people behind them.
  private var archetypes = Groups<Archetype>()
  /// By the kind of place, with the sources' names.
  private var places = Groups<SourceKind>()
  private var regionTotals = CountList()
  private var resourceTotals = CountList()
  private var unmanagedTotals = CountList()
  private var eventTotals = CountList()
  /// The same by who makes them.
  private var useTotals: [Use: Int] = [:]
  private var naming: LaneNaming
  /// Of the lanes that recur, if only as attempts.
  private(set) var risks: RiskTally
  /// Established lanes with critical outcomes.
  private(set) var critical: [Lane] = []
  /// Lanes seen, but not established, that a person should look at.
  private(set) var rare: [Lane] = []
  /// Lanes with a beat.
  private(set) var regular: [Lane] = []

  init(_ lanes: ArraySlice<Lane>, risks rules: ResidualRisks) {
    naming = LaneNaming(lanes)
    risks = RiskTally(rules)
    lanes.forEachRecord { position, lane, chunk in
      add(lane, in: chunk)
      list(lane, in: chunk) { lanes[position] }
    }
    risks.naming = naming
  }

  private mutating func add(_ lane: borrowing LaneRecord, in chunk: LaneChunk) {
    let count = lane.counts.total
    self.count += count
    let actor = naming.number(lane.key.actor, in: chunk)
    let archetype = archetypes.position(of: lane.archetype)
    archetypes.sums[archetype].count += count
    archetypes.sums[archetype].names.add(actor, count)
    for entry in lane.entries(.people) {
      archetypes.sums[archetype].people.add(naming.number(entry.value, in: chunk), 1)
    }
    useTotals[Use(event: naming.number(lane.key.event, in: chunk), archetype: lane.archetype), default: 0] +=
      count
    let place = places.position(of: lane.sourceKind)
    places.sums[place].count += count
    places.sums[place].names.add(naming.number(lane.key.source, in: chunk), count)
    if lane.sourceKind.isUnmanaged { unmanagedTotals.add(actor, count) }
    regionTotals.add(naming.number(lane.key.region, in: chunk), count)
    eventTotals.add(naming.number(lane.key.event, in: chunk), count)
    for entry in lane.entries(.resourcePatterns) {
      resourceTotals.add(naming.number(entry.value, in: chunk), entry.count)
    }
  }

  private mutating func list(_ record: borrowing LaneRecord, in chunk: LaneChunk, _ lane: () -> Lane) {
    let isCritical = !record.overrides.isEmpty
    let (place, archetype) = (record.sourceKind, record.archetype)
    if record.standing != .observed {
      risks.add(record, actor: naming.number(record.key.actor, in: chunk))
      if isCritical, record.standing == .established { critical.append(lane()) }
    } else if isCritical || place.isUnmanaged || archetype.isHuman {
      rare.append(lane())
    }
    if record.hasCadence { regular.append(lane()) }
  }

  var regions: NameTotals { named(regionTotals) }

  var resources: NameTotals { named(resourceTotals) }

  /// Actors that call from unmanaged networks.
  var unmanaged: NameTotals { named(unmanagedTotals) }

  /// By service and event name.
  var events: NameTotals { named(eventTotals) }

  /// Observations by event and by the archetype of who makes it.
  var eventUses: [(event: String, archetype: Archetype, count: Int)] {
    useTotals.map { (event: naming.text($0.key.event), archetype: $0.key.archetype, count: $0.value) }
  }

  /// An event, and who makes it.
  private struct Use: Hashable {
    let event: NameNumber
    let archetype: Archetype
  }

  private func named(_ totals: CountList) -> NameTotals { NameTotals(totals: totals, naming: naming) }

  /// The archetypes with the most observations first, ties in the order of the taxonomy.
  var rankedArchetypes: [(key: Archetype, group: Group)] { ranked(archetypes) }

  /// The kinds of places, in the same order.
  var rankedPlaces: [(key: SourceKind, group: Group)] { ranked(places) }

  /// The sources that the customer owns.
  var owned: NameTotals { named(places[.owned]?.names ?? CountList()) }

  private func ranked<Key>(_ groups: Groups<Key>) -> [(key: Key, group: Group)] {
    groups.ranked.map { key, sum in
      (key, Group(count: sum.count, names: named(sum.names), people: named(sum.people)))
    }
  }

  /// Groups of lanes by what they agree in.
  private struct Groups<Key: Equatable & CaseIterable & Sendable>: Sendable {
    struct Sum: Sendable {
      var count = 0
      var names = CountList()
      var people = CountList()
    }

    /// Kept apart from the sums, so that looking a key up reads nothing else.
    private var keys: [Key] = []
    var sums: [Sum] = []

    mutating func position(of key: Key) -> Int {
      if let known = keys.firstIndex(of: key) { return known }
      keys.append(key)
      sums.append(Sum())
      return sums.count - 1
    }

    subscript(key: Key) -> Sum? { keys.firstIndex(of: key).map { sums[$0] } }

    /// The groups with the most observations first, ties in the order of the cases.
    var ranked: [(key: Key, sum: Sum)] {
      let known = Key.allCases.compactMap { key in self[key].map { (key: key, sum: $0) } }
      return known.enumerated().sorted {
        ($1.element.sum.count, $0.offset) < ($0.element.sum.count, $1.offset)
      }.map(\.element)
    }
  }
}
