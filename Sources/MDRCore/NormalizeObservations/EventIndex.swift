/// The event ids seen so far, in sixteen bytes each, to count an event once however often it was delivered.
struct EventIndex {
  private var keys: Set<EventDigest> = []

  /// Notes an event id; `false` if it was there already.
  mutating func insert(_ eventID: String) -> Bool { keys.insert(EventDigest(eventID)).inserted }
}
