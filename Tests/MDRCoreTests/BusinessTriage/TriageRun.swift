@testable import MDRCore

/// Triage in the test's own process, from the ninety-first day on.
enum TriageRun {
  static let detector = Result { try Detector(directory: nil, inventory: nil) }

  static func result(
    _ observations: some Sequence<Observation>, against baseline: Baseline?, gaps: [CollectionGap] = []
  ) throws -> Triage.Result {
    var triage = Triage(
      index: baseline.map { BaselineIndex($0) }, since: baseline == nil ? nil : Sample.time(day: 90, hour: 0),
      inventory: nil, detector: try detector.get())
    triage.add(all: Array(observations))
    return try triage.finish(caveats: [], gaps: gaps)
  }
}

extension Triage {
  /// Judges observations, and those that detections of several events match once more.
  mutating func add(all observations: [Observation]) {
    for observation in observations { add(observation) }
    guard let again = unite()?() else { return }
    for observation in observations {
      if let event = again.judge(observation, nil) { add(event) }
    }
  }
}
