import MDRCore

/// How often each lane runs in each account on each day, so that the baseline has exactly as many events as asked for.
///
/// Lanes with a budget share what the others leave. A lane's runs are spread over its accounts and days by weight,
/// without gathering at the start: an account's n-th run falls where the weights so far reach n.
struct Schedule: Sendable {
  private var runs: [[UInt32]]
  private let firstDay: Int
  private let days: Int

  /// Plans `events` of usual business before the cut-off, and the review days at the same pace.
  init(profile: Profile, accounts: [Account], calendar: EstateCalendar, seed: UInt64, events: Int)
    throws(CommandError)
  {
    firstDay = calendar.days.lowerBound
    days = calendar.days.count
    runs = []
    let plan = Plan(profile: profile, accounts: accounts, calendar: calendar, seed: seed)
    let budgets = try plan.budgets(events: events)
    for (lane, budget) in zip(profile.lanes, budgets) {
      runs.append(lane.rhythm.budget == nil ? [] : plan.spread(budget, of: lane))
    }
  }

  /// The runs of the profile's lane at a position; `nil` where its own rhythm decides.
  func runs(lane: Int, account: Account, day: Int) -> Int? {
    runs[lane].isEmpty ? nil : Int(runs[lane][account.index * days + day - firstDay])
  }
}

/// The arithmetic behind a schedule.
private struct Plan {
  let profile: Profile
  let accounts: [Account]
  let calendar: EstateCalendar
  let seed: UInt64

  /// Each lane's runs before the cut-off, so that all lanes together have this many events.
  func budgets(events: Int) throws(CommandError) -> [Int] {
    let sizes = profile.lanes.map { $0.calls.count * $0.repeats.lowerBound }
    var budgets = profile.lanes.map { hasRoom(for: $0) ? $0.rhythm.budget ?? 0 : 0 }
    let planned = zip(budgets, sizes).reduce(0) { $0 + $1.0 * $1.1 }
    let wanted = events - ownEvents(sizes)
    guard wanted >= profile.lanes.count else {
      throw .usage(
        "\(events) events are too few for \(calendar.baselineDays) days of \(profile.name)",
        mend: "give more --events or fewer --days")
    }
    let shares = budgets.map { $0 * wanted }
    budgets = shares.map { $0 / planned }
    var rest = wanted - zip(budgets, sizes).reduce(0) { $0 + $1.0 * $1.1 }
    // The events left over by rounding go to the lanes that lost most by it, and the last of them to lanes of a
    // single event.
    let order = budgets.indices.filter { budgets[$0] > 0 || shares[$0] > 0 }
      .sorted { (shares[$1] % planned, $0) < (shares[$0] % planned, $1) }
    while rest > 0 {
      let before = rest
      for lane in order where sizes[lane] <= rest {
        budgets[lane] += 1
        rest -= sizes[lane]
      }
      precondition(rest < before, "\(profile.name) has no lane of a single event")
    }
    return budgets
  }

  /// Whether a lane has a day before the cut-off to run on: one that a reorganisation ended may have none.
  private func hasRoom(for lane: Lane) -> Bool {
    (calendar.days.lowerBound..<EstateCalendar.cutOff).contains { day in
      lane.rhythm.budget != nil && lane.exists(on: day) && lane.rhythm.weight(on: day) > 0
        && accounts.contains { $0.exists(on: day) && $0.traits.contains(lane.trait) }
    }
  }

  /// Events before the cut-off of the lanes that keep their own rhythm.
  private func ownEvents(_ sizes: [Int]) -> Int {
    var events = 0
    for (lane, size) in zip(profile.lanes, sizes) where lane.rhythm.budget == nil {
      for account in accounts where account.traits.contains(lane.trait) {
        for day in calendar.days.lowerBound..<EstateCalendar.cutOff
        where account.exists(on: day) && lane.exists(on: day) {
          var random = SeededGenerator(seed: seed, lane.name, account.id, "\(day)")
          events += size * lane.rhythm.runs(on: day, scale: 1, random: &random)
        }
      }
    }
    return events
  }

  /// A lane's runs by account and day.
  func spread(_ budget: Int, of lane: Lane) -> [UInt32] {
    let days = calendar.days.count
    var runs = [UInt32](repeating: 0, count: accounts.count * days)
    let weighed = accounts.map { weights(of: lane, in: $0) }
    let total = weighed.reduce(0) { $0 + $1.prefix(calendar.baselineDays).reduce(0, +) }
    guard total > 0 else { return runs }
    var sum = 0
    for (account, weights) in zip(accounts, weighed) {
      let row = account.index * days
      for offset in 0..<calendar.baselineDays {
        let before = sum * budget / total
        sum += weights[offset]
        runs[row + offset] = UInt32(sum * budget / total - before)
      }
      // The review goes on from a phase of its own, since the next account's baseline follows on this one's.
      var random = SeededGenerator(seed: seed, "phase", lane.name, account.id)
      var reviewed = random.below(total)
      for offset in calendar.baselineDays..<days {
        let before = reviewed / total
        reviewed += weights[offset] * budget
        runs[row + offset] = UInt32(reviewed / total - before)
      }
    }
    return runs
  }

  private func weights(of lane: Lane, in account: Account) -> [Int] {
    guard account.traits.contains(lane.trait) else { return Array(repeating: 0, count: calendar.days.count) }
    var random = SeededGenerator(seed: seed, "weights", lane.name, account.id)
    return calendar.days.map { day in
      let variation = random.number(in: 50...150)
      guard account.exists(on: day), lane.exists(on: day) else { return 0 }
      return account.size * lane.rhythm.weight(on: day) * variation
    }
  }
}

extension Rhythm {
  /// How much of the lane's work falls on a day, compared with other days.
  fileprivate func weight(on day: Int) -> Int {
    let weekday = EstateCalendar.weekday(day)
    let isWeekend = weekday == 0 || weekday == 6
    return switch days {
    case .every: 3
    case .quietWeekends: isWeekend ? 1 : 3
    case .weekdays: isWeekend ? 0 : 3
    case .weekly(let chosen): weekday == chosen ? 3 : 0
    case .someWeekdays, .monthly, .firstReviewDay, .everyReviewDay, .reviewDay:
      preconditionFailure("a budget can't be spread over \(days)")
    }
  }
}
