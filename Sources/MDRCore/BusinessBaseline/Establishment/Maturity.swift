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
  /// Measures the lanes of a calendar.
  init(of calendar: MaturityCalendar, window: ObservedWindow) {
    var shares: [Int] = []
    // Lanes that the days so far showed on one day alone: they foretell how many of the next day's are new.
    var rarities = 0
    var forecasts: [Forecast] = []
    let length = calendar.forEachSeen { position, day in
      let rate = incidences > 0 ? Double(rarities) / Double(incidences) : nil
      forecasts.append(
        Forecast(
          position: position, incidences: day.incidences, new: day.new,
          expected: rate.map { $0 * Double(day.incidences) }))
      rarities += day.new - day.again
      incidences += day.incidences
      singletons += day.alone
      shares.append(share(day.alone, of: day.incidences))
    }
    days = shares.count
    if !shares.isEmpty {
      shares.sortShort(by: <)
      typicalUnseen = shares[days / 2]
    }
    let heldOut = length - Self.heldOutDays(of: window.days)
    check = Check(of: forecasts.lazy.filter { $0.position >= heldOut })
    hasChanged = Self.hasChanged(forecasts, of: length)
  }

  /// A day's new lanes, and how many the days before led to expect; `nil` expected where there were none.
  ///
  /// Days without lanes have no forecast: they add nothing to any of the sums.
  fileprivate struct Forecast {
    /// The day's position among all.
    var position: Int
    var incidences: Int
    var new: Int
    var expected: Double?
  }

  /// A week, or a quarter of a shorter window.
  private static func heldOutDays(of days: Int) -> Int { min(7, days / 4) }

  /// Whether the last week's surplus of new lanes is beyond three times what earlier weeks strayed by.
  ///
  /// The first half of the window's `length` only learns. New lanes come in bursts, so the spread is measured and not
  /// taken from a distribution; it is never less than chance alone would make it.
  private static func hasChanged(_ forecasts: [Forecast], of length: Int) -> Bool {
    guard length >= 28 else { return false }
    let recent = forecasts.lazy.filter { $0.position >= length - 7 }
    let earlier = forecasts.lazy.filter { $0.position >= length / 2 && $0.position < length - 7 }
    func surplus(_ forecast: Forecast) -> Double { Double(forecast.new) - (forecast.expected ?? 0) }
    let spread = earlier.reduce(0) { $0 + surplus($1) * surplus($1) } / Double(length - 7 - length / 2)
    let expected = recent.reduce(0) { $0 + ($1.expected ?? 0) }
    let deviation = max(spread * 7, expected).squareRoot()
    return recent.reduce(0) { $0 + surplus($1) } > 3 * deviation + 3
  }
}

extension Maturity.Check {
  fileprivate init(of forecasts: some Sequence<Maturity.Forecast>) {
    var predicted = 0.0
    for forecast in forecasts {
      guard let expected = forecast.expected else { continue }
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
    output.write(atMost: Self.longestText) { write(to: &$0) }
    return (try? JSONValue(parsing: output.finished())) ?? .null
  }

  /// Bytes that the measure takes at most.
  static let longestText = 1_024

  /// Writes the measure as an object; keys are sorted.
  func write(to output: inout JSONCursor) {
    output.write(hasChanged ? #"{"changed_lately":true"# : #"{"changed_lately":false"#)
    output.write(#","days":"#, days)
    output.write(#","expected_unseen_share":"#, thousandths: expectedUnseen)
    output.write(#","held_out":{"days":"#, check.days)
    output.write(#","lane_days":"#, check.incidences)
    output.write(#","observed_share":"#, thousandths: check.observedShare)
    output.write(#","predicted_share":"#, thousandths: check.predictedShare)
    output.write(#","predicted_unseen_milli":"#, check.predictedMilli)
    output.write(#","unseen":"#, check.unseen)
    output.write(#"},"lane_days":"#, incidences)
    output.write(#","one_day_lanes":"#, singletons)
    output.write(#","typical_unseen_share":"#, thousandths: typicalUnseen)
    output.write("}")
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
