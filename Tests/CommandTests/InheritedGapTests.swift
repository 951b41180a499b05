import Foundation
import MDRCore
import Testing

/// What a step could not read is missing in every step after it, which has to say so.
@Suite struct InheritedGapTests {
  private static func run(_ tool: String, _ arguments: [String], in directory: URL) throws
    -> Executable.Outcome
  {
    let outcome = try Executable(tool).run(arguments, in: directory)
    try #require([0, 2].contains(outcome.exitCode), "\(tool): \(outcome.stderr)")
    return outcome
  }

  private static func findings(_ name: String, in directory: URL) throws -> [JSONValue] {
    try String(contentsOf: directory.appendingPathComponent("\(name)/findings.jsonl"), encoding: .utf8)
      .split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  /// Cuts the last delivery of an account and region on a day in half; gives its name.
  private static func cut(day: String, of place: String, in directory: URL) throws -> String {
    let logs = directory.appendingPathComponent("estate/AWSLogs").path
    let name = try #require(
      try FileManager.default.subpathsOfDirectory(atPath: logs).filter {
        $0.contains("/\(place)_") && $0.contains("_\(day)T") && $0.hasSuffix(".gz")
      }.max())
    let file = URL(fileURLWithPath: logs + "/" + name)
    let whole = try Data(contentsOf: file)
    try whole.prefix(whole.count / 2).write(to: file)
    return (name as NSString).lastPathComponent
  }

