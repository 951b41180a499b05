import Foundation
import Testing

/// A customer's own role names count in every step that reads raw logs, as they do in their observations.
@Suite struct ArchetypeOptionTests {
  private static func record(_ day: Int) -> String {
    """
    {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:run",\
    "arn":"arn:aws:sts::111111111111:assumed-role/ghost-runner/run","accountId":"111111111111",\
    "sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111111111111:role/ghost-runner",\
    "accountId":"111111111111","userName":"ghost-runner"}}},"eventTime":"2026-01-1\(day)T06:00:00Z",\
    "eventSource":"iam.amazonaws.com","eventName":"CreateAccessKey","awsRegion":"us-east-1",\
    "sourceIPAddress":"198.51.100.7","userAgent":"aws-cli/2.15","requestParameters":{"userName":"pipeline"},\
    "responseElements":null,"readOnly":false,"eventID":"event-\(day)","eventType":"AwsApiCall",\
    "recipientAccountId":"111111111111"}
    """
  }

  private static func withCase(_ body: (URL) throws -> Void) throws {
    try withTemporaryDirectory { folder in
      try Data("{\"Records\":[\((0..<9).map(record).joined(separator: ","))]}".utf8)
        .write(to: folder.appendingPathComponent("logs.json"))
      try Data("kind\tpattern\tarchetype\treason\nrole\tghost runner\tbuild_server\tbuilds the shop\n".utf8)
        .write(to: folder.appendingPathComponent("own.tsv"))
      try body(folder)
    }
  }

  private static func run(_ tool: String, _ arguments: [String], in folder: URL) throws -> Executable.Outcome
  {
    let outcome = try Executable(tool).run(arguments, in: folder)
    #expect([0, 2].contains(outcome.exitCode), "\(tool) \(arguments): \(outcome.stderr)")
    return outcome
  }

  private static func text(_ name: String, in folder: URL) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  @Test func `a baseline of raw logs knows them as one of observations does`() throws {
    try Self.withCase { folder in
      _ = try Self.run(
        "normalize-observations", ["--input", "logs.json", "--archetypes", "own.tsv", "--output", "read"],
        in: folder)
      for (name, arguments) in [
        ("observed", ["--observations", "read"]),
        ("straight", ["--logs", "logs.json", "--archetypes", "own.tsv"]),
        ("kept", ["--logs", "logs.json", "--archetypes", "own.tsv", "--keep-state"]),
        ("plain", ["--logs", "logs.json"]),
      ] {
        _ = try Self.run("business-baseline", ["build"] + arguments + ["--output", name], in: folder)
      }
      let lanes = try Self.text("observed/lanes.jsonl", in: folder)
      #expect(lanes.contains("build_server"))
      #expect(try Self.text("straight/lanes.jsonl", in: folder) == lanes)
      #expect(try Self.text("kept/lanes.jsonl", in: folder) == lanes)
      #expect(try !Self.text("plain/lanes.jsonl", in: folder).contains("build_server"))
    }
  }

  @Test func `triage and detections of raw logs know them as those of observations do`() throws {
    try Self.withCase { folder in
      _ = try Self.run(
        "normalize-observations", ["--input", "logs.json", "--archetypes", "own.tsv", "--output", "read"],
        in: folder)
      for (tool, command, artifact) in [
        ("business-triage", "run", "findings.jsonl"), ("detection-specs", "evaluate", "matches.jsonl"),
      ] {
        var texts: [String] = []
        for (name, arguments) in [
          ("observed", ["--observations", "read"]),
          ("straight", ["--logs", "logs.json", "--archetypes", "own.tsv"]),
        ] {
          _ = try Self.run(tool, [command] + arguments + ["--output", tool + name], in: folder)
          texts.append(try Self.text(tool + name + "/" + artifact, in: folder))
        }
        #expect(texts[0] == texts[1], "\(tool)")
        #expect(!texts[0].isEmpty, "\(tool)")
      }
    }
  }

  @Test(arguments: [
    ("business-baseline", ["build"]), ("business-triage", ["run"]), ("detection-specs", ["evaluate"]),
    ("detection-specs", ["replay", "access-key-creation"]),
  ]) func `a table that can't be read is refused before anything is written`(tool: String, command: [String])
    throws
  {
    try Self.withCase { folder in
      let outcome = try Executable(tool).run(
        command + ["--logs", "logs.json", "--archetypes", "missing.tsv", "--output", "out"], in: folder)
      #expect(outcome.exitCode == 66, "\(outcome.stderr)")
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("out").path))
    }
  }
}
