/// The hours in which something was seen, and those in which it succeeded, kept apart only once they differ.
struct SeenHours: Sendable {
  private var all = HourSlots()
  private var successes: HourSlots?

  mutating func insert(_ hours: HourSlots, _ outcome: Outcome) {
    if outcome != .success, successes == nil { successes = all }
    all.insert(hours)
    if outcome == .success { successes?.insert(hours) }
  }

  mutating func insert(_ slot: HourSlot, _ outcome: Outcome) {
    if outcome != .success, successes == nil { successes = all }
    all.insert(slot)
    if outcome == .success { successes?.insert(slot) }
  }

  mutating func formUnion(_ other: SeenHours) {
    if successes != nil || other.successes != nil {
      var union = successes ?? all
      union.formUnion(other.successes ?? other.all)
      successes = union
    }
    all.formUnion(other.all)
  }

  /// Forgets everything and keeps the room.
  mutating func removeAll() {
    all.removeAll()
    successes = nil
  }

  /// Sorts the hours of any outcome in place, and gives them.
  mutating func sort() -> [HourSlot] { all.sort() }

  /// Distinct hours of any outcome, sorted.
  func sorted() -> [HourSlot] { all.sorted() }

  /// Whether something didn't succeed.
  var differ: Bool { successes != nil }

  /// Distinct hours of success, sorted; `hours` are those of any outcome, sorted already.
  func sortedSuccesses(of hours: [HourSlot]) -> [HourSlot] { successes?.sorted() ?? hours }

  /// Distinct hours of success, sorted.
  func sortedSuccesses() -> [HourSlot] { successes?.sorted() ?? all.sorted() }
}
