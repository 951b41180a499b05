import Foundation
import Testing

@Suite struct TimelineCommandTests {
  private static func record(_ id: String, _ event: String, _ time: String, key: String, session: String)
    -> String
  {
    #"""
    {"eventVersion":"1.08","eventTime":"\#(time)","userIdentity":{"type":"AssumedRole",\#
    "arn":"arn:aws:sts::111122223333:assumed-role/deploy/\#(session)","accountId":"111122223333","accessKeyId":"\#(key)",\#
    "sessionContext":{"sessionIssuer":{"type":"Role","userName":"deploy","arn":"arn:aws:iam::111122223333:role/deploy",\#
    "accountId":"111122223333"}}},"eventSource":"s3.amazonaws.com","eventName":"\#(event)","awsRegion":"eu-west-1",\#
    "sourceIPAddress":"192.0.2.10","requestParameters":{"bucketName":"orders"},"responseElements":null,\#
    "eventID":"10000000-0000-4000-8000-0000000000\#(id)","eventType":"AwsApiCall","recipientAccountId":"111122223333"}
    """#
  }

  private static func run(_ words: String, in folder: URL) throws -> Executable.Outcome {
    try Executable("normalize-observations").run(
      ["timeline", "--logs", "logs"] + words.split(separator: " ").map(String.init), in: folder)
  }

  private static func withLogs(_ body: (URL) throws -> Void) throws {
    try withTemporaryDirectory { folder in
      let logs = folder.appendingPathComponent("logs")
      try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
      let lines = [
        record("03", "DeleteBucketPolicy", "2026-05-03T10:02:00Z", key: "ASIAEXAMPLEONE", session: "a"),
        record("01", "PutBucketPolicy", "2026-05-03T10:00:00Z", key: "ASIAEXAMPLEONE", session: "a"),
        record("02", "PutBucketAcl", "2026-05-03T10:01:00Z", key: "ASIAEXAMPLETWO", session: "b|c`d"),
      ]
      try Data(lines.joined(separator: "\n").utf8).write(to: logs.appendingPathComponent("events.jsonl"))
      try body(folder)
    }
  }

  @Test func `a key's calls stand in the order of time`() throws {
    try Self.withLogs { folder in
      let outcome = try Self.run("--access-key ASIAEXAMPLEONE", in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.stderr)")
      let rows = outcome.stdout.split(separator: "\n").filter { $0.hasPrefix("| 2026") }
      #expect(rows.count == 2)
      #expect(
        rows.first
          == "| 2026-05-03T10:00:00Z | `111122223333` | `s3.amazonaws.com:PutBucketPolicy` | success | `role:deploy` (`a`) | `192.0.2.10` | `orders` | `10000000-0000-4000-8000-000000000001` |"
      )
      #expect(outcome.stdout.hasPrefix("2 calls in 1 account, the first at 2026-05-03T10:00:00Z."))
    }
  }

  @Test func `the first calls are listed, and where to go on`() throws {
    try Self.withLogs { folder in
      let outcome = try Self.run("--actor role:deploy --limit 2", in: folder)
      #expect(
        outcome.stdout.hasPrefix(
          "3 calls in 1 account; the first 2 are listed, up to 2026-05-03T10:01:00Z: go on with `--since`."))
      // A session's name can't end its cell.
      #expect(outcome.stdout.split(separator: "\n").allSatisfy { !$0.contains("b|c") })
    }
  }

  @Test func `that nothing matches is an answer, with what was read`() throws {
    try Self.withLogs { folder in
      let outcome = try Self.run("--person nobody", in: folder)
      #expect(outcome.exitCode == 0)
      #expect(outcome.stdout == "No call matches.\nread: 3 observations\n")
    }
  }

  @Test func `programs get the calls and their counts`() throws {
    try Self.withLogs { folder in
      let outcome = try Self.run(
        "--source 192.0.2.10 --changes --since 2026-05-03T10:01:00Z --json", in: folder)
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.stdout.utf8)) as? [String: Any])
      #expect(json["calls"] as? Int == 2)
      #expect(
        (json["shown"] as? [[String: Any]])?.map { $0["event"] as? String } == [
          "s3.amazonaws.com:PutBucketAcl", "s3.amazonaws.com:DeleteBucketPolicy",
        ])
    }
  }

  @Test func `a time alone asks for nobody's calls`() throws {
    try Self.withLogs { folder in
      let outcome = try Self.run("--since 2026-05-01", in: folder)
      #expect(outcome.exitCode == 64)
      #expect(outcome.stderr.contains("add --access-key"))
    }
  }
}
