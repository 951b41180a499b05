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
  private var archetypes: [(key: Archetype, group: Group)] = []
  /// By the kind of place, with the sources' names.
  private var places: [(key: SourceKind, group: Group)] = []
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
    let archetype = Self.position(of: lane.archetype, in: &archetypes)
    archetypes[archetype].group.count += lane.count
    archetypes[archetype].group.names.add(key.actor, lane.count)
    for person in lane.people.counts { archetypes[archetype].group.people.add(person.key, 1) }
    let place = Self.position(of: lane.sourceKind, in: &places)
    places[place].group.count += lane.count
    places[place].group.names.add(key.source, lane.count)
    if lane.sourceKind.isUnmanaged { unmanaged.add(key.actor, lane.count) }
    regions.add(key.region, lane.count)
    for resource in lane.resourcePatterns.counts { resources.add(resource.key, resource.value) }
  }

  private static func position<Key: Equatable>(
    of key: Key, in groups: inout [(key: Key, group: Group)]
  ) -> Int {
    for position in groups.indices where groups[position].key == key { return position }
    groups.append((key, Group()))
    return groups.count - 1
  }

  /// The archetypes with the most observations first, ties in the order of the taxonomy.
  var rankedArchetypes: [(key: Archetype, group: Group)] { Self.ranked(archetypes) }

  /// The kinds of places, in the same order.
  var rankedPlaces: [(key: SourceKind, group: Group)] { Self.ranked(places) }

  /// The sources that the customer owns.
  var owned: NameTotals { places.first { $0.key == .owned }?.group.names ?? NameTotals() }

  private static func ranked<Key: Equatable & CaseIterable>(
    _ groups: [(key: Key, group: Group)]
  ) -> [(key: Key, group: Group)] {
    Key.allCases.compactMap { key in groups.first { $0.key == key } }.enumerated().sorted {
      ($1.element.group.count, $0.offset) < ($0.element.group.count, $1.offset)
    }.map(\.element)
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
