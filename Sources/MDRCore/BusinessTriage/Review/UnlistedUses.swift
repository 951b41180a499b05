import Synchronization

/// For each use of an event by an actor the earliest observation that a detection of several events counts and no
/// operation lists: it speaks for all of them, should a detection be met.
///
/// Threads offer what is earlier than all they saw before, which is seldom: which thread meets what changes nothing.
final class UnlistedUses: Sendable {
  /// An actor's use of an event.
  struct Use: Hashable {
    var account: String
    var actor: String
    var event: String

    init(_ observation: Observation) {
      (account, actor, event) = (observation.accountID, observation.actor, observation.eventName)
    }

    init(_ event: CorrelatedEvent) {
      (account, actor, self.event) = (event.accountID, event.actor, event.eventName)
    }
  }

  private let earliest = Mutex<[Use: Assessment]>([:])

  /// Takes an observation that was assessed, if it is the earliest of its use.
  func offer(_ assessment: Assessment, for use: Use) {
    earliest.withLock { known in
      if let other = known[use], !assessment.isEarlier(than: other) { return }
      known[use] = assessment
    }
  }

  subscript(use: Use) -> Assessment? { earliest.withLock { $0[use] } }
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
