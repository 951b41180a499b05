/// When a lane runs, in UTC.
struct Rhythm: Sendable {
  let runs: ClosedRange<Int>
  let hours: ClosedRange<Int>
  let days: Days
  /// Whether `--scale` multiplies the runs; rotations and nightly jobs stay as they are.
  let grows: Bool
  /// How many runs all accounts together have in ninety days, in profiles with a volume; `runs` then says nothing.
  var budget: Int?

  enum Days: Sendable {
    case every
    /// Weekends run at a third.
    case quietWeekends
    case weekdays
    /// On this many of a hundred weekdays.
    case someWeekdays(percent: Int)
    /// Sunday is 0.
    case weekly(on: Int)
    case monthly(on: Int)
    case firstReviewDay
    case everyReviewDay
    /// The first review day is 1.
    case reviewDay(Int)
  }

  static func steady(_ runs: ClosedRange<Int>, hours: ClosedRange<Int> = 0...22, days: Days = .quietWeekends)
    -> Rhythm
  {
    Rhythm(runs: runs, hours: hours, days: days, grows: true)
  }

  /// So many runs of the lane in ninety days, spread over its accounts and days.
  static func share(_ budget: Int, hours: ClosedRange<Int> = 0...22, days: Days = .quietWeekends) -> Rhythm {
    Rhythm(runs: 0...0, hours: hours, days: days, grows: true, budget: budget)
  }

  static func fixed(_ runs: ClosedRange<Int> = 1...1, hours: ClosedRange<Int>, days: Days) -> Rhythm {
    Rhythm(runs: runs, hours: hours, days: days, grows: false)
  }
}

/// A recurring business operation: who does what, in which accounts, how often, and how it should be judged.
struct Lane: Sendable {
  let name: String
  /// Accounts with this trait take part.
  let trait: String
  let region: String?
  let principal: Principal
  let rhythm: Rhythm
  /// How many times the calls repeat within a run.
  let repeats: ClosedRange<Int>
  let judgement: Judgement
  let calls: [Call]
  /// Days before the cut-off between which the lane runs, where a reorganisation began or ended it.
  var begins: Int?
  var ends: Int?

  init(
    _ name: String, in trait: String, region: String? = nil, by principal: Principal, _ rhythm: Rhythm,
    repeats: ClosedRange<Int> = 1...1, judgement: Judgement = .routine, _ calls: [Call]
  ) {
    self.name = name
    self.trait = trait
    self.region = region
    self.principal = principal
    self.rhythm = rhythm
    self.repeats = repeats
    self.judgement = judgement
    self.calls = calls
  }

  /// The lane, run until a reorganisation so many days before the cut-off.
  func ending(daysAgo days: Int) -> Lane {
    var lane = self
    lane.ends = days
    return lane
  }

  /// The lane, run since a reorganisation so many days before the cut-off.
  func beginning(daysAgo days: Int) -> Lane {
    var lane = self
    lane.begins = days
    return lane
  }

  /// Whether the lane exists on a day.
  func exists(on day: Int) -> Bool {
    if let begins, day < EstateCalendar.cutOff - begins { return false }
    if let ends, day >= EstateCalendar.cutOff - ends { return false }
    return true
  }
}
