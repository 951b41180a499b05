import Foundation
import Testing

/// An output folder may lie among the logs: what a command writes is never its own input.
@Suite struct OwnFoldersTests {
  private static let record =
    #"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111111111111:user/u","userName":"u"},"eventID":"e1","eventTime":"2026-01-01T00:00:00Z","eventName":"ListUsers","eventSource":"iam.amazonaws.com","awsRegion":"us-east-1"}"#

  private static func withLogs(_ body: (URL) throws -> Void) throws {
    try withTemporaryDirectory { logs in
      try Data(record.utf8).write(to: logs.appendingPathComponent("a.json"))
      try body(logs)
    }
  }

  private static func header(_ folder: URL) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appendingPathComponent("observations.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `observations that are written among the logs are no logs`() throws {
    try Self.withLogs { logs in
      let output = logs.appendingPathComponent("case/out")
      let tool = try Executable("normalize-observations")
      var lines: [Data] = []
      for round in 0..<3 {
        let path = round == 2 ? output.path + "/" : output.path
        let run = try tool.run(["--input", logs.path, "--output", path])
        #expect(run.exitCode == 0, "\(run.stderr)")
        let header = try Self.header(output)
        #expect(header["files"] as? Int == 1)
        #expect(header["records"] as? Int == 1)
        #expect((header["file_faults"] as? [Any])?.isEmpty == true)
        #expect(header["left_out"] as? [String] == (round == 0 ? nil : ["case/out/"]))
        #expect(
          run.stdout.contains("not read as logs, being the output or another input: case/out/") == (round > 0)
        )
        lines.append(try Data(contentsOf: output.appendingPathComponent("observations.jsonl")))
        // What a run that was stopped leaves is no input either.
        try Data("{".utf8).write(to: output.appendingPathComponent("observations.jsonl.partial"))
      }
      #expect(lines.allSatisfy { $0 == lines[0] })
    }
  }

  @Test func `single observations are shown as tables, and unknown ids are named`() throws {
    try Self.withLogs { logs in
      let tool = try Executable("normalize-observations")
      let output = logs.appendingPathComponent("out").path
      _ = try tool.run(["--input", logs.appendingPathComponent("a.json").path, "--output", output])
      let shown = try tool.run(["show", "--observations", output, "--event-id", "e1"])
      #expect(shown.exitCode == 0, "\(shown.stderr)")
      let rows = [
        "### Observation", "| Field | Value |", "| Account | `111111111111` |",
        "| Region | `global` (logged in `us-east-1`) |",
        "| Event | `ListUsers` |", "| Actor | `user:u` |", "| Actor type | `iam_user` |",
        "| User agent | none |",
        "| Business risk | `operational_change_risk` |",
        "| Pattern family | `identity_and_privilege_management` |",
        "| Outcome | success |", "| Event id | `e1` |", "| Raw record | record 0 of `a.json` |",
      ]
      for row in rows { #expect(shown.stdout.contains(row), "\(row)") }
      let page = try String(contentsOfFile: output + "/observations.md", encoding: .utf8)
      #expect(page.contains("## What an observation says") && page.contains("| Event id | `e1` |"))
      let both = try tool.run(["show", "--observations", output, "--event-id", "e1", "--event-id", "e2"])
      #expect(both.exitCode == 2 && both.stderr.contains("no observation has the event id e2"))
      #expect(try tool.run(["show", "--observations", output, "--event-id", "e2"]).exitCode == 65)
      #expect(try tool.run(["show", "--observations", output]).exitCode == 64)
    }
  }

  @Test func `in a folder that is input and output at once only the artifacts are left out`() throws {
    try Self.withLogs { logs in
      let tool = try Executable("normalize-observations")
      for round in 0..<2 {
        let run = try tool.run(["--input", logs.path, "--output", logs.path])
        #expect(run.exitCode == 0, "\(run.stderr)")
        let header = try Self.header(logs)
        #expect(header["files"] as? Int == 1)
        let artifacts = ["observations.json", "observations.jsonl", "observations.md", "rejects.jsonl"]
        #expect(header["left_out"] as? [String] == (round == 0 ? nil : artifacts))
      }
    }
  }

  @Test(arguments: [[], ["--keep-state"]])
  func `a baseline that is built among the logs is no log`(options: [String]) throws {
    try Self.withLogs { logs in
      let output = logs.appendingPathComponent("baseline")
      let tool = try Executable("business-baseline")
      for round in 0..<2 {
        try FileManager.default.createDirectory(
          atPath: output.path + ".partial", withIntermediateDirectories: true)
        try Data("{".utf8).write(to: URL(fileURLWithPath: output.path + ".partial/x.json"))
        let run = try tool.run(["build", "--logs", logs.path, "--output", output.path, "--json"] + options)
        #expect(run.exitCode == 0, "\(run.stderr)")
        let said = try #require(
          try JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any])
        #expect(said["records"] as? Int == 1)
        #expect(said["rejects"] as? Int == 0)
        #expect(
          said["left_out"] as? [String]
            == (round == 0 ? ["baseline.partial/"] : ["baseline.partial/", "baseline/"]))
        #expect((said["caveats"] as? [Any] ?? []).isEmpty, "\(run.stdout)")
      }
    }
  }

  @Test func `a baseline among the logs that it is brought up to date with is no log`() throws {
    try Self.withLogs { logs in
      let output = logs.appendingPathComponent("baseline").path
      let tool = try Executable("business-baseline")
      let built = try tool.run(["build", "--logs", logs.path, "--output", output, "--keep-state"])
      #expect(built.exitCode == 0, "\(built.stderr)")
      let run = try tool.run(["update", "--baseline", output, "--logs", logs.path, "--json"])
      #expect(run.exitCode == 0, "\(run.stderr)")
      let said = try #require(
        try JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any])
      #expect(said["left_out"] as? [String] == ["baseline.partial/", "baseline/"])
      #expect(said["known"] as? Int == 1)
      #expect((said["caveats"] as? [Any] ?? []).isEmpty, "\(run.stdout)")
    }
  }

  /// Commands that judge the logs of a folder in which all they use and write lies too, and what they write first.
  private static let judging: [(tool: String, arguments: [String], artifacts: [String])] = [
    (
      "business-triage",
      ["run", "--baseline", "baseline", "--inventory", "lists", "--also", "ocsf"],
      ["findings.json", "findings.jsonl", "findings.md", "findings.ocsf.jsonl"]
    ),
    (
      "detection-specs", ["evaluate", "--baseline", "baseline", "--inventory", "lists"],
      ["matches.json", "detection-matches.md", "matches.jsonl"]
    ),
    (
      "detection-specs", ["replay", "iam-user-created", "--inventory", "lists"],
      ["replay.json", "replay.md"]
    ),
  ]

  @Test(arguments: 0..<3, ["out", "."])
  func `what a judging command uses and writes among the logs is no log`(number: Int, place: String) throws {
    let (name, arguments, artifacts) = Self.judging[number]
    try Self.withLogs { logs in
      func path(_ name: String) -> String { logs.appendingPathComponent(name).path }
      try FileManager.default.createDirectory(atPath: path("lists"), withIntermediateDirectories: true)
      try Data(#"{"Accounts":[{"Id":"111111111111","Name":"shop","Status":"ACTIVE"}]}"#.utf8)
        .write(to: logs.appendingPathComponent("lists/inventory.json"))
      try withTemporaryDirectory { older in
        let record = Self.record.replacing("2026-01-01", with: "2025-12-01").replacing("e1", with: "e0")
        try Data(record.utf8).write(to: older.appendingPathComponent("a.json"))
        let built = try Executable("business-baseline").run(
          ["build", "--logs", older.path, "--output", path("baseline")])
        #expect(built.exitCode == 0, "\(built.stderr)")
      }
      let folders = ["baseline", "lists"].filter(arguments.contains)
      if !folders.contains("baseline") { try FileManager.default.removeItem(atPath: path("baseline")) }
      let output = place == "." ? logs.path : path(place)
      let command = arguments.map { folders.contains($0) ? path($0) : $0 }
      var written: [String] = []
      for round in 0..<2 {
        let run = try Executable(name).run(command + ["--logs", logs.path, "--output", output])
        #expect(run.exitCode == 0, "\(run.stderr)")
        var text = try String(contentsOfFile: output + "/" + artifacts[0], encoding: .utf8)
        let said = try #require(
          try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let input = try #require(said["input"] as? [String: Any])
        #expect(input["records"] as? Int == 1)
        #expect((input["file_faults"] as? [Any])?.isEmpty == true)
        let own = round == 0 ? [] : place == "." ? artifacts : [place + "/"]
        #expect(input["left_out"] as? [String] == (folders.map { $0 + "/" } + own).sorted())
        #expect(run.stdout.contains("not read as logs, being the output or another input: "))
        if let range = text.range(of: #""left_out":\s*\[[^\]]*\],?"#, options: .regularExpression) {
          text.removeSubrange(range)
        }
        written.append(text)
      }
      #expect(written[0] == written[1])
    }
  }
}
