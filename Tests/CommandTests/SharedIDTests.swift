import Foundation
import Testing

/// Whoever can write into the logs can give a harmless call the id of another: it must not hide that.
@Suite struct SharedIDTests {
  private static func record(_ event: String, _ parameters: String, day: Int = 4, id: Int = 1) -> String {
    #"""
    {"eventVersion":"1.08","eventTime":"2026-05-0\#(day)T10:00:00Z","userIdentity":{"type":"IAMUser",\#
    "userName":"deploy","accountId":"111122223333","arn":"arn:aws:iam::111122223333:user/deploy"},\#
    "eventSource":"iam.amazonaws.com","eventName":"\#(event)","awsRegion":"us-east-1",\#
    "sourceIPAddress":"192.0.2.10","userAgent":"aws-cli/2.15.0","requestParameters":\#(parameters),\#
    "eventID":"10000000-0000-4000-8000-00000000000\#(id)","eventType":"AwsApiCall","managementEvent":true,\#
    "recipientAccountId":"111122223333"}
    """#
  }

  private static let attach = record(
    "AttachUserPolicy", #"{"userName":"deploy","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"#)
  private static let list = record("ListUsers", "null")
  private static let harmless = record(
    "AttachUserPolicy", #"{"userName":"deploy","policyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}"#)

  private static func run(_ tool: String, _ arguments: [String], in folder: URL) throws -> Executable.Outcome
  {
    let outcome = try Executable(tool).run(arguments, in: folder)
    #expect([0, 2].contains(outcome.exitCode), "\(tool) \(arguments): \(outcome.stderr)")
    return outcome
  }

  @Test(arguments: [[list, attach], [attach, list], [harmless, attach], [attach, harmless]])
  func `a call behind a harmless one of the same id is found, told and packed`(records: [String]) throws {
    try withTemporaryDirectory { folder in
      func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      }
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("logs"), withIntermediateDirectories: true)
      let before = (1...3).map { Self.record("ListRoles", "null", day: $0, id: $0 + 1) }
      try Data((before + records + records).joined(separator: "\n").utf8)
        .write(to: folder.appendingPathComponent("logs/events.jsonl"))
      let told = try Self.run(
        "normalize-observations", ["--input", "logs", "--output", "case/normalize-observations"], in: folder)
      #expect(told.stdout.contains("5 observations"))
      #expect(told.stdout.contains("2 duplicates"))
      let caveat = "1 observation with the event id of another call or outcome"
      #expect(try text("case/normalize-observations/observations.md").contains(caveat))
      let observations = ["--observations", "case/normalize-observations"]
      _ = try Self.run(
        "business-baseline",
        ["build"] + observations + ["--until", "2026-05-04", "--output", "case/business-baseline"], in: folder
      )
      _ = try Self.run(
        "business-triage",
        ["run"] + observations + [
          "--baseline", "case/business-baseline", "--since", "2026-05-04", "--output", "case/business-triage",
        ], in: folder)
      #expect(try text("case/business-triage/findings.md").contains("AttachUserPolicy"))
      _ = try Self.run(
        "raw-evidence-pack",
        [
          "build", "--observations", "case/normalize-observations", "--findings",
          "case/business-triage/findings.jsonl", "--output", "case/raw-evidence-pack",
        ], in: folder)
      let packed = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("case/raw-evidence-pack/records").path
      ).map { try text("case/raw-evidence-pack/records/" + $0) }
      #expect(packed.contains { $0.contains("AdministratorAccess") })
    }
  }

  @Test func `both ways to a baseline tell it, and keeping one up counts both`() throws {
    try withTemporaryDirectory { folder in
      for (name, records) in [("one", [Self.list]), ("two", [Self.list, Self.attach, Self.attach])] {
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
        try Data(records.joined(separator: "\n").utf8)
          .write(to: folder.appendingPathComponent(name + "/events.jsonl"))
        _ = try Self.run(
          "normalize-observations", ["--input", name, "--output", name + "-observed"], in: folder)
      }
      func build(_ arguments: [String], _ output: String) throws -> String {
        _ = try Self.run("business-baseline", arguments + ["--output", output], in: folder)
        return try String(
          contentsOf: folder.appendingPathComponent(output + "/lanes.jsonl"), encoding: .utf8)
      }
      let straight = try build(["build", "--logs", "two"], "straight")
      #expect(straight.contains("AttachUserPolicy") && straight.contains("ListUsers"))
      #expect(try build(["build", "--observations", "two-observed"], "observed") == straight)
      _ = try build(["build", "--observations", "one-observed", "--keep-state"], "kept")
      let update = ["update", "--baseline", "kept", "--observations", "two-observed"]
      _ = try Self.run("business-baseline", update, in: folder)
      let kept = try String(contentsOf: folder.appendingPathComponent("kept/lanes.jsonl"), encoding: .utf8)
      #expect(kept == straight)
      for output in ["straight", "observed"] {
        let text = try String(
          contentsOf: folder.appendingPathComponent(output + "/baseline.md"), encoding: .utf8)
        #expect(text.contains("1 observation with the event id of another call or outcome"), "\(output)")
      }
    }
  }
}
