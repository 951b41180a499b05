/// The events that detections of several events matched and that no operation lists: nothing was known of them when
/// they were read, so they are read once more.
struct MatchedEvents: Sendable {
  /// The events of one group in a stretch of time.
  private struct Run {
    /// The position of the match.
    var match: Int
    var times: ClosedRange<Timestamp>
  }

  /// Runs by the position of their detection.
  private var runs: [Int: [CorrelationGroup: [Run]]] = [:]
  /// Days of lanes that were outgrown.
  private var days: [LaneKey: [Run]] = [:]
  /// Positions of matches by the events that are their steps.
  private var steps: [EventID: [Int]] = [:]
  /// When they were; once all are there, apart from each other and in order.
  private var times: [ClosedRange<Timestamp>] = []

  var isEmpty: Bool { times.isEmpty }

  /// Adds the events of a threshold that was reached.
  mutating func add(runOf match: CorrelationMatch, at position: Int) {
    let times = match.first...max(match.first, match.last)
    runs[match.position, default: [:]][match.subject, default: []].append(Run(match: position, times: times))
    self.times.append(times)
  }

  /// Adds the calls of a lane on a day.
  mutating func add(dayOf lane: OutgrownLane, at position: Int) {
    days[lane.key, default: []].append(Run(match: position, times: lane.times))
    times.append(lane.times)
  }

  /// Adds a step of a chain, or a change.
  mutating func add(step event: CorrelatedEvent, of position: Int) {
    steps[event.id, default: []].append(position)
    times.append(event.time...event.time)
  }

  /// Joins the times that overlap, once all are there.
  mutating func joinTimes() {
    var joined: [ClosedRange<Timestamp>] = []
    for next in times.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, next.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, next.upperBound)
      } else {
        joined.append(next)
      }
    }
    times = joined
  }

  /// Whether an event of some moment may be one of them.
  func mayInclude(_ time: Timestamp) -> Bool {
    let later = times.partitioningIndex { $0.lowerBound > time }
    return later > 0 && times[later - 1].contains(time)
  }

  /// The positions of the lanes that were outgrown by an observation's day.
  func outgrown(by observation: Observation) -> [Int] {
    guard !days.isEmpty, observation.outcome == .success, let days = days[observation.laneKey] else {
      return []
    }
    return days.filter { $0.times.contains(observation.eventTime) }.map(\.match)
  }

  /// Whether an event is a step of a chain, or a change.
  func includesStep(_ id: EventID) -> Bool { steps[id] != nil }

  /// The positions of the matches that an event is part of, in order; `settled` gives the group that one turned out to
  /// be.
  func matches(
    of id: EventID, at time: Timestamp, _ hits: [CorrelationTest.Hit], _ test: CorrelationTest,
    settled: (CorrelationTest.Hit) -> CorrelationGroup
  ) -> [Int] {
    var found = Set(steps[id] ?? [])
    for hit in hits {
      guard let groups = runs[test.entries[hit.entry].detection] else { continue }
      for run in groups[settled(hit)] ?? [] where run.times.contains(time) { found.insert(run.match) }
    }
    return found.sorted()
  }
}

/// An event that is told because of what it is together with others.
struct MatchedEvent: Sendable {
  /// Positions of the matches, in order; there is one at least.
  var matches: [Int]
  var assessment: Assessment
}

extension TriageExaminer {
  /// An examination, for one thread, of observations that were read before.
  func examination(of matched: MatchedEvents, _ correlator: Correlator) -> ObservationJudge<MatchedEvent?> {
    let lanes = judge.index.map { ComparisonMemo($0) }
    return ObservationJudge { observation, _ in
      matchedEvent(observation, matched, correlator, lanes)
    } recall: { line in
      // Most of a review is neither: whatever else it says is not looked at.
      guard let time = line.time, !matched.mayInclude(time), let event = line.event else { return nil }
      return .init(event: event, time: time, account: "", region: "", element: nil)
    }
  }

  private func matchedEvent(
    _ logged: Observation, _ matched: MatchedEvents, _ correlator: Correlator, _ lanes: ComparisonMemo?
  ) -> MatchedEvent? {
    let time = logged.eventTime
    guard time.isKnown, since.map({ time >= $0 }) ?? true, matched.mayInclude(time) else { return nil }
    let id = EventID(logged.eventID)
    let observation = judge.inventory?.resolved(logged) ?? logged
    // What no detection of several events looks at need not be judged.
    let outgrown = matched.outgrown(by: observation)
    guard matched.includesStep(id) || !outgrown.isEmpty || !together.candidates(observation).isEmpty else {
      return nil
    }
    var gathered = GatheredFacts(noting: FactReads())
    let assessment = judge.assess(resolved: observation, comparing: lanes, &gathered)
    guard !isListed(assessment) else { return nil }
    let found = together(
      assessment.observation, baseline: assessment.comparison.map { BaselineFacts($0) }, &gathered,
      FactReads()
    ).found
    let matches = matched.matches(of: id, at: time, found.hits, together) { hit in
      let keys = together.detections[together.entries[hit.entry].detection].correlation?.keys ?? []
      return correlator.settled(hit.group, keys)
    }
    let all = matches + outgrown
    return all.isEmpty ? nil : MatchedEvent(matches: all, assessment: assessment)
  }
}
