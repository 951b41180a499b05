import Foundation
import MDRCore
import Testing

@Suite struct DetectionSpecsTests {
  private static let tool = Result { try Executable("detection-specs") }
  private static let log =
    #"{"Records":[{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::210987654321:user/batch","accountId":"210987654321","accessKeyId":"AKIAEXAMPLEKEY000001","userName":"batch"},"eventTime":"2026-03-02T09:00:00Z","eventSource":"cloudtrail.amazonaws.com","eventName":"StopLogging","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.4","userAgent":"x|<b>","requestParameters":{"name":"t`rail|x"},"responseElements":null,"eventID":"11111111-2222-3333-4444-555555555555","readOnly":false,"eventType":"AwsApiCall","recipientAccountId":"210987654321"},{"eventTime":"2026-03-02T09:00:05Z","eventSource":"ec2.amazonaws.com","eventName":"DescribeInstances","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.4","eventID":"11111111-2222-3333-4444-555555555556","readOnly":true,"recipientAccountId":"210987654321","userIdentity":{"type":"Root","accountId":"210987654321","arn":"arn:aws:iam::210987654321:root"}}]}"#

  private func run(_ arguments: String...) throws -> Executable.Outcome { try Self.tool.get().run(arguments) }

  @Test func `the reviewed detections pass their lints and examples`() throws {
    let lint = try run("lint")
    #expect(lint.exitCode == 0)
    #expect(lint.lines.last?.hasSuffix("0 broken, 0 weaknesses") == true)
    let test = try run("test", "--json")
    #expect(test.exitCode == 0)
    #expect(try JSONValue(parsing: test.stdout)["failures"]?.elements.count == 0)
  }

  @Test func `list and show name each detection`() throws {
    let listed = try run("list").lines
    #expect(listed.contains { $0.hasPrefix("access-key-outside-rotation ") && $0.contains(" critical ") })
    #expect(try run("show", "trail-stopped").lines.contains("### Detection: CloudTrail stopped or deleted"))
    let missing = try run("show", "nothing")
    #expect(missing.exitCode == 66)
    #expect(missing.stderr.contains("there is no detection nothing: see detection-specs list"))
  }

  @Test func `list narrows by what a detection is about and by its severity`() throws {
    let all = try run("list").lines.count
    let narrowed = try run("list", "--about", "STOPLOGGING", "--about", "t1685", "--severity", "critical")
      .lines
    #expect(narrowed.contains { $0.hasPrefix("trail-stopped ") })
    #expect(narrowed.dropLast().allSatisfy { $0.contains(" critical ") })
    #expect(narrowed.last == "\(narrowed.count - 1) of \(all) detections")
    #expect(try run("list", "--about", "no such text").lines == ["0 of \(all) detections"])
    let unknown = try run("list", "--severity", "grave")
    #expect(unknown.exitCode == 64)
    #expect(unknown.stderr.contains("there is no severity grave: use one of"))
  }

