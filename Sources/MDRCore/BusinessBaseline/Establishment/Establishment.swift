/// What recurrence amounts to, and how well it stands without any one of its days.
enum Recurrence: Comparable, Sendable {
  /// Too few days or sessions, too close together, or far apart by a single day alone.
  case none
  /// No more than what is asked for: with one day less it would be nothing.
  case hanging
  case stable
}

/// Decides whether recurrence amounts to a way of working: by days and sessions spread over the window and
/// outside its newest days, never by repeats.
struct Establishment: Sendable {
  let thresholds: EstablishmentThresholds
  let window: ObservedWindow

  /// The day from which nothing establishes anything.
  let quarantineStart: Int

  init(thresholds: EstablishmentThresholds, window: ObservedWindow) {
    self.thresholds = thresholds
    self.window = window
    quarantineStart = window.quarantineStart(thresholds) ?? .max
  }

  /// Whether ordinary work on these days, in these sessions, recurs.
  ///
  /// `sessions` are those that began outside the newest days.
  func recurrence(days: [Int], settledSessions sessions: Int) -> Recurrence {
    guard sessions >= thresholds.sessions else { return .none }
    let settled = days.prefix { $0 < quarantineStart }
    let asked = min(thresholds.spreadDays, share(thresholds.spreadPercent))
    return recurrence(of: settled, least: thresholds.distinctDays, spread: asked)
  }

  /// Whether critical outcomes on these days recur: on more days, or on a beat, over half of the window.
  ///
  /// A beat stands in for the number of days where a machine keeps it: people have none, and three planted days a
  /// month apart look like one.
  func criticalOutcomeRecurrence(slots: [HourSlot], of archetype: Archetype) -> Recurrence {
    let settled = slots.filter { $0.day < quarantineStart }
    let days = HourSlot.days(of: settled)
    let asked = max(thresholds.spreadDays, share(thresholds.overrideSpreadPercent))
    let byDays = recurrence(of: days[...], least: thresholds.overrideDays, spread: asked)
    guard byDays < .stable, !archetype.isHuman, archetype != .unknown,
      recurrence(of: days[...], least: thresholds.distinctDays, spread: asked) > .none,
      Cadence(slots: settled, thresholds: thresholds) != nil
    else { return byDays }
    // Leave one day out at a time: a beat that no longer holds without some day hangs on that day.
    let staysWithoutAny = days.allSatisfy { day in
      let rest = settled.filter { $0.day != day }
      let isFarApart = rest.last.map { $0.day - (rest.first?.day ?? $0.day) >= asked } ?? false
      return isFarApart && Cadence(slots: rest, thresholds: thresholds) != nil
    }
    return staysWithoutAny ? .stable : .hanging
  }

  /// The same by days alone: where no beat is known, the number of days decides.
  func criticalOutcomeRecurrence(onDays days: [Int]) -> Recurrence {
    let asked = max(thresholds.spreadDays, share(thresholds.overrideSpreadPercent))
    return recurrence(
      of: days.prefix { $0 < quarantineStart }, least: thresholds.overrideDays, spread: asked)
  }

  /// What days amount to: no more than are asked for hang on each of them.
  ///
  /// If there are more, they have to stay far enough apart whichever one is left out.
  private func recurrence(of days: ArraySlice<Int>, least: Int, spread: Int) -> Recurrence {
    guard days.count >= least, let first = days.first, let last = days.last else { return .none }
    if days.count == least { return last - first >= spread ? .hanging : .none }
    let spreadWithoutAny = min(last - days[days.startIndex + 1], days[days.endIndex - 2] - first)
    return spreadWithoutAny >= spread ? .stable : .none
  }

  /// A share of the window in days, rounded up.
  private func share(_ percent: Int) -> Int { (window.days * percent + 99) / 100 }
}
