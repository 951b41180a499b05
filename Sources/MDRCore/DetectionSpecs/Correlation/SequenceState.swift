/// The steps that one group took: for each, the first and the last event of every minute.
struct SequenceState {
  private struct Place: Hashable {
    var step: Int
    var minute: Int
  }

  /// Most minutes have one event, which is the first and the last.
  private struct Ends {
    var first: CorrelatedEvent.Held
    var last: CorrelatedEvent.Held
  }

  /// A pass through the steps, whole or as far as it went.
  struct Pass {
    var events: [CorrelatedEvent]
    /// Whole passes that followed each other closely.
    var times = 1
  }

  /// The place met first and what stands there: most groups have no other.
  private var only: (place: Place, ends: Ends)?
  private var ends: [Place: Ends] = [:]

  mutating func add(_ step: Int, _ time: Timestamp, _ id: EventID, _ event: () -> CorrelatedEvent.Held) {
    let place = Place(step: step, minute: time.seconds / 60)
    guard var known = self[place] else {
      let event = event()
      self[place] = Ends(first: event, last: event)
      return
    }
    let (first, last) = (known.first.event, known.last.event)
    let (isFirst, isLast) = ((time, id) < (first.time, first.id), (time, id) > (last.time, last.id))
    guard isFirst || isLast else { return }
    let event = event()
    if isFirst { known.first = event }
    if isLast { known.last = event }
    self[place] = known
  }

  private subscript(place: Place) -> Ends? {
    get { only?.place == place ? only?.ends : ends.isEmpty ? nil : ends[place] }
    set {
      guard let newValue else { return }
      if only.map({ $0.place == place }) ?? true { only = (place, newValue) } else { ends[place] = newValue }
    }
  }

  private var all: [(place: Place, ends: Ends)] {
    ends.map { (place: $0.key, ends: $0.value) } + (only.map { [$0] } ?? [])
  }

  /// Takes in the steps of a group that turned out to be the same.
  mutating func merge(_ other: SequenceState) {
    for (place, theirs) in other.all {
      guard let mine = self[place] else {
        self[place] = theirs
        continue
      }
      self[place] = Ends(
        first: theirs.first.event < mine.first.event ? theirs.first : mine.first,
        last: theirs.last.event < mine.last.event ? mine.last : theirs.last)
    }
  }

  /// The whole passes, earliest first; where there is none, the pass that got furthest, if it got beyond the first
  /// step.
  func passes(_ sequence: EventChain) -> [Pass] {
    // Most groups take one step only and begin no pass.
    guard let one = only?.place.step, ends.keys.contains(where: { $0.step != one }) else { return [] }
    let all = all
    let steps = sequence.steps.indices.map { step in
      all.filter { $0.place.step == step }.flatMap { [$0.ends.first.event, $0.ends.last.event] }.sorted()
    }
    let window = sequence.minutes * 60
    var whole: [Pass] = []
    var furthest: Pass?
    var next = Timestamp(seconds: .min)
    for start in steps.first ?? [] where start.time > next {
      let events = Self.pass(from: start, steps, until: start.time.adding(window))
      if events.count == steps.count {
        next = events.last?.time ?? next
        if let last = whole.last?.events.last, start.time <= last.time.adding(window) {
          whole[whole.count - 1].times += 1
        } else {
          whole.append(Pass(events: events))
        }
      } else if events.count >= 2, events.count > furthest?.events.count ?? 0 {
        furthest = Pass(events: events)
      }
    }
    return whole.isEmpty ? furthest.map { [$0] } ?? [] : whole
  }

  /// The earliest event of each step after the one before; steps may fall into one second, not into one event.
  private static func pass(
    from start: CorrelatedEvent, _ steps: [[CorrelatedEvent]], until end: Timestamp
  ) -> [CorrelatedEvent] {
    var events = [start]
    for candidates in steps.dropFirst() {
      guard let previous = events.last else { break }
      var (low, high) = (0, candidates.count)
      while low < high {
        let middle = (low + high) / 2
        if candidates[middle].time < previous.time { low = middle + 1 } else { high = middle }
      }
      let next = candidates[low...].first { candidate in
        !events.contains { $0.eventID == candidate.eventID }
      }
      guard let next, next.time <= end else { break }
      events.append(next)
    }
    return events
  }
}
