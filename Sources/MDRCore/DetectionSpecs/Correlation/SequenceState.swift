/// The steps that one group took, of each the first and the last of every minute.
struct SequenceState {
  private struct Place: Hashable {
    var step: Int
    var minute: Int
  }

  /// Most minutes have one event, which is the first and the last.
  private final class Kept: Sendable {
    let event: CorrelatedEvent

    init(_ event: CorrelatedEvent) { self.event = event }
  }

  private struct Ends {
    var first: Kept
    var last: Kept
  }

  /// A pass through the steps, whole or as far as it went.
  struct Pass {
    var events: [CorrelatedEvent]
    /// Whole passes that followed each other closely.
    var times = 1
  }

  private var ends: [Place: Ends] = [:]

  mutating func add(_ step: Int, _ time: Timestamp, _ eventID: String, _ event: () -> CorrelatedEvent) {
    let place = Place(step: step, minute: time.seconds / 60)
    guard let known = ends[place] else {
      let only = Kept(event())
      ends[place] = Ends(first: only, last: only)
      return
    }
    let (first, last) = (known.first.event, known.last.event)
    if (time, eventID) < (first.time, first.eventID) { ends[place]?.first = Kept(event()) }
    if (time, eventID) > (last.time, last.eventID) { ends[place]?.last = Kept(event()) }
  }

  /// Takes in the steps of a group that turned out to be the same.
  mutating func merge(_ other: SequenceState) {
    for (place, theirs) in other.ends {
      guard let mine = ends[place] else {
        ends[place] = theirs
        continue
      }
      ends[place] = Ends(
        first: theirs.first.event < mine.first.event ? theirs.first : mine.first,
        last: theirs.last.event < mine.last.event ? mine.last : theirs.last)
    }
  }

  /// The whole passes, earliest first; without one, the pass that got furthest if it got past the first step.
  func passes(_ sequence: EventChain) -> [Pass] {
    // Most groups take one step only and begin no pass.
    guard let one = ends.keys.first?.step, ends.keys.contains(where: { $0.step != one }) else { return [] }
    let steps = sequence.steps.indices.map { step in
      ends.filter { $0.key.step == step }.flatMap { [$0.value.first.event, $0.value.last.event] }.sorted()
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
