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

  init(_ lanes: some Sequence<Lane>) {
    for lane in lanes { add(lane) }
  }

  private mutating func add(_ lane: Lane) {
    let key = lane.key
    count += lane.count
    let archetype = archetypes.position(of: lane.archetype)
    archetypes.groups[archetype].count += lane.count
    archetypes.groups[archetype].names.add(key.actor, lane.count)
    for person in lane.people.counts { archetypes.groups[archetype].people.add(person.key, 1) }
    let place = places.position(of: lane.sourceKind)
    places.groups[place].count += lane.count
    places.groups[place].names.add(key.source, lane.count)
    if lane.sourceKind.isUnmanaged { unmanaged.add(key.actor, lane.count) }
    regions.add(key.region, lane.count)
    for resource in lane.resourcePatterns.counts { resources.add(resource.key, resource.value) }
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

/// Observations by name, added up as lanes go by.
struct NameTotals: Sendable {
  private var positions: [String: Int] = [:]
  private var totals: [(name: String, count: Int)] = []
  private var last = 0

  /// Names counted.
  var count: Int { totals.count }

  mutating func add(_ name: String, _ count: Int) {
    guard count > 0 else { return }
    // Lanes stand in the order of their keys, so that a name often follows itself.
    if last >= totals.count || totals[last].name != name {
      last = positions[name] ?? totals.count
      if last == totals.count {
        positions[name] = last
        totals.append((name, 0))
      }
    }
    totals[last].count += count
  }

  /// The names with the most observations, ties by name.
  func leading(_ limit: Int) -> [String] {
    totals.first(limit) { one, other in
      one.count != other.count ? one.count > other.count : one.name < other.name
    }.map(\.name)
  }

  /// The names from the most frequent on as code spans; those above the limit are counted.
  func codes(limit: Int) -> Inline { .codes(leading(limit), of: count) }

  /// The first names, in order, as code spans; those above the limit are counted.
  func sortedCodes(limit: Int) -> Inline {
    .codes(totals.first(limit) { $0.name < $1.name }.map(\.name), of: count)
  }

  /// All names with their counts, in the order of their first appearance.
  var entries: [(name: String, count: Int)] { totals }
}
