import Foundation
import Testing

/// A record whose time is missing, or can't be read, is told as having none: never as of 1970.
@Suite struct UntimedRecordTests {
  private static func record(_ id: String, _ event: String, _ time: String?, actor: String = "deploy")
    -> String
  {
    let member = time.map { #""eventTime":"\#($0)","# } ?? ""
    return #"""
      {"eventVersion":"1.08",\#(member)"userIdentity":{"type":"IAMUser","userName":"\#(actor)","accountId":"111122223333",\#
      "arn":"arn:aws:iam::111122223333:user/\#(actor)"},"eventSource":"iam.amazonaws.com","eventName":"\#(event)",\#
      "awsRegion":"us-east-1","sourceIPAddress":"192.0.2.10","userAgent":"aws-cli/2.15.0",\#
      "requestParameters":{"userName":"target"},"responseElements":{"accessKey":{"accessKeyId":"AKIAEXAMPLE"}},\#
      "eventID":"10000000-0000-4000-8000-0000000000\#(id)","eventType":"AwsApiCall","managementEvent":true,\#
      "recipientAccountId":"111122223333"}
      """#
  }

  private static let logs =
    [
      record("01", "CreateAccessKey", nil), record("02", "CreateAccessKey", "yesterday, about noon"),
      record("03", "CreateLoginProfile", "2026-05-03T10:00:00Z", actor: "mixed"),
      record("04", "CreateLoginProfile", nil, actor: "mixed"),
      record("05", "CreateLoginProfile", "1970-01-01T00:00:00Z", actor: "mixed"),
      record("06", "ListUsers", "2026-04-01T10:00:00Z"), record("07", "ListUsers", "2026-04-02T10:00:00Z"),
      record("08", "ListRoles", "2026-05-04T10:00:00Z"), record("09", "ListRoles", nil),
    ].joined(separator: "\n") + "\n"

  private static func run(_ tool: String, _ arguments: [String], in folder: URL) throws -> Executable.Outcome
  {
    let outcome = try Executable(tool).run(arguments, in: folder)
    #expect([0, 2].contains(outcome.exitCode), "\(tool) \(arguments): \(outcome.stderr)")
    #expect(!outcome.stdout.contains("1970"), "\(tool)")
    return outcome
  }

  private static func lines(_ path: String, in folder: URL) throws -> [[String: Any]] {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private static func withCase(_ body: (URL) throws -> Void) throws {
    try withTemporaryDirectory { folder in
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("logs"), withIntermediateDirectories: true)
      try Data(logs.utf8).write(to: folder.appendingPathComponent("logs/events.jsonl"))
      let observations = ["--observations", "case/normalize-observations"]
      _ = try run(
        "normalize-observations", ["--input", "logs", "--output", "case/normalize-observations"], in: folder)
      _ = try run(
        "business-baseline",
        ["build"] + observations + ["--until", "2026-05-01", "--output", "case/business-baseline"], in: folder
      )
      _ = try run(
        "business-triage",
        ["run"] + observations + [
          "--baseline", "case/business-baseline", "--since", "2026-05-01", "--also", "ocsf", "--also", "asff",
          "--also", "sarif", "--output", "case/business-triage",
        ], in: folder)
      try body(folder)
    }
  }

  @Test func `no artifact tells a time that no record has`() throws {
    try Self.withCase { folder in
      let observations = ["--observations", "case/normalize-observations"]
      _ = try Self.run(
        "detection-specs",
        ["evaluate"] + observations + [
          "--baseline", "case/business-baseline", "--output", "case/detection-specs",
        ], in: folder)
      _ = try Self.run(
        "detection-specs",
        ["replay", "access-key-outside-rotation"] + observations + ["--output", "case/replay"], in: folder)
      _ = try Self.run(
        "raw-evidence-pack",
        [
          "build", "--observations", "case/normalize-observations", "--findings",
          "case/business-triage/findings.jsonl", "--output", "case/raw-evidence-pack",
        ], in: folder)
      _ = try Self.run(
        "report-packager", ["build", "--case", "case", "--output", "case/report-packager"], in: folder)
      let artifacts = try CaseArtifacts(folder.appendingPathComponent("case")).texts
      for (name, text) in artifacts {
        #expect(!text.contains("1970") && !text.contains("1969"), "\(name)")
      }
      for name in [
        "business-triage/findings.md", "detection-specs/detection-matches.md", "replay/replay.md",
        "raw-evidence-pack/evidence.md",
      ] {
        #expect(artifacts[name]?.contains("no time") == true, "\(name)")
      }
    }
  }

  @Test func `observations and matches leave the time open, and order puts them last`() throws {
    try Self.withCase { folder in
      let observations = try Self.lines("case/normalize-observations/observations.jsonl", in: folder)
      #expect(observations.count { $0["event_time"] == nil } == 5)
      _ = try Self.run(
        "detection-specs",
        ["evaluate", "--observations", "case/normalize-observations", "--output", "case/detection-specs"],
        in: folder)
      let matches = try Self.lines("case/detection-specs/matches.jsonl", in: folder)
      #expect(matches.first?["event_time"] is String)
      #expect(matches.last?["event_time"] is NSNull)
    }
  }

  @Test func `a finding without a time asks for one and is sure of nothing before or after`() throws {
    try Self.withCase { folder in
      let findings = try Self.lines("case/business-triage/findings.jsonl", in: folder)
      let untimed = try #require(
        findings.first { ($0["event_names"] as? [String])?.contains("CreateAccessKey") == true })
      #expect(untimed["count"] as? Int ?? 0 >= 2)
      let mixed = try #require(
        findings.first { ($0["event_names"] as? [String])?.contains("CreateLoginProfile") == true })
      #expect(mixed["first_seen"] as? String == "2026-05-03T10:00:00Z")
      #expect(mixed["last_seen"] as? String == "2026-05-03T10:00:00Z")
      #expect((mixed["days"] as? [String: Int]) == ["2026-05-03": 1])
      let caveats = try #require(mixed["caveats"] as? [String])
      #expect(caveats.contains { $0.hasPrefix("2 calls of 3 with no time") })
      let asff = try #require(
        try JSONSerialization.jsonObject(
          with: Data(contentsOf: folder.appendingPathComponent("case/business-triage/findings.asff.json")))
          as? [[String: Any]])
      #expect(!asff.isEmpty && asff.allSatisfy { $0["CreatedAt"] is String && $0["UpdatedAt"] is String })
    }
  }
}
