/// At which hours of the day each actor of a baseline was seen in each account, in UTC.
struct UsualHours: Sendable {
  private struct Seen: Sendable {
    var hours: Set<Int> = []
    /// The most days that one of the actor's lanes was seen on.
    var days = 0
  }

  private struct Key: Hashable, Sendable {
    var account: String
    var actor: String
  }

  private var seen: [Key: Seen] = [:]

  /// An actor seen on fewer days has no habit that an hour could depart from.
  private static let leastDays = 10

  init(_ baseline: Baseline?) {
    for lane in baseline?.lanes ?? [] {
      let key = Key(account: lane.key.account, actor: lane.key.actor)
      var known = seen[key] ?? Seen()
      known.hours.formUnion(lane.hours)
      known.days = max(known.days, lane.days.count)
      seen[key] = known
    }
  }

  /// That the actor was never seen in the account at an operation's hour; `nil` where it was, or nobody can tell.
  func sentence(for observation: Observation) -> String? {
    guard observation.eventTime.isKnown,
      let seen = seen[Key(account: observation.accountID, actor: observation.actor)],
      seen.days >= Self.leastDays
    else { return nil }
    let hour = Int(HourSlot(observation.eventTime).hours) % 24
    guard !seen.hours.contains(hour) else { return nil }
    return
      "New hour of the day: \(observation.doer) was never seen in this account from \(clock(hour)) to \(clock(hour + 1)) UTC; it was in \(seen.hours.count) of the 24 hours."
  }

  private func clock(_ hour: Int) -> String { (hour % 24 < 10 ? "0" : "") + "\(hour % 24):00" }
}