  @Test func `observations that were cut short are a gap, even at the end of a line`() throws {
    try withTemporaryDirectory { directory in
      let run = { try Self.run($0, $1, in: directory) }
      _ = try run("simulate-estate", ["--output", "estate", "--days", "3"])
      _ = try run("normalize-observations", ["--input", "estate/AWSLogs", "--output", "observations"])
      let whole = try run("business-triage", ["run", "--observations", "observations", "--output", "whole"])
      #expect(!whole.stderr.contains("observations.jsonl"))
      let file = directory.appendingPathComponent("observations/observations.jsonl")
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      let cut = lines.dropLast(40).joined(separator: "\n") + "\n"
      try Data(cut.utf8).write(to: file)
      let told =
        "observations.jsonl: it holds \(lines.count - 40) lines where observations.json counts \(lines.count): run normalize-observations again"
      for (tool, arguments) in [
        ("business-triage", ["run", "--observations", "observations"]),
        ("business-triage", ["run", "--observations", "observations/observations.jsonl"]),
        ("business-baseline", ["build", "--observations", "observations"]),
        ("detection-specs", ["evaluate", "--observations", "observations"]),
      ] {
        let outcome = try run(tool, arguments + ["--output", "out-\(tool)"])
        #expect(outcome.exitCode == 2)
        #expect(outcome.stderr.contains(told), "\(tool)")
      }
      #expect(
        try Self.findings("out-business-triage", in: directory).allSatisfy {
          ($0["caveats"]?.strings ?? []).contains { $0.contains("1 file not read whole") }
        })
    }
  }

  @Test(arguments: [
    ("--observations", "observations", "observations/observations.json"),
    ("--logs", "collected/events", "collected/collection.json"),
  ])
  func `an earlier step's page that was cut short is a gap: nobody knows what it said`(
    option: String, input: String, page: String
  ) throws {
    try withTemporaryDirectory { directory in
      let run = { try Self.run($0, $1, in: directory) }
      _ = try run("simulate-estate", ["--output", "estate", "--days", "3"])
      _ = try run("normalize-observations", ["--input", "estate/AWSLogs", "--output", "observations"])
      try FileManager.default.createDirectory(
        at: directory.appendingPathComponent("collected"), withIntermediateDirectories: true)
      try FileManager.default.moveItem(
        at: directory.appendingPathComponent("estate/AWSLogs"),
        to: directory.appendingPathComponent("collected/events"))
      try Data(#"{"schema":"mdr-rainer/collection/1","cave"#.utf8)
        .write(to: directory.appendingPathComponent(page))
      let told = (page as NSString).lastPathComponent + ": it is no JSON"
      for (tool, command) in [
        ("business-triage", "run"), ("business-baseline", "build"), ("detection-specs", "evaluate"),
      ] {
        let outcome = try run(tool, [command, option, input, "--output", "out-\(tool)"])
        #expect(outcome.exitCode == 2)
        #expect(outcome.stderr.contains(told), "\(tool): \(outcome.stderr)")
      }
      #expect(
        try Self.findings("out-business-triage", in: directory).allSatisfy {
          ($0["caveats"]?.strings ?? []).contains { $0.contains("1 file not read whole") }
        })
    }
  }

  @Test func `an unreadable delivery weighs the same whether logs or observations are given`() throws {
    try withTemporaryDirectory { directory in
      let run = { try Self.run($0, $1, in: directory) }
      _ = try run("simulate-estate", ["--output", "estate", "--seed", "1"])
      let until = ["--until", "2026-04-01", "--inventory", "estate/inventory"]
      _ = try run("business-baseline", ["build", "--logs", "estate/AWSLogs", "--output", "whole"] + until)
      let inventory = ["--inventory", "estate/inventory"]
      _ = try run(
        "business-triage",
        ["run", "--logs", "estate/AWSLogs", "--baseline", "whole", "--output", "t0"] + inventory)
      let grave = try Self.findings("t0", in: directory).filter {
        $0["position"]?.string == "abnormal_high_risk"
      }
      let account = try #require(grave.first?["account_id"]?.string)
      // As in 111111111111_CloudTrail_us-east-1_20260401T0610Z_x.json.gz.
      let places = grave.compactMap { finding in
        finding["records"]?.elements.first?["file"]?.string?.split(separator: "/").last?
          .split(separator: "_").prefix(3).joined(separator: "_")
      }
      let other = try #require(places.first { !$0.hasPrefix(account) })
      let old = try Self.cut(day: "20260210", of: places[0], in: directory)
      let new = try Self.cut(day: "20260401", of: other, in: directory)
      _ = try run("normalize-observations", ["--input", "estate/AWSLogs", "--output", "observations"])
      for (kind, path) in [("logs", "estate/AWSLogs"), ("observations", "observations")] {
        _ = try run(
          "business-baseline", ["build", "--\(kind)", path, "--output", "baseline-\(kind)"] + until)
        let outcome = try run(
          "business-triage",
          ["run", "--\(kind)", path, "--baseline", "baseline-\(kind)", "--output", "triage-\(kind)"]
            + inventory)
        #expect(outcome.exitCode == 2)
        #expect(outcome.stderr.contains(old) && outcome.stderr.contains(new))
        // A gap that the baseline and the review share is told once.
        let told = outcome.stderr.split(separator: "\n")
        #expect(Set(told).count == told.count)
      }
      let logs = try Self.findings("triage-logs", in: directory)
      let observations = try Self.findings("triage-observations", in: directory)
      func told(_ findings: [JSONValue]) -> [String] {
        findings.map { finding in
          let caveats = finding["caveats"]?.strings.sorted() ?? []
          return "\(finding["finding_id"]?.string ?? "") \(finding["position"]?.string ?? "") \(caveats)"
        }.sorted()
      }
      #expect(told(logs) == told(observations))
      let touched = observations.filter { $0["account_id"]?.string == account }
      #expect(touched.contains { $0["position"]?.string == "unknown_needs_evidence" })
      #expect(
        touched.contains { ($0["caveats"]?.strings ?? []).contains { $0.contains("baseline has a gap") } })
      #expect(
        observations.allSatisfy {
          ($0["caveats"]?.strings ?? []).contains { $0.contains("2 files not read whole") }
        })
      // A file of the review takes nothing from the baseline, and elsewhere nothing changes.
      #expect(
        observations.allSatisfy { finding in
          finding["account_id"]?.string == account
            || !(finding["caveats"]?.strings ?? []).contains { $0.contains("baseline has a gap") }
        })
      #expect(observations.contains { $0["position"]?.string == "abnormal_high_risk" })
    }
  }

  @Test func `a collection by event name says what it did not ask for, to the last step`() throws {
    try withTemporaryDirectory { directory in
      let run = { try Self.run($0, $1, in: directory) }
      _ = try run("simulate-estate", ["--output", "estate", "--days", "3"])
      let collection = directory.appendingPathComponent("lookup-collector")
      try FileManager.default.createDirectory(at: collection, withIntermediateDirectories: true)
      try FileManager.default.moveItem(
        at: directory.appendingPathComponent("estate/AWSLogs"),
        to: collection.appendingPathComponent("events"))
      let denied = "account 000000000001, region us-east-1: denied (AccessDenied) for DeleteTrail"
      let document: JSONValue = [
        "schema": "mdr-rainer/collection/1", "event_names": ["CreateAccessKey", "DeleteTrail"],
        "caveats": [.string(denied)],
      ]
      try Data(document.compactText.utf8).write(to: collection.appendingPathComponent("collection.json"))
      let normalized = try run(
        "normalize-observations", ["--input", "lookup-collector/events", "--output", "observations"])
      #expect(normalized.exitCode == 2 && normalized.stderr.contains("only CreateAccessKey, DeleteTrail"))
      _ = try run("business-triage", ["run", "--observations", "observations", "--output", "triage"])
      let findings = try Self.findings("triage", in: directory)
      #expect(!findings.isEmpty)
      for finding in findings {
        let caveats = finding["caveats"]?.strings ?? []
        #expect(caveats.contains { $0.contains("The review's logs are not whole: collected by event name") })
        // No negative answer is given where nobody asked.
        for item in finding["evidence"]?.elements ?? [] where item["answer"] != nil {
          #expect(
            item["answer"]?.string?.contains(" no ") != true || item["about"]?.string == "own", "\(item)")
        }
      }
      let summary = try String(
        contentsOf: directory.appendingPathComponent("triage/findings.md"), encoding: .utf8)
      #expect(summary.contains("DeleteTrail"))
    }
  }
}
