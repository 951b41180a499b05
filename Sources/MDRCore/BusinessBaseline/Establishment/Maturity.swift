/// How much of the next day a baseline should recognise, and how well it would have said so before.
///
/// What was seen on one day alone says how much is still unseen: the Good–Turing estimate, taken over the days on
/// which lanes were seen (incidences), not over single observations. All shares are in thousandths.
package struct Maturity: Equatable, Sendable {
  /// A prediction made before a day, beside what the day then brought.
  package struct Check: Equatable, Sendable {
    /// Days held out, one after the other; each is predicted from the days before it.
    package var days = 0
    /// Lanes that the held-out days showed, each day's counted anew.
    package var incidences = 0
    /// Those that had not been seen before their day.
    package var unseen = 0
    /// How many of them the days before had led to expect, in thousandths of a lane.
    package var predictedMilli = 0

    /// The share of lanes that was predicted to be new.
    package var predictedShare: Int { share(predictedMilli, of: incidences * 1_000) }
    /// The share of lanes that was new.
    package var observedShare: Int { share(unseen, of: incidences) }
    /// How far the two lie apart.
    package var error: Int { abs(predictedShare - observedShare) }
  }

  /// Days with an observation.
  package var days = 0
  /// Lanes, each counted on every day it was seen.
  package var incidences = 0
  /// Lanes seen on one day alone.
  package var singletons = 0
  /// The share of one-day lanes on the middle one of the days: what one busy week can't move.
  package var typicalUnseen = 0
  /// The last days, held out.
  package var check = Check()
  /// Whether the last week brought more new lanes than the weeks before explain.
  package var hasChanged = false

  /// The share of the next day's lanes that should be new: Good–Turing, or the last week's where it has changed.
  package var expectedUnseen: Int {
    let estimate = share(singletons, of: incidences)
    return hasChanged ? max(estimate, check.observedShare) : estimate
  }
}

/// A part in thousandths of a whole, rounded half up; 0 where there is nothing.
private func share(_ part: Int, of whole: Int) -> Int { Share(part, of: whole).perMille }

extension Maturity {
  /// Measures lanes by the days on which they were seen; `window` bounds the days.
  init(of lanes: some Sequence<Lane>, window: ObservedWindow) {
    let calendar =
      window.days > Self.longestWindow
      ? Self.sparseCalendar(lanes, window: window) : Self.calendar(lanes, window: window)
    var shares: [Int] = []
    for day in calendar where day.incidences > 0 {
      incidences += day.incidences
      singletons += day.alone
      shares.append(share(day.alone, of: day.incidences))
    }
    days = shares.count
    if !shares.isEmpty {
      shares.sort()
      typicalUnseen = shares[days / 2]
    }
    let forecasts = Self.forecasts(calendar)
    check = Check(of: forecasts.suffix(Self.heldOutDays(of: window.days)))
    hasChanged = Self.hasChanged(forecasts)
  }

  /// The window's days in order, with what each showed.
  private static func calendar(_ lanes: some Sequence<Lane>, window: ObservedWindow) -> [Day] {
    let first = window.start.day
    var calendar = [Day](repeating: Day(), count: max(1, window.days))
    for lane in lanes {
      for (index, day) in lane.days.enumerated() where calendar.indices.contains(day - first) {
        calendar[day - first].count(index, of: lane.days.count)
      }
    }
    return calendar
  }

  /// Days of the longest window whose days are all listed: one event with a wrong year makes it thousands of years.
  private static let longestWindow = 3_660
  /// Days without lanes that follow each other in a longer window, at most.
  private static let longestGap = 92

  /// The same with long gaps shortened.
  private static func sparseCalendar(_ lanes: some Sequence<Lane>, window: ObservedWindow) -> [Day] {
    let end = window.start.day + window.days
    var seen: [Int: Day] = [:]
    for lane in lanes {
      for (index, day) in lane.days.enumerated() where day >= window.start.day && day < end {
        seen[day, default: Day()].count(index, of: lane.days.count)
      }
    }
    var calendar: [Day] = []
    var last = window.start.day
    for day in seen.keys.sorted() {
      calendar += [Day](repeating: Day(), count: min(max(day - last - 1, 0), longestGap))
      calendar.append(seen[day] ?? Day())
      last = day
    }
    return calendar + [Day](repeating: Day(), count: min(max(end - last - 1, 0), longestGap))
  }

  /// What one day showed.
  private struct Day {
    /// Lanes seen.
    var incidences = 0
    /// Lanes seen for the first time.
    var new = 0
    /// Lanes seen for the second time.
    var again = 0
    /// Lanes seen on this day and no other.
    var alone = 0

