/// The groups that one thread has of an account.
struct AccountPiece: Sendable {
  /// What the thread collected, of which `positions` are the account's groups.
  var part: LanePart
  var positions: [Int]

  /// Its observations, and when the first and the last were.
  var span: (count: Int, first: Timestamp, last: Timestamp) {
    var span = (count: 0, first: Timestamp(seconds: .max), last: Timestamp(seconds: .min))
    for position in positions {
      for moment in part.lanes.moments[position] {
        span.count += Int(moment.count)
        span.first = min(span.first, moment.time)
        span.last = max(span.last, moment.time)
      }
    }
    return span
  }
}

/// What a thread collected, with its names' numbers in the table of all.
final class LanePart: Sendable {
  let lanes: LogLanes
  let numbers: [NameNumber]
  private let habits: HabitTable

  init(_ lanes: LogLanes, numbers: [NameNumber]) {
    self.lanes = lanes
    self.numbers = numbers
    habits = lanes.habits.renumbered(numbers)
  }

  /// The lane of a group.
  func key(_ group: Int) -> LaneNumbers { lanes.groups[group].key.renumbered(numbers) }

  /// What each observation of a group adds to its lane.
  func contribution(_ number: Int) -> LaneContribution {
    let group = lanes.groups[number]
    return LaneContribution(
      outcome: group.outcome, nature: group.nature,
      overrides: group.mark == 0 ? [] : lanes.outcomes[group.mark]?.classes ?? [],
      agent: group.agent == .none ? nil : numbers[Int(group.agent)],
      person: group.person == .none ? nil : numbers[Int(group.person)],
      resources: habits.resources(group.habits), targets: habits.targets(group.habits))
  }
}
