import Foundation
import Testing

/// The engines themselves are asked by scripts/check-sql; here a grouping by hand stands for them.
@Suite struct EngineImportTests {
  private static func run(_ line: String, in directory: URL) throws -> Executable.Outcome {
    let words = line.split(separator: " ").map(String.init)
    return try Executable(words[0]).run(Array(words.dropFirst()), in: directory)
  }

  /// One call each morning, in sessions of its own.
  private static func write(to directory: URL) throws {
    var records: [String] = []
    var hours: [String] = []
    var sessions: [String] = []
    for day in 1...28 {
      let date = "2026-02-" + (day < 10 ? "0" : "") + "\(day)"
      records.append(
        """
        {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:run",\
        "arn":"arn:aws:sts::111111111111:assumed-role/build-server/run","accountId":"111111111111",\
        "sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111111111111:role/build-server",\
        "accountId":"111111111111","userName":"build-server"},"attributes":{"creationDate":"\(date)T05:00:00Z"}}},\
        "eventTime":"\(date)T06:00:00Z","eventSource":"iam.amazonaws.com","eventName":"CreateRole",\
        "awsRegion":"us-east-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli/2.15",\
        "requestParameters":{"roleName":"app"},"readOnly":false,"eventID":"id-\(day)",\
        "eventType":"AwsApiCall","recipientAccountId":"111111111111"}
        """)
      hours.append("\(date)T06")
      sessions.append("\(date)T05:00:00Z@\(date)")
    }
    try Data(#"{"Records":[\#(records.joined(separator: ","))]}"#.utf8)
      .write(to: directory.appendingPathComponent("log.json"))
    let group: [String: Any] = [
      "event_source": "iam.amazonaws.com", "event_name": "CreateRole", "aws_region": "us-east-1",
      "event_type": "AwsApiCall", "read_only": "false", "recipient_account": "111111111111",
      "source_ip": "198.51.100.7", "user_agent": "aws-cli/2.15", "ui_type": "AssumedRole",
      "ui_arn": "arn:aws:sts::111111111111:assumed-role/build-server/run", "ui_account": "111111111111",
      "issuer_type": "Role", "issuer_arn": "arn:aws:iam::111111111111:role/build-server",
      "issuer_account": "111111111111", "issuer_user": "build-server", "request": #"{"roleName":"app"}"#,
      "n": 28, "first_time": "2026-02-01T06:00:00Z", "last_time": "2026-02-28T06:00:00Z",
      "hours": hours.joined(separator: " "), "sessions": sessions.joined(separator: " "),
    ]
    try JSONSerialization.data(withJSONObject: group)
      .write(to: directory.appendingPathComponent("groups.jsonl"))
  }

  @Test func `a count that no trail can hold is damage`() throws {
    try withTemporaryDirectory { directory in
      try Self.write(to: directory)
      let groups = directory.appendingPathComponent("groups.jsonl")
      let text = try String(contentsOf: groups, encoding: .utf8)
      try Data(text.replacing("\"n\":28", with: "\"n\":\(Int.max)").utf8).write(to: groups)
      let outcome = try Self.run(
        "business-baseline import --engine-result groups.jsonl --output imported", in: directory)
      #expect(outcome.exitCode == 65)
      #expect(
        outcome.stderr.contains("line 1, is no group: 9223372036854775807 is more events"),
        "\(outcome.stderr)"
      )
    }
  }

  @Test func `a group of events gives the lanes of its events`() throws {
    try withTemporaryDirectory { directory in
      try Self.write(to: directory)
      let local = try Self.run("business-baseline build --logs log.json --output local", in: directory)
      #expect(local.exitCode == 0, "\(local.stderr)")
      let imported = try Self.run(
        "business-baseline import --engine-result groups.jsonl --output imported", in: directory)
      #expect(imported.exitCode == 2, "\(imported.stderr)")
      #expect(imported.stderr.contains("no order of changes is known"))
      #expect(imported.stdout.contains("28 observations came as 1 group"))
      for name in ["lanes.jsonl", "actors.jsonl"] {
        #expect(
          try Data(contentsOf: directory.appendingPathComponent("imported/" + name))
            == Data(contentsOf: directory.appendingPathComponent("local/" + name)), "\(name)")
      }
    }
  }

  @Test(arguments: [
    ("--engine-result groups.jsonl --until 2026-02-10 --output out", Int32(65), "print the query again"),
    ("--engine-result groups.jsonl --until 2026-01-10 --output out", 65, "no group before"),
    ("--engine-result nowhere --output out", 66, "nowhere"),
    ("--engine-result log.json --output out", 65, "is no group"),
    ("--output out", 64, "--engine-result is missing"),
  ])
  func `what is no result is said with its mend`(words: String, code: Int32, message: String) throws {
    try withTemporaryDirectory { directory in
      try Self.write(to: directory)
      let outcome = try Self.run("business-baseline import \(words)", in: directory)
      #expect(outcome.exitCode == code, "\(outcome.stderr)")
      #expect(outcome.stderr.contains(message), "\(outcome.stderr)")
      #expect(
        !FileManager.default.fileExists(atPath: directory.appendingPathComponent("out/lanes.json").path))
    }
  }

  @Test func `every engine gets its statement, and another is refused`() throws {
    try withTemporaryDirectory { directory in
      for engine in ["athena", "clickhouse", "spark", "duckdb"] {
        let outcome = try Self.run("business-baseline sql --engine \(engine)", in: directory)
        #expect(outcome.exitCode == 0)
        #expect(outcome.stdout.contains("GROUP BY event_source"))
      }
      let other = try Self.run("business-baseline sql --engine bigquery", in: directory)
      #expect(other.exitCode == 64)
      #expect(other.stderr.contains("athena, clickhouse, spark, duckdb"))
    }
  }
}
