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

  @Test func `evaluate without an input or with a wrong one says so`() throws {
    #expect(try run("evaluate", "--output", "/nowhere").exitCode == 64)
    #expect(try run("evaluate", "--observations", "/nowhere", "--output", "/nowhere").exitCode == 66)
    #expect(try run("lint", "--detections", "/nowhere").exitCode == 66)
  }
}
