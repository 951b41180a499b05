/// What the sections of single accounts have in common: the estate's events, places and ways of working.
struct EstateFacts: Sendable {
  /// What an event amounts to over all accounts.
  struct Event: Sendable {
    var observations = 0
    var accounts = 0
    var archetypes: [Archetype: Int] = [:]
  }

  /// What a kind of place amounts to.
  struct Place: Sendable {
    var observations = 0
    var accounts = 0
    var names: [String: Int] = [:]
  }

  /// By service and event name; calls that list and describe are left out.
  private(set) var events: [String: Event] = [:]
  private(set) var places: [SourceKind: Place] = [:]
  private(set) var ways = WayTally()

  /// Nothing.
  init() {}

  /// The facts of one account.
  init(_ account: AccountModel) {
    for use in account.facts.eventUses where !AccountModel.isLooking(EventParts(use.event).name) {
      events[use.event, default: Event()].observations += use.count
      events[use.event, default: Event()].archetypes[use.archetype, default: 0] += use.count
      events[use.event, default: Event()].accounts = 1
    }
    for (kind, group) in account.facts.rankedPlaces {
      places[kind] = Place(
        observations: group.count, accounts: 1,
        names: Dictionary(group.names.entries.map { ($0.name, $0.count) }, uniquingKeysWith: +))
    }
    ways = account.ways
  }

  /// Takes in other accounts.
  mutating func formUnion(_ other: EstateFacts) {
    for (name, event) in other.events {
      events[name, default: Event()].observations += event.observations
      events[name, default: Event()].accounts += event.accounts
      events[name, default: Event()].archetypes.merge(event.archetypes, uniquingKeysWith: +)
    }
    for (kind, place) in other.places {
      places[kind, default: Place()].observations += place.observations
      places[kind, default: Place()].accounts += place.accounts
      places[kind, default: Place()].names.merge(place.names, uniquingKeysWith: +)
    }
    ways.formUnion(other.ways)
  }
}