    /// Counts a lane on which of how many of its days.
    @inline(__always)
    mutating func count(_ index: Int, of days: Int) {
      incidences += 1
      if index == 0 { new += 1 }
      if index == 1 { again += 1 }
      if days == 1 { alone += 1 }
    }
  }

  /// A day's new lanes, and how many the days before led to expect; `nil` expected where there were none.
  fileprivate struct Forecast {
    var incidences: Int
    var new: Int
    var expected: Double?
  }

  /// A week, or a quarter of a shorter window.
  private static func heldOutDays(of days: Int) -> Int { min(7, days / 4) }

  private static func forecasts(_ calendar: [Day]) -> [Forecast] {
    var singletons = 0
    var incidences = 0
    return calendar.map { day in
      defer {
        singletons += day.new - day.again
        incidences += day.incidences
      }
      let share = incidences > 0 ? Double(singletons) / Double(incidences) : nil
      return Forecast(
        incidences: day.incidences, new: day.new, expected: share.map { $0 * Double(day.incidences) })
    }
  }

  /// Whether the last week's surplus of new lanes is beyond three times what earlier weeks strayed by.
  ///
  /// The first half of the window only learns. New lanes come in bursts, so the spread is measured and not taken
  /// from a distribution; it is never less than chance alone would make it.
  private static func hasChanged(_ forecasts: [Forecast]) -> Bool {
    guard forecasts.count >= 28 else { return false }
    let recent = forecasts.suffix(7)
    let earlier = forecasts.dropLast(7).dropFirst(forecasts.count / 2)
    func surplus(_ forecast: Forecast) -> Double { Double(forecast.new) - (forecast.expected ?? 0) }
    let spread = earlier.reduce(0) { $0 + surplus($1) * surplus($1) } / Double(max(1, earlier.count))
    let expected = recent.reduce(0) { $0 + ($1.expected ?? 0) }
    let deviation = max(spread * 7, expected).squareRoot()
    return recent.reduce(0) { $0 + surplus($1) } > 3 * deviation + 3
  }
}

extension Maturity.Check {
  fileprivate init(of forecasts: some Sequence<Maturity.Forecast>) {
    var predicted = 0.0
    for forecast in forecasts {
      guard forecast.incidences > 0, let expected = forecast.expected else { continue }
      days += 1
      incidences += forecast.incidences
      unseen += forecast.new
      predicted += expected
    }
    predictedMilli = Int((predicted * 1_000).rounded())
  }
}

extension Maturity {
  var json: JSONValue {
    var output = JSONOutput()
    append(to: &output)
    return (try? JSONValue(parsing: output.finished())) ?? .null
  }

  /// Appends the measure as an object; keys are sorted.
  func append(to output: inout JSONOutput) {
    func share(_ perMille: Int) -> JSONValue { .decimal(Double(perMille) / 1_000) }
    output.append(#"{"changed_lately":"#, .bool(hasChanged))
    output.append(#","days":"#, days)
    output.append(#","expected_unseen_share":"#, share(expectedUnseen))
    output.append(#","held_out":{"days":"#, check.days)
    output.append(#","lane_days":"#, check.incidences)
    output.append(#","observed_share":"#, share(check.observedShare))
    output.append(#","predicted_share":"#, share(check.predictedShare))
    output.append(#","predicted_unseen_milli":"#, check.predictedMilli)
    output.append(#","unseen":"#, check.unseen)
    output.append(#"},"lane_days":"#, incidences)
    output.append(#","one_day_lanes":"#, singletons)
    output.append(#","typical_unseen_share":"#, share(typicalUnseen))
    output.append(raw: "}")
  }

  init?(json: JSONValue) {
    guard let days = json["days"]?.int, let incidences = json["lane_days"]?.int,
      let singletons = json["one_day_lanes"]?.int, let typical = json["typical_unseen_share"]?.double,
      let hasChanged = json["changed_lately"]?.bool, let check = json["held_out"],
      let heldOut = check["days"]?.int, let heldOutIncidences = check["lane_days"]?.int,
      let unseen = check["unseen"]?.int, let predicted = check["predicted_unseen_milli"]?.int
    else { return nil }
    self.init(
      days: days, incidences: incidences, singletons: singletons,
      typicalUnseen: Int((typical * 1_000).rounded()),
      check: Check(
        days: heldOut, incidences: heldOutIncidences, unseen: unseen, predictedMilli: predicted),
      hasChanged: hasChanged)
  }
}
