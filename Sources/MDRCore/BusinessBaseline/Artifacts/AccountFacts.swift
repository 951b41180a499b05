/// What an account's lanes add up to for its section of the page, collected in one pass.
struct AccountFacts: Sendable {
  /// Lanes that agree in something.
  struct Group: Sendable {
    var count = 0
    var names = NameTotals()
    /// With the lanes that name them, not their observations.
    var people = NameTotals()
  }

  private(set) var count = 0
  /// By archetype, with the actors' names and the people behind them.
  private var archetypes = Groups<Archetype>()
  /// By the kind of place, with the sources' names.
  private var places = Groups<SourceKind>()
  private(set) var regions = NameTotals()
  private(set) var resources = NameTotals()
  /// Actors that call from unmanaged networks.
  private(set) var unmanaged = NameTotals()
  /// By service and event name.
  private(set) var events = NameTotals()
  /// Of the lanes that recur, if only as attempts.
  private(set) var risks: RiskTally
  /// Established lanes with critical outcomes.
  private(set) var critical: [Lane] = []
  /// Lanes seen, but not established, that a person should look at.
  private(set) var rare: [Lane] = []
  /// Lanes with a beat.
  private(set) var regular: [Lane] = []

  init(_ lanes: some Sequence<Lane>, risks rules: ResidualRisks) {
    risks = RiskTally(rules)
    for lane in lanes { add(lane) }
  }

  private mutating func add(_ lane: Lane) {
    let count = lane.count
    self.count += count
    let actor = lane.key.actor
    let archetype = archetypes.position(of: lane.archetype)
    archetypes.groups[archetype].count += count
    archetypes.groups[archetype].names.add(actor, count)
    lane.people.counts.forEachName { name, _ in archetypes.groups[archetype].people.add(name, 1) }
    let place = places.position(of: lane.sourceKind)
    places.groups[place].count += count
    places.groups[place].names.add(lane.key.source, count)
    if lane.sourceKind.isUnmanaged { unmanaged.add(actor, count) }
    regions.add(lane.key.region, count)
    events.add(lane.key.event, count)
    lane.resourcePatterns.counts.forEachName { name, count in resources.add(name, count) }
    list(lane)
  }

  private mutating func list(_ lane: Lane) {
    let isCritical = !lane.overrides.isEmpty
    if lane.standing != .observed {
      risks.add(lane)
      if isCritical, lane.standing == .established { critical.append(lane) }
    } else if isCritical || lane.sourceKind.isUnmanaged || lane.archetype.isHuman {
      rare.append(lane)
    }
    if lane.cadence != nil { regular.append(lane) }
  }

  /// The archetypes with the most observations first, ties in the order of the taxonomy.
  var rankedArchetypes: [(key: Archetype, group: Group)] { archetypes.ranked }

  /// The kinds of places, in the same order.
  var rankedPlaces: [(key: SourceKind, group: Group)] { places.ranked }

  /// The sources that the customer owns.
  var owned: NameTotals { places[.owned]?.names ?? NameTotals() }

  /// Groups of lanes by what they agree in.
  private struct Groups<Key: Equatable & CaseIterable & Sendable>: Sendable {
    /// Beside the groups, so that finding one touches no other.
    private var keys: [Key] = []
    var groups: [Group] = []

    mutating func position(of key: Key) -> Int {
      if let known = keys.firstIndex(of: key) { return known }
      keys.append(key)
      groups.append(Group())
      return groups.count - 1
    }

    subscript(key: Key) -> Group? { keys.firstIndex(of: key).map { groups[$0] } }

    /// The groups with the most observations first, ties in the order of the cases.
    var ranked: [(key: Key, group: Group)] {
      let known = Key.allCases.compactMap { key in self[key].map { (key: key, group: $0) } }
      return known.enumerated().sorted {
        ($1.element.group.count, $0.offset) < ($0.element.group.count, $1.offset)
      }.map(\.element)
    }
  }
}
