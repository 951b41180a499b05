import Foundation

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

  /// The same, from the lines of a file, of which like ones are judged once.
  static func lines(_ observations: some Sequence<Observation>, against baseline: Baseline) throws
    -> Triage.Result
  {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try write(Array(observations), to: file.path)
    return try lines(of: file.path, against: baseline)
  }

  static func lines(of file: String, against baseline: Baseline) throws -> Triage.Result {
    var triage = Triage(
      index: BaselineIndex(baseline), since: Sample.time(day: 90, hour: 0), inventory: nil,
      detector: try detector.get())
    let examiner = triage.examiner
    _ = try ObservationReader(inputs: [.observations(file)], jobs: 1)
      .read(judgingOnThreads: { examiner.examination() }, { triage.add($0) })
    return try triage.finish(caveats: [])
  }

  static func write(_ observations: [Observation], to file: String) throws {
    var output = JSONOutput()
    for observation in observations {
      observation.append(to: &output)
      output.append(raw: "\n")
    }
    try Data(output.bytes).write(to: URL(fileURLWithPath: file))
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
