/// The event ids seen so far, in sixteen bytes each, to count an event once however often it was delivered.
struct EventIndex {
  private var keys: Set<EventDigest> = []

  /// Notes an event id; `false` if it was there already.
  mutating func insert(_ eventID: String) -> Bool { insert(EventDigest(eventID)) }

  /// The same for an id that is digested already.
  mutating func insert(_ event: EventDigest) -> Bool { keys.insert(event).inserted }
}
