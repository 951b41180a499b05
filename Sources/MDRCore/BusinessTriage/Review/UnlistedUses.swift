import Synchronization

/// For each use of an event by an actor the earliest observations that a detection of several events counts and no
/// operation lists, one for each place that they came from: they speak for the others, should a detection be met.
///
/// Threads offer what is earlier than all they saw before, which is seldom: which thread meets what changes nothing.
final class UnlistedUses: Sendable {
  /// An actor's use of an event, from a place.
  struct Use: Hashable {
    /// What is held apart however many places there are.
    struct Call: Hashable {
      var account: String
      var actor: String
      var event: String
    }

    struct Place: Hashable {
      var principal: String
      var source: String
      var region: String
    }

    var call: Call
    var place: Place

    init(_ observation: Observation) {
      call = Call(account: observation.accountID, actor: observation.actor, event: observation.eventName)
      place = Place(
        principal: observation.identity.person ?? observation.actor, source: observation.source,
        region: observation.region)
    }

    init(_ kind: CorrelatedKind) {
      call = Call(account: kind.accountID, actor: kind.actor, event: kind.eventName)
      place = Place(principal: kind.principal, source: kind.source, region: kind.region)
    }
  }

  /// Places that one call is held apart from: those where it was made first, so that hostile input can't fill memory.
  private static let placeLimit = 16

  private let earliest = Mutex<[Use.Call: [Use.Place: Assessment]]>([:])

  /// Takes an observation that was assessed, if it is the earliest of its use.
  func offer(_ assessment: Assessment, for use: Use) {
    earliest.withLock { known in
      var places = known.removeValue(forKey: use.call) ?? [:]
      if places[use.place].map({ assessment.isEarlier(than: $0) }) ?? true { places[use.place] = assessment }
      if places.count > Self.placeLimit,
        let last = places.max(by: { $0.value.isEarlier(than: $1.value) })
      {
        places[last.key] = nil
      }
      known[use.call] = places
    }
  }

  /// The earliest of a use.
  subscript(use: Use) -> Assessment? { earliest.withLock { $0[use.call]?[use.place] } }

  /// The earliest of a call from wherever.
  subscript(call: Use.Call) -> Assessment? {
    earliest.withLock { $0[call]?.values.min { $0.isEarlier(than: $1) } }
  }
}

/// The earliest moment of each use that one thread has met.
final class MetUses {
  /// A use and its earliest moment, shared by all lines that are one.
  final class Met {
    fileprivate(set) var earliest: (time: Timestamp, id: EventID)?

    /// Whether an event is no earlier than all before.
    func isMet(before time: Timestamp, _ id: EventID) -> Bool { earliest.map { $0 <= (time, id) } ?? false }
  }

  /// Beyond this many uses the thread forgets them, so that hostile input can't fill memory.
  private static let limit = 1 << 16

  private let shared: UnlistedUses
  private var known: [UnlistedUses.Use: Met] = [:]

  init(_ shared: UnlistedUses) { self.shared = shared }

  /// What the thread has met of an observation's use.
  func met(_ observation: Observation) -> Met {
    let use = UnlistedUses.Use(observation)
    if let met = known[use] { return met }
    if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
    let met = Met()
    known[use] = met
    return met
  }

  /// Notes an observation that counts, and offers it where it is the earliest that the thread has met.
  func note(_ assessment: Assessment, as met: Met) {
    let observation = assessment.observation
    let id = EventID(observation.eventID)
    if let earliest = met.earliest, earliest < (observation.eventTime, id) { return }
    met.earliest = (observation.eventTime, id)
    shared.offer(assessment, for: UnlistedUses.Use(observation))
  }
}

extension Assessment {
  fileprivate func isEarlier(than other: Assessment) -> Bool {
    let (one, two) = (observation, other.observation)
    return (one.eventTime, one.eventID, one.record) < (two.eventTime, two.eventID, two.record)
  }
}
