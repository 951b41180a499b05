import Foundation
import Testing

@Suite(.serialized) struct DeterminismTests {
  /// A small estate in two folders of logs, and copies of both elsewhere, under names that sort the other way round.
  private static func withEstate(_ body: (URL) throws -> Void) throws {
    try withTemporaryDirectory { directory in
      _ = try run("simulate-estate", ["--output", "estate", "--days", "4"], in: directory)
      let files = FileManager.default
      let organisation = try #require(
        try files.contentsOfDirectory(atPath: directory.path + "/estate/AWSLogs").first)
      let accounts = directory.appendingPathComponent("estate/AWSLogs/\(organisation)")
      for (number, account) in try files.contentsOfDirectory(atPath: accounts.path).sorted().enumerated() {
        let half = directory.appendingPathComponent(number % 2 == 0 ? "first" : "second")
          .appendingPathComponent("AWSLogs/\(organisation)")
        try files.createDirectory(at: half, withIntermediateDirectories: true)
        try files.moveItem(
          at: accounts.appendingPathComponent(account), to: half.appendingPathComponent(account))
      }
      for (name, copy) in [("first", "moved/z"), ("second", "moved/a")] {
        let target = directory.appendingPathComponent(copy)
        try files.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try files.copyItem(at: directory.appendingPathComponent(name), to: target)
      }
      try body(directory)
    }
  }

  private static func run(_ tool: String, _ arguments: [String], in directory: URL) throws -> String {
    let outcome = try Executable(tool).run(arguments, in: directory)
    try #require([0, 2].contains(outcome.exitCode), "\(tool): \(outcome.stderr)")
    return outcome.stderr
  }

  /// The threads, order and place of one run's logs.
  private static let ways = [
    ["first", "second", "1"], ["second", "first", "2"], ["moved/a", "moved/z", "5"],
  ]

  @Test func `threads, the order of inputs and their place change no byte of any artifact`() throws {
    try Self.withEstate { directory in
      var expected: [String: [String: [UInt8]]] = [:]
      for (number, way) in Self.ways.enumerated() {
        func inputs(_ option: String) -> [String] { [option, way[0], option, way[1], "--jobs", way[2]] }
        let made: [(tool: String, arguments: [String])] = [
          ("normalize-observations", inputs("--input")),
          ("business-baseline", ["build", "--until", "2026-04-01"] + inputs("--logs")),
          (
            "business-triage",
            ["run", "--inventory", "estate/inventory", "--baseline", "0/business-baseline"] + inputs("--logs")
          ),
          ("detection-specs", ["evaluate", "--inventory", "estate/inventory"] + inputs("--logs")),
          (
            "raw-evidence-pack",
            [
              "build", "--observations", "\(number)/normalize-observations", "--findings",
              "\(number)/business-triage/findings.jsonl",
            ]
          ),
          ("report-packager", ["build", "--case", "\(number)"]),
        ]
        for (tool, arguments) in made {
          _ = try Self.run(tool, arguments + ["--output", "\(number)/\(tool)"], in: directory)
          let files = try contents(of: "\(directory.path)/\(number)/\(tool)")
          #expect(files.count > 1)
          if number == 0 { expected[tool] = files }
          let differing = Set(files.keys).union(expected[tool]?.keys.map { $0 } ?? []).filter {
            files[$0] != expected[tool]?[$0]
          }
          #expect(differing.isEmpty, "\(tool) \(way): \(differing.sorted())")
        }
      }
    }
  }

  @Test func `observations give the artifacts that their logs give, but for the count of files`() throws {
    try Self.withEstate { directory in
      _ = try Self.run(
        "normalize-observations", ["--input", "first", "--input", "second", "--output", "observations"],
        in: directory)
      let inventory = ["--inventory", "estate/inventory"]
      for (name, inputs) in [
        ("logs", ["--logs", "first", "--logs", "second"]), ("read", ["--observations", "observations"]),
        ("file", ["--observations", "observations/observations.jsonl", "--jobs", "3"]),
      ] {
        _ = try Self.run(
          "business-baseline",
          ["build", "--until", "2026-04-01", "--output", "\(name)/b"] + inventory + inputs,
          in: directory)
        _ = try Self.run(
          "business-triage",
          ["run", "--baseline", "\(name)/b", "--output", "\(name)/t"] + inventory + inputs, in: directory)
        _ = try Self.run(
          "detection-specs", ["evaluate", "--output", "\(name)/d"] + inventory + inputs, in: directory)
      }
      let expected = try contents(of: directory.path + "/logs")
      for name in ["read", "file"] {
        let found = try contents(of: directory.path + "/" + name)
        #expect(found.keys.sorted() == expected.keys.sorted())
        let differing = found.keys.filter { found[$0] != expected[$0] }.sorted()
        // The two summaries count the files that were read: one of observations, or the logs themselves.
        #expect(differing == ["d/matches.json", "t/findings.json"], "\(name)")
        for file in differing {
          #expect(
            try Self.withoutFiles(found[file]) == Self.withoutFiles(expected[file]), "\(name)/\(file)")
        }
      }
    }
  }

  /// A summary without its count of files.
  private static func withoutFiles(_ bytes: [UInt8]?) throws -> NSDictionary {
    var summary = try SimulatedEstate.object(try #require(bytes))
    var input = summary["input"] as? [String: Any] ?? [:]
    input["files"] = nil
    summary["input"] = input
    return summary as NSDictionary
  }
}
