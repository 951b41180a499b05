/// The events of one group, minute by minute, until it is known whether they were too many.
///
/// A minute holds its count, its first and its last event, and at most as many values as the threshold asks for.
struct ThresholdState {
  /// Most minutes have one event, which is the first and the last.
  struct Minute {
    var count = 0
    var first: CorrelatedEvent.Held
    var last: CorrelatedEvent.Held
    var values: Set<String> = []
    /// Events that nothing else tells of.
    var unlisted = 0
  }

  /// A stretch of time in which every minute lies in some window that holds enough.
  struct Run {
    var first: CorrelatedEvent
    var last: CorrelatedEvent
    var count: Int
    var values: [String]
    var unlisted: Int
  }

  private var minutes: [Int: Minute] = [:]

  /// Counts an event with the values that are told apart, if the threshold asks for different ones.
  mutating func add(
    _ threshold: EventThreshold, _ values: [String], at time: Timestamp, _ id: EventID,
    isUnlisted: Bool = false, _ event: () -> CorrelatedEvent.Held
  ) {
    let slot = Self.slot(time)
    var minute: Minute
    if let known = minutes.removeValue(forKey: slot) {
      minute = known
      let (first, last) = (minute.first.event, minute.last.event)
      if (time, id) < (first.time, first.id) { minute.first = event() }
      if (time, id) > (last.time, last.id) { minute.last = event() }
    } else {
      let event = event()
      minute = Minute(first: event, last: event)
    }
    minute.count += 1
    minute.values.formUnion(values)
    if isUnlisted { minute.unlisted += 1 }
    minutes[slot] = minute.trimmed(to: threshold.atLeast, slack: 2)
  }

  /// Takes in the events of a group that turned out to be the same.
  mutating func merge(_ other: ThresholdState) {
    for (slot, minute) in other.minutes {
      guard var mine = minutes[slot] else {
        minutes[slot] = minute
        continue
      }
      mine.count += minute.count
      if minute.first.event < mine.first.event { mine.first = minute.first }
      if mine.last.event < minute.last.event { mine.last = minute.last }
      mine.values.formUnion(minute.values)
      mine.unlisted += minute.unlisted
      minutes[slot] = mine
    }
  }

  /// The runs, earliest first.
  func runs(_ threshold: EventThreshold) -> [Run] {
    let slots = minutes.keys.sorted()
    var spans: [ClosedRange<Int>] = []
    var (start, total, counts) = (0, 0, [String: Int]())
    for end in slots.indices {
      let minute = minutes[slots[end]]
      total += minute?.count ?? 0
      if threshold.distinct != nil { for value in minute?.values ?? [] { counts[value, default: 0] += 1 } }
      while slots[start] <= slots[end] - threshold.minutes {
        let gone = minutes[slots[start]]
        total -= gone?.count ?? 0
        if threshold.distinct != nil {
          for value in gone?.values ?? [] {
            counts[value] = counts[value, default: 1] == 1 ? nil : counts[value, default: 1] - 1
          }
        }
        start += 1
      }
      guard (threshold.distinct == nil ? total : counts.count) >= threshold.atLeast else { continue }
      if let last = spans.last, last.upperBound >= start {
        spans[spans.count - 1] = last.lowerBound...end
      } else {
        spans.append(start...end)
      }
    }
    return spans.compactMap { span in run(slots[span].compactMap { minutes[$0] }, threshold) }
  }

  private func run(_ minutes: [Minute], _ threshold: EventThreshold) -> Run? {
    guard let first = minutes.first?.first.event, let last = minutes.last?.last.event else { return nil }
    let values = minutes.reduce(into: Set<String>()) {
      $0.formUnion($1.trimmed(to: threshold.atLeast, slack: 1).values)
    }
    return Run(
      first: first, last: last, count: minutes.reduce(0) { $0 + $1.count }, values: values.sorted(),
      unlisted: minutes.reduce(0) { $0 + $1.unlisted })
  }

  private static func slot(_ time: Timestamp) -> Int {
    time.seconds >= 0 ? time.seconds / 60 : (time.seconds - 59) / 60
  }
}

extension ThresholdState.Minute {
  /// The same with the smallest values only, once there are more than some times the limit: which ones stay
  /// doesn't hang on the order they came in.
  func trimmed(to limit: Int, slack: Int) -> Self {
    guard values.count > limit * slack else { return self }
    var minute = self
    minute.values = Set(values.sorted().prefix(limit))
    return minute
  }
}
