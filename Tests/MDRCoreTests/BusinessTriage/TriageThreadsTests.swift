import Foundation
import Testing

@testable import MDRCore

@Suite struct TriageThreadsTests {
  /// A review in which known and unknown principals work, among them one that walks a chain.
  private static func review() -> [Observation] {
    var generator = FixedGenerator(state: 7)
    let actors = ["role:build-server", "role:stranger", "user:batch", "root"]
    let events = [
      "iam:CreateRole", "iam:CreateUser", "iam:CreateAccessKey", "iam:AttachUserPolicy", "s3:PutObject",
    ]
    return (0..<3_000).map { number in
      let event = events[Int.random(in: 0..<5, using: &generator)].replacing(":", with: ".amazonaws.com:")
      var made = Sample.observation(
        Sample.time(day: 88 + number / 750, hour: number / 60 % 24, minute: number % 60),
        actor: actors[Int.random(in: 0..<4, using: &generator)], event: event,
        source: "ip:203.0.113.0/24", session: "\(number / 40)",
        // Some events are delivered twice, and some ids stand for two calls.
        id: "event-\(number % 2_900)", kind: .publicNetwork, archetype: .unknown)
      made.details.request = #"{"userName":"backup-svc"}"#
      return made
    }
  }

  /// The findings of a file of observations that several threads read.
  private static func findings(_ file: String, jobs: Int) throws -> (
    text: String, accounting: InputAccounting
  ) {
    let baseline = try Sample.baseline(BaselineIndexTests.estate)
    let since = Sample.time(day: 90, hour: 0)
    var triage = Triage(
      index: BaselineIndex(baseline), since: since, inventory: nil, detector: try TriageRun.detector.get())
    var orders = SequenceCheck(baseline, since: since)
    let examiner = triage.examiner
    var reader = ObservationReader(inputs: [.observations(file)], jobs: jobs)
    reader.stretchLength = 50_000
    let accounting = try reader.read(
      judgingOnThreads: { examiner.examination() }
    ) { examined in
      triage.add(examined)
      if let change = examined.change { orders.add(change) }
    }
    if let again = triage.unite() {
      _ = try reader.read(judgingOnThreads: again) { event in if let event { triage.add(event) } }
    }
    let findings = orders.completed(try triage.finish(caveats: []).findings)
    return (findings.map { $0.json.compactText }.joined(separator: "\n"), accounting)
  }

  @Test func `any number of threads finds the same in a file of several stretches`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("observations.jsonl").path
    var output = JSONOutput()
    for observation in Self.review() {
      observation.append(to: &output)
      output.append(raw: "\n")
    }
    try Data(output.bytes).write(to: URL(fileURLWithPath: file))
    let expected = try Self.findings(file, jobs: 1)
    #expect(expected.text.contains("user-created-keyed-and-empowered"))
    #expect(expected.accounting.duplicates + expected.accounting.sharedIDs == 100)
    #expect(expected.accounting.duplicates > 10 && expected.accounting.sharedIDs > 10)
    for jobs in [2, 3, 7] {
      let found = try Self.findings(file, jobs: jobs)
      #expect(found.text == expected.text, "\(jobs) threads")
      #expect(found.accounting == expected.accounting)
    }
  }
}
