import Foundation
import Testing

@Suite struct BusinessBaselineTests {
  /// A record as CloudTrail delivers it.
  private static func record(_ id: String, _ time: String, event: String = "CreateRole") -> String {
    """
    {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:run",\
    "arn":"arn:aws:sts::111111111111:assumed-role/build-server/run","accountId":"111111111111",\
    "sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111111111111:role/build-server",\
    "accountId":"111111111111","userName":"build-server"},"attributes":{"creationDate":"\(time)"}}},\
    "eventTime":"\(time)","eventSource":"iam.amazonaws.com","eventName":"\(event)","awsRegion":"us-east-1",\
    "sourceIPAddress":"198.51.100.7","userAgent":"aws-cli/2.15","requestParameters":{"roleName":"app"},\
    "responseElements":null,"readOnly":false,"eventID":"\(id)","eventType":"AwsApiCall","managementEvent":true,\
    "recipientAccountId":"111111111111"}
    """
  }

  /// A role that is made each week of a quarter, in files whose order is not that of time.
  private static func writeLogs(to folder: URL, attaching: Bool = false) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for week in 0..<13 {
      let day = week * 7
      let time = "2026-0\(1 + day / 30)-\(day % 30 < 9 ? "0" : "")\(day % 30 + 1)T06:00:00Z".replacing(
        "02-29", with: "02-28")
      let name = "\(13 - week).json"
      let attached =
        attaching
        ? "," + record("attached-\(week)", time, event: "AttachRolePolicy") : ""
      try Data(#"{"Records":[\#(record("event-\(week)", time))\#(attached)]}"#.utf8)
        .write(to: folder.appendingPathComponent(name))
    }
  }

  private static let files = ["actors.jsonl", "baseline.md", "lanes.json", "lanes.jsonl", "sequences.jsonl"]

  private static func build(_ arguments: [String], in directory: URL) throws -> Executable.Outcome {
    try Executable("business-baseline").run(["build"] + arguments, in: directory)
  }

  private static func artifacts(_ folder: URL) throws -> [Data] {
    try files.map { try Data(contentsOf: folder.appendingPathComponent($0)) }
  }

  @Test func `logs and their observations give the same baseline, with any number of threads`() throws {
    try withTemporaryDirectory { directory in
      try Self.writeLogs(to: directory.appendingPathComponent("logs"), attaching: true)
      let one = try Self.build(
        ["--logs", "logs", "--until", "2026-04-01", "--jobs", "1", "--output", "one"], in: directory)
      #expect(one.exitCode == 0, "\(one.stderr)")
      #expect(one.lines.first == "one/baseline.md")
      #expect(one.stdout.contains("26 observations in 1 account"))
      let four = try Self.build(
        ["--logs", "logs", "--until", "2026-04-01", "--jobs", "4", "--output", "four"], in: directory)
      #expect(four.exitCode == 0)
      let normalised = try Executable("normalize-observations").run(
        ["--input", "logs", "--output", "observations"], in: directory)
      #expect(normalised.exitCode == 0, "\(normalised.stderr)")
      let read = try Self.build(
        ["--observations", "observations", "--until", "2026-04-01", "--output", "read"], in: directory)
      #expect(read.exitCode == 0, "\(read.stderr)")
      let expected = try Self.artifacts(directory.appendingPathComponent("one"))
      #expect(String(decoding: try #require(expected.last), as: UTF8.self).contains(#""runs":13"#))
      #expect(try Self.artifacts(directory.appendingPathComponent("four")) == expected)
      #expect(try Self.artifacts(directory.appendingPathComponent("read")) == expected)
    }
  }

