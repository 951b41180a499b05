import Foundation
import Testing

/// Cases of Tests/Cases/normalize: what a log looks like, and the observations it must give.
///
/// With RECORD_GOLDEN=1 the expected files are written anew and the test fails, so that the change is looked at.
@Suite struct NormalizeCaseTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Cases/normalize")

  static let names: [String] = {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return found.filter { !$0.hasPrefix(".") }.sorted()
  }()

  private static let artifacts = ["observations.jsonl", "rejects.jsonl", "summary.json"]

  private static func inputs(_ name: String) throws -> [String] {
    let folder = root.appendingPathComponent(name).path
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("input") }
      .sorted().map { folder + "/" + $0 }
  }

  /// What a run writes, the summary taken from its header.
  private static func run(_ inputs: [String], jobs: Int = 1) throws -> [String: String] {
    try withTemporaryDirectory { output in
      let outcome = try Executable("normalize-observations").run(
        inputs.flatMap { ["--input", $0] } + ["--output", output.path, "--jobs", "\(jobs)"])
      guard outcome.exitCode == 0 || outcome.exitCode == 2 else {
        throw Failure(message: "exit \(outcome.exitCode): \(outcome.stderr)")
      }
      func text(_ name: String) throws -> String {
        try String(contentsOf: output.appendingPathComponent(name), encoding: .utf8)
      }
      let data = Data(try text("observations.json").utf8)
      let header = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let keys = [
        "records", "observations", "observations_with_shared_id", "duplicates", "copies_across_accounts",
        "rejects", "file_faults",
      ]
      let summary = try JSONSerialization.data(
        withJSONObject: header.filter { keys.contains($0.key) },
        options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
      return [
        "observations.jsonl": try text("observations.jsonl"), "rejects.jsonl": try text("rejects.jsonl"),
        "observations.md": try text("observations.md"),
        "summary.json": String(decoding: summary, as: UTF8.self) + "\n",
      ]
    }
  }

  private struct Failure: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
  }

  private static func isAccountedFor(_ run: [String: String]) throws -> Bool {
    let summary = try JSONSerialization.jsonObject(with: Data((run["summary.json"] ?? "").utf8))
    let counts = try #require(summary as? [String: Any])
    func count(_ key: String) -> Int { counts[key] as? Int ?? -1 }
    return count("records") == count("observations") + count("duplicates") + count("rejects")
      && (run["observations.jsonl"] ?? "").split(separator: "\n").count == count("observations")
      && (run["rejects.jsonl"] ?? "").split(separator: "\n").count == count("rejects")
  }

  @Test func `there are cases`() { #expect(Self.names.count > 20) }

  @Test(arguments: names)
  func `a log gives the observations expected of it`(name: String) throws {
    let run = try Self.run(try Self.inputs(name))
    let expected = Self.root.appendingPathComponent(name).appendingPathComponent("expected")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(at: expected, withIntermediateDirectories: true)
      for artifact in Self.artifacts {
        try Data((run[artifact] ?? "").utf8).write(to: expected.appendingPathComponent(artifact))
      }
      Issue.record("\(name) was recorded anew: look at the difference, then run without RECORD_GOLDEN")
      return
    }
    for artifact in Self.artifacts {
      let text = try String(contentsOf: expected.appendingPathComponent(artifact), encoding: .utf8)
      #expect(run[artifact] == text, "\(name)/\(artifact)")
    }
    #expect(try Self.isAccountedFor(run))
  }

  @Test func `neither threads nor the order of inputs change a byte`() throws {
    let inputs = try Self.names.flatMap(Self.inputs)
    let once = try Self.run(inputs)
    #expect(try Self.isAccountedFor(once))
    #expect(try Self.run(inputs.reversed(), jobs: 2) == once)
    #expect(try Self.run(inputs.sorted { $0.hashValue < $1.hashValue }, jobs: 7) == once)
  }

  /// The real and labelled logs, beside the checkout.
  private static let shared = root.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data").path

  @Test(.enabled(if: FileManager.default.fileExists(atPath: shared), "needs the logs of ../shared/data"))
  func `every record of the shared logs is accounted for`() throws {
    let once = try Self.run([Self.shared])
    #expect(try Self.isAccountedFor(once))
    #expect(try Self.run([Self.shared], jobs: 3) == once)
  }

  @Test func `no planted secret reaches an artifact`() throws {
    let planted = try Self.run(try Self.inputs("secrets"))
    let source = try Self.inputs("secrets").map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
    #expect(source.components(separatedBy: "PLANTED").count > 15)
    for artifact in Self.artifacts + ["observations.md"] {
      #expect(!(planted[artifact] ?? "").contains("PLANTED"), "\(artifact)")
    }
  }
}
