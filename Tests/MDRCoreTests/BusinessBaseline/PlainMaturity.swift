@testable import MDRCore

/// The measure of lanes by a list of all days of the window, as its definition reads.
enum PlainMaturity {
  static func maturity(of lanes: [[Int]], window: ObservedWindow) -> Maturity {
    let calendar = window.days > 3_660 ? sparse(lanes, window) : dense(lanes, window)
    var maturity = Maturity()
    var shares: [Int] = []
    for day in calendar where day.incidences > 0 {
      maturity.incidences += day.incidences
      maturity.singletons += day.alone
      shares.append(Share(day.alone, of: day.incidences).perMille)
    }
    maturity.days = shares.count
    if !shares.isEmpty { maturity.typicalUnseen = shares.sorted()[shares.count / 2] }
    let forecasts = forecasts(calendar)
    var predicted = 0.0
    for forecast in forecasts.suffix(min(7, window.days / 4)) {
      guard forecast.incidences > 0, let expected = forecast.expected else { continue }
      maturity.check.days += 1
      maturity.check.incidences += forecast.incidences
      maturity.check.unseen += forecast.new
      predicted += expected
    }
    maturity.check.predictedMilli = Int((predicted * 1_000).rounded())
    maturity.hasChanged = hasChanged(forecasts)
    return maturity
  }

  private struct Forecast {
    var incidences: Int
    var new: Int
    var expected: Double?
  }

  private static func dense(_ lanes: [[Int]], _ window: ObservedWindow) -> [MaturityCalendar.Day] {
    (window.start.day..<window.start.day + window.days).map { day(lanes, $0) }
  }

  private static func sparse(_ lanes: [[Int]], _ window: ObservedWindow) -> [MaturityCalendar.Day] {
    let end = window.start.day + window.days
    var calendar: [MaturityCalendar.Day] = []
    var last = window.start.day
    for number in Set(lanes.joined()).filter({ $0 >= window.start.day && $0 < end }).sorted() {
      calendar += Array(repeating: .init(), count: min(max(number - last - 1, 0), 92))
      calendar.append(day(lanes, number))
      last = number
    }
    return calendar + Array(repeating: .init(), count: min(max(end - last - 1, 0), 92))
  }

  private static func day(_ lanes: [[Int]], _ number: Int) -> MaturityCalendar.Day {
    let seen = lanes.filter { $0.contains(number) }
    return .init(
      incidences: seen.count, new: seen.count { $0[0] == number },
      again: seen.count { $0.count > 1 && $0[1] == number }, alone: seen.count { $0.count == 1 })
  }

  private static func forecasts(_ calendar: [MaturityCalendar.Day]) -> [Forecast] {
    var rarities = 0
    var incidences = 0
    return calendar.map { day in
      defer {
        rarities += day.new - day.again
        incidences += day.incidences
      }
      return Forecast(
        incidences: day.incidences, new: day.new,
        expected: incidences > 0
          ? Double(rarities) / Double(incidences) * Double(day.incidences) : nil)
    }
  }

  private static func hasChanged(_ forecasts: [Forecast]) -> Bool {
    guard forecasts.count >= 28 else { return false }
    let earlier = forecasts.dropLast(7).dropFirst(forecasts.count / 2)
    func surplus(_ forecast: Forecast) -> Double { Double(forecast.new) - (forecast.expected ?? 0) }
    let spread = earlier.reduce(0) { $0 + surplus($1) * surplus($1) } / Double(max(1, earlier.count))
    let expected = forecasts.suffix(7).reduce(0) { $0 + ($1.expected ?? 0) }
    let deviation = max(spread * 7, expected).squareRoot()
    return forecasts.suffix(7).reduce(0) { $0 + surplus($1) } > 3 * deviation + 3
  }
}
