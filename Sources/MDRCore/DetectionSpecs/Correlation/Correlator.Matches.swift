extension Correlator {
  static func matches(
    _ detection: Detection, _ correlation: Correlation, _ group: CorrelationGroup, _ state: State
  ) -> [CorrelationMatch] {
    let names = Dictionary(
      zip(correlation.keys.map(\.description), group.values), uniquingKeysWith: { first, _ in first })
    func match(
      _ parts: [CorrelationMatch.Part], missing: [String] = [], count: Int, first: Timestamp, last: Timestamp,
      reasons: [String]
    ) -> CorrelationMatch {
      CorrelationMatch(
        detection: detection, kind: correlation.kind, group: names, parts: parts, missing: missing,
        count: count, first: first, last: last, reasons: reasons)
    }
    switch (correlation, state) {
    case (.threshold(let threshold), .threshold(let state)):
      return state.runs(threshold).map { run in
        let what = threshold.distinct.map { "\(run.values.count) different \($0)" } ?? "\(run.count) events"
        let shown = run.values.prefix(5).joined(separator: ", ")
        return match(
          [.init(name: detection.logic.description, event: run.first)], count: run.count,
          first: run.first.time, last: run.last,
          reasons: [
            "\(what) between \(run.first.time.iso8601) and \(run.last.iso8601), "
              + "at least \(threshold.atLeast) within \(threshold.minutes) minutes"
              + (shown.isEmpty ? "" : ": \(shown)")
          ])
      }
    case (.change(let change), .change(let state)):
      return state.differences(change).map { difference in
        match(
          [
            .init(name: "last seen", event: difference.before),
            .init(name: "now", event: difference.event),
          ], count: 1, first: difference.before.time, last: difference.event.time, reasons: difference.reasons
        )
      }
    case (.sequence(let sequence), .sequence(let state)):
      return state.passes(sequence).compactMap { pass in
        guard let first = pass.events.first, let last = pass.events.last else { return nil }
        let names = sequence.steps.map(\.name)
        return match(
          zip(names, pass.events).map { .init(name: $0, event: $1) },
          missing: Array(names.dropFirst(pass.events.count)), count: pass.times, first: first.time,
          last: last.time,
          reasons: zip(names, pass.events).map { "\($0): \($1.eventName) at \($1.time.iso8601)" })
      }
    default: return []
    }
  }
}
