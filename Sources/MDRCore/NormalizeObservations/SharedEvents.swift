/// Counts events that CloudTrail wrote into the trails of two accounts, which carry one `sharedEventID`.
///
/// Both copies are observations: each account has its own. What counts twice over accounts is said here.
struct SharedEvents {
  private var seen = EventIndex()
  /// Observations whose event another account has too, the first copy not counted.
  private(set) var copies = 0

  mutating func add(_ observation: Observation) {
    guard let shared = observation.sharedEventID, !seen.insert(shared) else { return }
    copies += 1
  }
}
