/// What a detection would have made of a window of logs: how much, from which lanes, and what tuning would leave.
struct ReplayTally {
  /// The matches that one lane made.
  struct LaneTally {
    var count = 0
    var attempts = 0
    var days: Set<Int> = []
    var archetype: Archetype
    /// The earliest, to look at.
    var example: (time: Timestamp, eventID: String)
  }

  /// One principal at one place on one day is one finding.
  private struct Finding: Hashable {
    /// `nil` for what has no time.
    var day: Int?
    var account: String
    var principal: String
    var source: String
  }

  private(set) var lanes: [LaneKey: LaneTally] = [:]
  private var findings: Set<Finding> = []
  private(set) var matches = 0
  private(set) var attempts = 0
  /// Matches without a time: they are of no day.
  private(set) var untimed = 0

  mutating func add(
    lane: LaneKey, archetype: Archetype, principal: String, time: Timestamp, eventID: String, isAttempt: Bool
  ) {
    matches += 1
    attempts += isAttempt ? 1 : 0
    untimed += time.isKnown ? 0 : 1
    findings.insert(
      Finding(day: time.known?.day, account: lane.account, principal: principal, source: lane.source))
    var tally = lanes[lane] ?? LaneTally(archetype: archetype, example: (time, eventID))
    tally.count += 1
    tally.attempts += isAttempt ? 1 : 0
    if time.isKnown { tally.days.insert(time.day) }
    if (time.inOrder, eventID) < (tally.example.time.inOrder, tally.example.eventID) {
      tally.example = (time, eventID)
    }
    lanes[lane] = tally
  }

  var findingCount: Int { findings.count }

  /// Findings of the day that has most.
  var busiestDay: (day: Int, findings: Int)? {
    Dictionary(grouping: findings.compactMap(\.day)) { $0 }.map { (day: $0.key, findings: $0.value.count) }
      .min { ($1.findings, $0.day) < ($0.findings, $1.day) }
  }

  /// Lanes from the loudest on.
  var ranked: [(lane: LaneKey, tally: LaneTally)] {
    lanes.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map {
      (lane: $0.key, tally: $0.value)
    }
  }

  /// What would be left after a change, and what the change is.
  struct Tuning: Equatable {
    var change: String
    /// What stays silent by it, in words.
    var cost: String
    var matches: Int
  }

  /// Changes that make it quieter, with what each would leave.
  var tunings: [Tuning] {
    var tunings: [Tuning] = []
    if attempts > 0 {
      tunings.append(
        Tuning(
          change: "and outcome = \"success\"", cost: "attempts that failed stay silent",
          matches: matches - attempts))
    }
    let recurring = ranked.filter { $0.tally.days.count >= 3 }
    tunings.append(
      Tuning(
        change: "and baseline.first_seen", cost: "whatever a lane does again stays silent",
        matches: lanes.count))
    tunings.append(
      Tuning(
        change: "and (baseline.first_seen or baseline.rare)",
        cost: "a lane's sixth match and all later ones stay silent",
        matches: ranked.reduce(0) { $0 + min($1.tally.count, BaselineFacts.rareLimit) }))
    for number in 1...3 where recurring.count >= number {
      let gone = recurring.prefix(number)
      tunings.append(
        Tuning(
          change:
            number == 1
            ? "approve the loudest lane that recurs on three days"
            : "approve the \(number) loudest lanes that recur on three days",
          cost: "these lanes stay silent: "
            + gone.map { "\($0.lane.actor) from \($0.lane.source)" }.joined(separator: "; "),
          matches: matches - gone.reduce(0) { $0 + $1.tally.count }))
    }
    return tunings
  }
}
