extension Correlator {
  func matches(at position: Int, _ correlation: Correlation, _ groups: Groups) -> [CorrelationMatch] {
    switch correlation {
    case .threshold(let threshold):
      return matched(groups.thresholds, correlation, merge: { $0.merge($1) }) { group, state in
        state.runs(threshold).map { run in
          match(
            position, correlation, group,
            Course(
              parts: [.init(name: test.detections[position].logic.description, event: run.first)],
              count: run.count, last: run.last.time, reasons: [Self.reason(run, threshold)],
              ending: run.last.id, unlisted: run.unlisted))
        }
      }
    case .change(let change):
      return matched(groups.changes, correlation, merge: { $0.merge($1) }) { group, state in
        state.differences(change).map { difference in
          match(
            position, correlation, group,
            Course(
              parts: [
                .init(name: "last seen", event: difference.before),
                .init(name: "now", event: difference.event),
              ],
              last: difference.event.time, reasons: difference.reasons))
        }
      }
    case .sequence(let sequence):
      let names = sequence.steps.map(\.name)
      return matched(groups.sequences, correlation, merge: { $0.merge($1) }) { group, state in
        state.passes(sequence).map { pass in
          match(
            position, correlation, group,
            Course(
              parts: zip(names, pass.events).map { .init(name: $0, event: $1) },
              missing: Array(names.dropFirst(pass.events.count)), count: pass.times,
              last: pass.events.last?.time,
              reasons: zip(names, pass.events).map { "\($0): \($1.eventName) at \($1.time.iso8601)" }))
        }
      }
    }
  }

  /// What comes of the groups, in their order, those of one path taken together.
  private func matched<State>(
    _ groups: [CorrelationGroup: State], _ correlation: Correlation, merge: (inout State, State) -> Void,
    _ matches: (CorrelationGroup, State) -> [CorrelationMatch]
  ) -> [CorrelationMatch] {
    var merged = groups
    if correlation.keys.contains(.identityPath) {
      merged = [:]
      for (group, state) in groups {
        let root = settled(group, correlation.keys)
        guard var known = merged.removeValue(forKey: root) else {
          merged[root] = state
          continue
        }
        merge(&known, state)
        merged[root] = known
      }
    }
    // Nearly all groups come to nothing, and need no order.
    let found = merged.compactMap { group, state in
      let matches = matches(group, state)
      return matches.isEmpty ? nil : (group: group, matches: matches)
    }
    return found.sorted { $0.group < $1.group }.flatMap(\.matches)
  }

  /// What happened in a group that makes it a match.
  private struct Course {
    var parts: [CorrelationMatch.Part]
    /// Steps of a chain that were not taken.
    var missing: [String] = []
    /// Events of a threshold, whole passes of a chain.
    var count = 1
    /// `nil` where it ended with its first part.
    var last: Timestamp?
    var reasons: [String]
    /// The last event of a threshold.
    var ending: EventID?
    /// The number of a threshold's events that only this match tells of.
    var unlisted = 0
  }

  private func match(
    _ position: Int, _ correlation: Correlation, _ group: CorrelationGroup, _ course: Course
  ) -> CorrelationMatch {
    let first = course.parts.first?.event.time ?? Timestamp(seconds: 0)
    return CorrelationMatch(
      detection: test.detections[position], position: position, subject: group, ending: course.ending,
      unlisted: course.unlisted, kind: correlation.kind,
      group: Dictionary(
        zip(correlation.keys.map(\.description), group.values), uniquingKeysWith: { first, _ in first }),
      parts: course.parts, missing: course.missing, count: course.count, first: first,
      last: course.last ?? first, reasons: course.reasons)
  }

  private static func reason(_ run: ThresholdState.Run, _ threshold: EventThreshold) -> String {
    let what = threshold.distinct.map { "\(run.values.count) different \($0)" } ?? "\(run.count) events"
    let shown = run.values.prefix(5).joined(separator: ", ")
    return "\(what) between \(run.first.time.iso8601) and \(run.last.time.iso8601), "
      + "at least \(threshold.atLeast) within \(threshold.minutes) minutes"
      + (shown.isEmpty ? "" : ": \(shown)")
  }
}