  @Test func `whoever exports a draft is told that it is one`() throws {
    try withTemporaryDirectory { folder in
      let text = try run("show", "trail-stopped").stdout.replacing("status: reviewed", with: "status: draft")
      try text.write(to: folder.appendingPathComponent("trail-stopped.md"), atomically: true, encoding: .utf8)
      let outcome = try run(
        "export", "--target", "athena", "--detections", folder.path, "--output", folder.path + "/out")
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("caveat: trail-stopped: draft, reviewed by nobody yet"))
    }
  }

  @Test func `a broken file is named with line, reason and mend`() throws {
    try withTemporaryDirectory { folder in
      let text = try run("show", "trail-stopped").stdout.replacing("event_name in", with: "event_nme in")
      try text.write(to: folder.appendingPathComponent("trail-stopped.md"), atomically: true, encoding: .utf8)
      for command in ["lint", "test"] {
        let outcome = try run(command, "--detections", folder.path)
        #expect(outcome.exitCode == 65)
        #expect(outcome.stdout.contains("event_nme is no field of an observation and no path"))
        #expect(outcome.stdout.hasPrefix("trail-stopped.md:"))
      }
    }
  }

  @Test func `evaluate writes the same bytes each time, and cells that no log text breaks`() throws {
    try withTemporaryDirectory { folder in
      let log = folder.appendingPathComponent("log.json")
      try Self.log.write(to: log, atomically: true, encoding: .utf8)
      var outputs: [[Data]] = []
      for name in ["a", "b"] {
        let output = folder.appendingPathComponent(name)
        let outcome = try run("evaluate", "--logs", log.path, "--output", output.path)
        #expect(outcome.exitCode == 0)
        outputs.append(
          try ["matches.jsonl", "matches.json", "detection-matches.md"].map {
            try Data(contentsOf: output.appendingPathComponent($0))
          })
      }
      #expect(outputs[0] == outputs[1])
      let lines = String(decoding: outputs[0][0], as: UTF8.self).split(separator: "\n")
      let detections = try lines.map { try JSONValue(parsing: String($0))["detection"]?.string }
      #expect(detections == ["trail-stopped", "root-api-activity"])
      let first = try JSONValue(parsing: String(lines[0]))
      #expect(first["severity"] == "critical")
      #expect(first["tree"]?["answer"] == "yes")
    }
  }

  @Test func `evaluate says which baseline it compared with`() throws {
    try withTemporaryDirectory { folder in
      let log = folder.appendingPathComponent("log.json")
      try Self.log.write(to: log, atomically: true, encoding: .utf8)
      func first(_ arguments: String...) throws -> String {
        let output = folder.appendingPathComponent("out").path
        let outcome = try Self.tool.get().run(
          ["evaluate", "--logs", log.path, "--output", output] + arguments)
        #expect([0, 2].contains(outcome.exitCode))
        return try String(contentsOfFile: output + "/detection-matches.md", encoding: .utf8)
      }
      #expect(try first().contains("detections without a baseline. A match"))
      let baseline = folder.appendingPathComponent("baseline").path
      let built = try Executable("business-baseline").run(
        ["build", "--logs", log.path, "--output", baseline, "--until", "2099-01-01"])
      #expect(built.exitCode == 0)
      let text = try first("--baseline", baseline)
      #expect(
        text.contains(
          "with a baseline that ends at 2099-01-01T00:00:00Z; what lies before that is compared with itself too."
        ))
      #expect(!text.contains("without a baseline"))
    }
  }

  @Test func `evaluate without an input or with a wrong one says so`() throws {
    #expect(try run("evaluate", "--output", "/nowhere").exitCode == 64)
    #expect(try run("evaluate", "--observations", "/nowhere", "--output", "/nowhere").exitCode == 66)
    #expect(try run("lint", "--detections", "/nowhere").exitCode == 66)
  }

  @Test func `a threshold and a chain are matched over files in any order`() throws {
    try withTemporaryDirectory { folder in
      let example = try JSONValue(parsing: Self.log)["Records"]?.elements.first ?? .null
      func record(_ name: String, _ minute: Int) -> JSONValue {
        var record = example
        record["eventName"] = .string(name)
        record["eventSource"] = "iam.amazonaws.com"
        record["requestParameters"] = ["userName": "svc"]
        record["eventTime"] = .string("2026-03-02T09:0\(minute):00Z")
        record["eventID"] = .string("22222222-2222-3333-4444-55555555555\(minute)")
        return record
      }
      let steps = [record("CreateUser", 0), record("CreateAccessKey", 1), record("AttachUserPolicy", 2)]
      var outputs: [Data] = []
      for (name, order) in [("a", [0, 1, 2]), ("b", [2, 0, 1])] {
        let logs = folder.appendingPathComponent("logs-" + name)
        try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
        for (number, step) in order.enumerated() {
          try steps[step].compactText.write(
            to: logs.appendingPathComponent("\(number).json"), atomically: true, encoding: .utf8)
        }
        let output = folder.appendingPathComponent(name)
        _ = try run(
          "evaluate", "--logs", logs.path, "--output", output.path, "--jobs", name == "a" ? "1" : "3")
        outputs.append(try Data(contentsOf: output.appendingPathComponent("matches.jsonl")))
      }
      #expect(outputs[0] == outputs[1])
      let chain = try String(decoding: outputs[0], as: UTF8.self).split(separator: "\n")
        .map { try JSONValue(parsing: String($0)) }.first { $0["kind"] == "chain" }
      #expect(chain?["detection"] == "user-created-keyed-and-empowered")
      #expect(
        chain?["tree"]?["parts"]?.elements.compactMap { $0["event_name"]?.string }
          == ["CreateUser", "CreateAccessKey", "AttachUserPolicy"])
    }
  }

  @Test func `coverage writes a page, a summary and a layer`() throws {
    try withTemporaryDirectory { folder in
      let outcome = try run("coverage", "--output", folder.path)
      #expect(outcome.exitCode == 0)
      let layer = try String(
        contentsOf: folder.appendingPathComponent("attack-navigator.json"), encoding: .utf8)
      #expect(try JSONValue(parsing: layer)["domain"] == "enterprise-attack")
      #expect(outcome.stdout.contains(" of 760 event names answered, "))
    }
  }

  @Test func `a new draft lints, passes its examples and is not overwritten by a reviewed id`() throws {
    try withTemporaryDirectory { folder in
      let made = try run(
        "new", "tag-changed", "--event", "iam:TagRole", "--family", "iam-writes", "--output", folder.path)
      #expect(made.exitCode == 0)
      #expect(try run("lint", "--detections", folder.path).exitCode == 0)
      #expect(try run("test", "--detections", folder.path).exitCode == 0)
      let file = folder.appendingPathComponent("iam-writes/tag-changed.md")
      let written = try String(contentsOf: file, encoding: .utf8).replacing("TagRole", with: "TagUser")
      try written.write(to: file, atomically: true, encoding: .utf8)
      let again = try run(
        "new", "tag-changed", "--event", "iam:TagRole", "--family", "iam-writes", "--output", folder.path)
      #expect(again.exitCode == 73)
      #expect(again.stderr.contains("iam-writes/tag-changed.md is there already"))
      #expect(try String(contentsOf: file, encoding: .utf8) == written)
      for wrong in [
        ["new", "trail-stopped", "--event", "iam:TagRole", "--family", "iam-writes"],
        ["new", "x", "--event", "TagRole", "--family", "iam-writes"],
        ["new", "x", "--event", "iam:TagRole", "--family", "nothing"],
        ["new", "x", "--event", "iam:TagRole", "--family", "iam-writes", "--attack", "T9999"],
        ["new", "../x", "--event", "iam:TagRole", "--family", "iam-writes"],
      ] {
        let outcome = try Self.tool.get().run(wrong + ["--output", folder.path])
        #expect(outcome.exitCode == 64)
      }
    }
  }

  @Test func `replay says what a detection would have made`() throws {
    try withTemporaryDirectory { folder in
      let log = folder.appendingPathComponent("log.json")
      try Self.log.write(to: log, atomically: true, encoding: .utf8)
      let outcome = try run("replay", "trail-stopped", "--logs", log.path, "--output", folder.path, "--json")
      #expect(outcome.exitCode == 0)
      let json = try JSONValue(parsing: outcome.stdout)
      #expect(json["matches"] == 1)
      #expect(json["lanes"]?.elements.first?["actor"] == "user:batch")
      #expect(try run("replay", "nothing", "--logs", log.path, "--output", folder.path).exitCode == 66)
    }
  }
}
