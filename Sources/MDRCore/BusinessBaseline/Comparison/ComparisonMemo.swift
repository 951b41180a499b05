/// What one thread has compared with a baseline before: many observations are of few lanes.
package final class ComparisonMemo {
  private struct Key: Hashable {
    var lane: LaneKey
    var outcome: Outcome
  }

  /// Beyond this many lanes the memo starts anew, so that hostile input can't fill memory.
  private static let limit = 1 << 15

  private struct Known {
    var comparison: Comparison
    /// Where it also hangs on what the call was made on: the row that says so.
    var row: SettledResources.Row?
  }

  private let index: BaselineIndex
  private var known: [Key: Known] = [:]

  package init(_ index: BaselineIndex) { self.index = index }

  /// Compares an observation with the baseline.
  ///
  /// Where there is no critical outcome, only the lane and the outcome decide, so their comparison is kept; the beat
  /// depends on the time and is looked at each time, and so is what a call was made on, where that counts. A signed lane
  /// is compared anew, because signatures expire, and so is what came from ever other networks, because the program
  /// counts there.
  package func compare(_ observation: Observation) -> Comparison {
    guard observation.overrides.isEmpty else { return index.compare(observation) }
    let key = Key(lane: observation.laneKey, outcome: observation.outcome)
    if let known = known[key] {
      if let row = known.row, !index.newResources(of: observation, in: known.comparison, row).isEmpty {
        return index.compare(observation)
      }
      var comparison = known.comparison
      if comparison.isOnBeat != nil { comparison.isOnBeat = comparison.exact?.isOnBeat(observation) }
      return comparison
    }
    let comparison = index.compare(observation)
    guard comparison.exact?.approval == nil, comparison.wandering == nil, comparison.newResources.isEmpty
    else { return comparison }
    if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
    known[key] = Known(
      comparison: comparison, row: comparison.goesBy.flatMap { _ in index.settled.row(for: observation) })
    return comparison
  }
}

extension Lane {
  /// Whether a run was due at the time of an observation; `nil` for a lane without a beat, or without a time.
  func isOnBeat(_ observation: Observation) -> Bool? {
    observation.eventTime.known.flatMap { self.cadence?.isDue(at: $0, after: self.lastSeen) }
  }
}