  @Test func `the summary for programs has the totals`() throws {
    try withTemporaryDirectory { directory in
      try Self.writeLogs(to: directory.appendingPathComponent("logs"))
      let outcome = try Self.build(
        ["--logs", "logs", "--until", "2026-03-01", "--output", "out", "--json"], in: directory)
      let summary = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.stdout.utf8)) as? [String: Any])
      #expect(summary["observations"] as? Int == 9)
      #expect(summary["observations_after_cut_off"] as? Int == 4)
      #expect(summary["lanes"] as? Int == 1)
      #expect(summary["exit_code"] as? Int == 0)
    }
  }

  @Test func `nothing before the cut-off is no usable input, and leaves the older artifacts whole`() throws {
    try withTemporaryDirectory { directory in
      try Self.writeLogs(to: directory.appendingPathComponent("logs"))
      _ = try Self.build(["--logs", "logs", "--output", "out"], in: directory)
      let before = try Self.artifacts(directory.appendingPathComponent("out"))
      let outcome = try Self.build(
        ["--logs", "logs", "--until", "2025-01-01", "--output", "out"], in: directory)
      #expect(outcome.exitCode == 65)
      #expect(outcome.stderr.contains("give older logs or a later --until"))
      #expect(try Self.artifacts(directory.appendingPathComponent("out")) == before)
    }
  }

  @Test(arguments: [
    (["--logs", "logs", "--until", "yesterday-ish", "--output", "out"], Int32(64), "--until yesterday-ish"),
    (["--output", "out"], 64, "--observations"),
    (["--logs", "logs"], 64, "--output is missing"),
    (["--logs", "nowhere", "--output", "out"], 66, "nowhere"),
    (["--logs", "logs", "--inventory", "nowhere", "--output", "out"], 66, "nowhere"),
    (["--logs", "logs", "--approvals", "nowhere", "--output", "out"], 66, "--approvals"),
    (["--logs", "logs", "--approvals", "wild.jsonl", "--output", "out"], 65, "wildcard"),
    (["--logs", "logs", "--output", "logs/1.json"], 73, "can't be written"),
  ])
  func `what can't be done is said with its mend`(arguments: [String], code: Int32, words: String) throws {
    try withTemporaryDirectory { directory in
      try Self.writeLogs(to: directory.appendingPathComponent("logs"))
      try Data(
        #"{"account":"*","actor":"role:a","event":"iam.amazonaws.com:CreateRole","source":"s","region":"global","owner":"o","ticket":"t","reason":"r","expires":"2027-01-01"}"#
          .utf8
      ).write(to: directory.appendingPathComponent("wild.jsonl"))
      let outcome = try Self.build(arguments, in: directory)
      #expect(outcome.exitCode == code, "\(outcome.stderr)")
      #expect(outcome.stderr.contains(words), "\(outcome.stderr)")
    }
  }

  @Test func `customers whose folders are called alike are named by what tells these apart`() throws {
    try withTemporaryDirectory { directory in
      try Self.writeLogs(to: directory.appendingPathComponent("logs"))
      for customer in ["north", "south"] {
        _ = try Self.build(["--logs", "logs", "--output", "\(customer)/business-baseline"], in: directory)
      }
      let paths = ["north", "south"].flatMap { ["--baseline", "\($0)/business-baseline"] }
      let compared = try Executable("business-baseline").run(["compare"] + paths, in: directory)
      #expect(compared.stdout.contains("| Event | north interpretation | south interpretation |"))
    }
  }

  @Test func `a broken inventory file is a caveat, and the rest is used`() throws {
    try withTemporaryDirectory { directory in
      try Self.writeLogs(to: directory.appendingPathComponent("logs"))
      let inventory = directory.appendingPathComponent("inventory")
      try FileManager.default.createDirectory(at: inventory, withIntermediateDirectories: true)
      try Data("{".utf8).write(to: inventory.appendingPathComponent("broken.json"))
      try Data(
        #"{"Addresses":[{"PublicIp":"198.51.100.7","AllocationId":"eipalloc-1","InstanceId":"i-1"}]}"#.utf8
      )
      .write(to: inventory.appendingPathComponent("addresses.json"))
      let outcome = try Self.build(
        ["--logs", "logs", "--inventory", "inventory", "--output", "out"], in: directory)
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("broken.json"))
      let lanes = try String(contentsOf: directory.appendingPathComponent("out/lanes.jsonl"), encoding: .utf8)
      #expect(lanes.contains(#""source":"owned:eipalloc-1""#))
    }
  }
}
