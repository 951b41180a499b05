/// Decides whether recurrence amounts to a way of working: by days and sessions spread over the window and
/// outside its newest days, never by repeats.
struct Establishment: Sendable {
  let thresholds: EstablishmentThresholds
  let window: ObservedWindow

  /// The day from which nothing establishes anything.
  private let quarantineStart: Int

  init(thresholds: EstablishmentThresholds, window: ObservedWindow) {
    self.thresholds = thresholds
    self.window = window
    quarantineStart = window.quarantineStart(thresholds) ?? .max
  }

  /// Whether ordinary work on these days, in these sessions, recurs.
  ///
  /// `sessionDays` has the first day of each session.
  func recurs(days: [Int], sessionDays: some Sequence<Int>) -> Bool {
    let settled = settled(days)
    guard settled.count >= thresholds.distinctDays, let first = settled.first, let last = settled.last,
      sessionDays.count(where: { $0 < quarantineStart }) >= thresholds.sessions
    else { return false }
    let asked = min(thresholds.spreadDays, share(thresholds.spreadPercent))
    return last - first >= asked
  }

  /// Whether critical outcomes on these days recur: on more days, or on a beat, over half of the window.
  func criticalOutcomeRecurs(slots: [HourSlot]) -> Bool {
    let settledSlots = slots.filter { $0.day < quarantineStart }
    let settled = HourSlot.days(of: settledSlots)
    guard let first = settled.first, let last = settled.last, settled.count >= thresholds.distinctDays,
      last - first >= max(thresholds.spreadDays, share(thresholds.overrideSpreadPercent))
    else { return false }
    return settled.count >= thresholds.overrideDays
      || Cadence(slots: settledSlots, thresholds: thresholds) != nil
  }

  private func settled(_ days: [Int]) -> ArraySlice<Int> { days.prefix { $0 < quarantineStart } }

  /// A share of the window in days, rounded up.
  private func share(_ percent: Int) -> Int { (window.days * percent + 99) / 100 }
}
