/// Days that lie so far from the others that the window is mostly empty: a record with a wrong year, or a file of another case.
///
/// A lane has to be spread over a part of the window; one stray day can keep every lane from that.
struct StrayDays: Equatable {
  /// The longest stretch of days without an observation.
  var empty: ClosedRange<Int>
  /// Days with one before it.
  var earlier: Int
  /// Days with one after it.
  var later: Int

  /// Looks for an empty stretch of `least` days or more that is more than half of the window; `days` have an observation.
  init?(among days: Set<Int>, in window: ObservedWindow, atLeast least: Int) {
    let sorted = days.sorted()
    let pairs = zip(sorted, sorted.dropFirst())
    guard let widest = pairs.max(by: { $0.1 - $0.0 < $1.1 - $1.0 }), widest.1 - widest.0 > 1 else {
      return nil
    }
    let empty = widest.0 + 1...widest.1 - 1
    guard empty.count >= least, empty.count * 2 > window.days else { return nil }
    self.empty = empty
    earlier = sorted.count { $0 < empty.lowerBound }
    later = sorted.count { $0 > empty.upperBound }
  }

  /// What it means, and how to build without the strays.
  func caveat(_ window: ObservedWindow) -> String {
    let end = window.cutOff ?? Timestamp.startOfDay(window.end.day + 1)
    let mend =
      earlier <= later
      ? "where the days before are strays, build with --until \(end.iso8601) --window-days \(end.adding(-1).day - empty.upperBound)"
      : "where the days after are strays, build with --until \(Timestamp.startOfDay(empty.lowerBound).iso8601)"
    return """
      no observation from \(Timestamp.startOfDay(empty.lowerBound).date) to \(Timestamp.startOfDay(empty.upperBound).date), \
      \(earlier.of("day")) with some before and \(later.of("day")) after: lanes have to be spread over all \(window.days) days; \
      \(mend)
      """
  }
}
