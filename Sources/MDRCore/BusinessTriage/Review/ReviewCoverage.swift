/// Which hours of the review the logs cover, account by account: absence says something only where they do.
struct ReviewCoverage: Sendable {
  private var hours: [String: Set<Int32>] = [:]
  private(set) var first: Timestamp?
  private(set) var last: Timestamp?
  /// Whether there are events without a time, which cover nothing.
  private var hasUntimed = false
  /// What the review could not read, or did not ask for.
  var gaps: [CollectionGap] = []

  /// An account with an event in at least this share of the hours is never silent for two hours by itself.
  private static let busyPercent = 95

  mutating func add(account: String, _ time: Timestamp) {
    guard time.isKnown else {
      hasUntimed = true
      return
    }
    hours[account, default: []].insert(HourSlot(time).hours)
    extend(to: time)
  }

  /// Notes an event in an hour that is counted already.
  mutating func extend(to time: Timestamp) {
    guard time.isKnown else { return }
    first = min(first ?? time, time)
    last = max(last ?? time, time)
  }

  /// The first event of an account.
  func firstHour(of account: String) -> Timestamp? {
    hours[account]?.min().map { Timestamp(seconds: Int($0) * 3_600) }
  }

  /// Why absence between two moments says nothing for sure; `nil` where the logs cover them.
  func hole(in account: String, from start: Timestamp?, to end: Timestamp?) -> String? {
    guard let first, let last else {
      return hasUntimed ? "no event of these logs has a time" : "there are no logs"
    }
    let (from, to) = (max(start ?? first, first), end ?? last)
    if let gap = gaps.first(where: { $0.touches(account: account, from: from, to: min(to, last)) }) {
      return gap.reason
    }
    if let silence = silence(of: account, from: from, to: min(to, last)) { return silence }
    if to > last { return "the logs end at \(last.iso8601)" }
    if let start, start < first { return "the logs begin at \(first.iso8601)" }
    return nil
  }

  /// That an account's events end a day or more before a moment to which the logs of others reach; `nil` where they don't.
  ///
  /// The logs can't tell a pause in the work from a hole in the collection, so that the reader is told.
  func quietEnd(of account: String, before end: Timestamp?) -> String? {
    guard let last, let latest = hours[account]?.max() else { return nil }
    let since = Timestamp(seconds: Int(latest + 1) * 3_600)
    guard since < min(end ?? last, last), last.seconds - since.seconds >= 86_400 else { return nil }
    return "account \(account) has no event from \(since.iso8601) on"
  }

  /// Two hours or more without any event in an account that has some in nearly every hour.
  private func silence(of account: String, from start: Timestamp, to end: Timestamp) -> String? {
    guard let seen = hours[account], let earliest = seen.min(), let latest = seen.max(),
      latest - earliest >= 48, seen.count * 100 >= Int(latest - earliest + 1) * Self.busyPercent
    else { return nil }
    var silent: Int32?
    for hour in HourSlot(start).hours...max(HourSlot(start).hours, HourSlot(end).hours)
    where hour >= earliest && hour <= latest {
      guard !seen.contains(hour) else {
        silent = nil
        continue
      }
      if let since = silent, hour - since >= 1 {
        return
          "account \(account) has no event from \(Timestamp(seconds: Int(since) * 3_600).iso8601) on, where every other hour has some"
      }
      silent = silent ?? hour
    }
    return nil
  }
}
