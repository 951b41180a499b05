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
    for observation in observations { triage.add(observation) }
    return try triage.finish(caveats: [], gaps: gaps)
  }
}
