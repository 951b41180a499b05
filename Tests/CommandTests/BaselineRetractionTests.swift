import Foundation
import Testing

@Suite struct BaselineRetractionTests {
  /// A role that makes a role each day of a quarter; in April it goes on, and also comes from elsewhere.
  private static func writeLogs(to directory: URL) throws {
    let logs = directory.appendingPathComponent("logs")
    try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
    let days = [(1, 31), (2, 28), (3, 31), (4, 2)].flatMap { month, last in
      (1...last).map { "2026-0\(month)-" + ($0 < 10 ? "0" : "") + "\($0)" }
    }
    for day in days {
      var records = [
        record("a-\(day)", day, event: "CreateRole"), record("b-\(day)", day, event: "ListRoles"),
      ]
      if day >= "2026-04-01" {
        records.append(record("c-\(day)", day, event: "CreateRole", address: "203.0.113.80"))
      }
      try Data(#"{"Records":[\#(records.joined(separator: ","))]}"#.utf8)
        .write(to: logs.appendingPathComponent(day + ".json"))
    }
  }

  private static func record(
    _ id: String, _ day: String, event: String, address: String = "198.51.100.7"
  ) -> String {
    """
    {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:run",\
    "arn":"arn:aws:sts::111111111111:assumed-role/build-server/run","accountId":"111111111111",\
    "sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111111111111:role/build-server",\
    "accountId":"111111111111","userName":"build-server"},"attributes":{"creationDate":"\(day)T05:00:00Z"}}},\
    "eventTime":"\(day)T06:00:00Z","eventSource":"iam.amazonaws.com","eventName":"\(event)",\
    "awsRegion":"us-east-1","sourceIPAddress":"\(address)","userAgent":"aws-cli/2.15",\
    "requestParameters":{"roleName":"app"},"readOnly":\(event == "ListRoles"),"eventID":"\(id)",\
    "eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111111111111"}
    """
  }

  private static let tuple =
    "--account 111111111111 --actor role:build-server --event iam.amazonaws.com:CreateRole"
  private static let exact = tuple + " --source ip:198.51.100.0/24 --region global"

  private static func run(
    _ line: String, _ more: [String] = [], in directory: URL
  ) throws -> Executable.Outcome {
    let words = line.split(separator: " ").map(String.init)
    return try Executable(words[0]).run(Array(words.dropFirst()) + more, in: directory)
  }

  private static func text(_ name: String, in directory: URL) throws -> String {
    try String(contentsOf: directory.appendingPathComponent(name), encoding: .utf8)
  }

  private static func prepared(_ directory: URL, build: String = "--keep-state") throws {
    try writeLogs(to: directory)
    let built = try run(
      "business-baseline build --logs logs --until 2026-04-01 --output base \(build)", in: directory)
    try #require(built.exitCode == 0, "\(built.stderr)")
    let triaged = try run(
      "business-triage run --logs logs --baseline base --output triage", in: directory)
    try #require(triaged.exitCode == 0, "\(triaged.stderr)")
  }

  @Test(arguments: ["--keep-state", ""])
  func `a retracted tuple leaves the lanes and names what it had supported`(build: String) throws {
    try withTemporaryDirectory { directory in
      try Self.prepared(directory, build: build)
      #expect(try Self.text("base/lanes.jsonl", in: directory).contains("CreateRole"))
      let outcome = try Self.run(
        "business-baseline retract --baseline base \(Self.tuple) --findings triage --logs logs --json --reason",
        ["planted by an intruder"], in: directory)
      #expect(outcome.exitCode == (build.isEmpty ? 2 : 0), "\(outcome.stderr)")
      let summary = try SimulatedEstate.object(Array(outcome.stdout.utf8))
      let verdicts = try #require(summary["verdicts"] as? [[String: Any]])
      let normal = try #require(verdicts.first { $0["support"] as? String == "exact" })
      #expect(normal["normality_before"] as? String == "established")
      #expect(normal["normality_after"] as? String != "established")
      let near = verdicts.filter { $0["support"] as? String == "nearest" }
      #expect(near.contains { $0["finding_id"] is String })
      #expect(near.allSatisfy { ($0["source"] as? String)?.contains("203.0.113.0/24") == true })
      #expect(!(try Self.text("base/lanes.jsonl", in: directory)).contains("CreateRole"))
      #expect(try Self.text("base/lanes.jsonl", in: directory).contains("ListRoles"))
      #expect(try Self.text("base/retractions.jsonl", in: directory).contains("planted by an intruder"))
      if !build.isEmpty {
        #expect(try Self.text("base/baseline.md", in: directory).contains("count for nothing"))
      }
    }
  }

  @Test func `a retracted tuple stays out of the next update and the next build`() throws {
    try withTemporaryDirectory { directory in
      try Self.prepared(directory)
      let retracted = try Self.run(
        "business-baseline retract --baseline base \(Self.exact) --reason planted", in: directory)
      #expect(retracted.exitCode == 0, "\(retracted.stderr)")
      let lanes = try Self.text("base/lanes.jsonl", in: directory)
      let updated = try Self.run(
        "business-baseline update --baseline base --logs logs --until 2026-04-02", in: directory)
      #expect(updated.exitCode == 2, "\(updated.stderr)")
      // Only the very tuple is out: the same call from elsewhere makes a lane of its own.
      #expect(try Self.text("base/lanes.jsonl", in: directory).contains("203.0.113.0/24"))
      #expect(try Self.text("base/lanes.jsonl", in: directory).split(separator: "\n").count == 2)
      let rebuilt = try Self.run(
        "business-baseline build --logs logs --until 2026-04-01 --output base", in: directory)
      #expect(rebuilt.exitCode == 2)
      #expect(try Self.text("base/lanes.jsonl", in: directory) == lanes)
    }
  }

  @Test(arguments: [
    (
      "--account 111111111111 --actor role:build-server --event iam.amazonaws.com:DeleteRole --reason r",
      Int32(65), "no lane"
    ),
    ("--account 111111111111 --actor role:* --event iam.amazonaws.com:CreateRole --reason r", 64, "wildcard"),
    ("--account 111111111111 --actor role:build-server --reason r", 64, "--event is missing"),
    ("--account 1 --actor a --event e:f", 64, "--reason is missing"),
  ])
  func `what can't be retracted changes nothing`(words: String, code: Int32, message: String) throws {
    try withTemporaryDirectory { directory in
      try Self.prepared(directory)
      let before = try Self.text("base/lanes.jsonl", in: directory)
      let outcome = try Self.run("business-baseline retract --baseline base \(words)", in: directory)
      #expect(outcome.exitCode == code, "\(outcome.stderr)")
      #expect(outcome.stderr.contains(message), "\(outcome.stderr)")
      #expect(try Self.text("base/lanes.jsonl", in: directory) == before)
      #expect(
        !FileManager.default.fileExists(
          atPath: directory.appendingPathComponent("base/retractions.jsonl").path))
    }
  }

  private static let signature = "--owner platform --ticket CHG-7 --expires 2027-01-01 --reason"

  @Test func `a signed lane is approved until its end, and stays so in updates and builds`() throws {
    try withTemporaryDirectory { directory in
      try Self.prepared(directory)
      let signed = try Self.run(
        "business-baseline approve --baseline base \(Self.exact) \(Self.signature)", ["monthly roles"],
        in: directory)
      #expect(signed.exitCode == 0, "\(signed.stderr)")
      #expect(try Self.text("base/lanes.jsonl", in: directory).contains(#""status":"approved""#))
      #expect(try Self.text("base/baseline.md", in: directory).contains("| Approved by people | 1 |"))
      let again = try Self.run(
        "business-baseline approve --baseline base \(Self.exact) \(Self.signature)", ["monthly roles"],
        in: directory)
      #expect(again.stdout.contains("0 signatures added, 1 there before"))
      for line in [
        "business-baseline update --baseline base --logs logs --until 2026-04-02",
        "business-baseline build --logs logs --until 2026-04-02 --output base",
      ] {
        #expect(try Self.run(line, in: directory).exitCode == 0)
        #expect(try Self.text("base/lanes.jsonl", in: directory).contains(#""status":"approved""#))
      }
    }
  }

  @Test func `an expired signature counts for nothing and is reported`() throws {
    try withTemporaryDirectory { directory in
      try Self.prepared(directory)
      let signed = try Self.run(
        "business-baseline approve --baseline base \(Self.exact) --owner o --ticket OLD-1 --expires 2026-02-01 --reason r",
        in: directory)
      #expect(signed.exitCode == 2)
      #expect(signed.stderr.contains("it does not count"))
      #expect(!(try Self.text("base/lanes.jsonl", in: directory)).contains(#""status":"approved""#))
      #expect(try Self.text("base/baseline.md", in: directory).contains("OLD-1"))
      #expect(try Self.text("base/lanes.json", in: directory).contains("expired on 2026-02-01"))
    }
  }

  @Test func `a finding's tuples are signed one by one`() throws {
    try withTemporaryDirectory { directory in
      try Self.prepared(directory)
      let findings = try Self.text("triage/findings.jsonl", in: directory).split(separator: "\n")
      let finding = try #require(
        try findings.map { try SimulatedEstate.object(Array($0.utf8)) }
          .first { ($0["source"] as? String)?.contains("203.0.113.0/24") == true })
      let id = try #require(finding["finding_id"] as? String)
      let signed = try Self.run(
        "business-baseline approve --approvals signed.jsonl --from-finding \(id) --findings triage/findings.jsonl \(Self.signature) moved",
        in: directory)
      #expect(signed.exitCode == 0, "\(signed.stderr)")
      let entry = try SimulatedEstate.object(Array(try Self.text("signed.jsonl", in: directory).utf8))
      #expect((entry["source"] as? String)?.contains("203.0.113.0/24") == true)
      #expect(entry["event"] as? String == "iam.amazonaws.com:CreateRole")
      #expect(entry["owner"] as? String == "platform")
      let built = try Self.run(
        "business-baseline build --logs logs --approvals signed.jsonl --output all", in: directory)
      #expect(built.exitCode == 0, "\(built.stderr)")
      #expect(try Self.text("all/lanes.jsonl", in: directory).contains(#""status":"approved""#))
      let unknown = try Self.run(
        "business-baseline approve --approvals signed.jsonl --from-finding nobody --findings triage \(Self.signature) r",
        in: directory)
      #expect(unknown.exitCode == 65)
    }
  }

  @Test(arguments: [
    ("--actor role:*", "wildcard role:*"), ("--actor any", "wildcard any"), ("--source ?", "wildcard ?"),
  ])
  func `blankets are refused and not written`(words: String, message: String) throws {
    try withTemporaryDirectory { directory in
      let option = words.split(separator: " ")[0]
      let rest = ["--account 1", "--actor a", "--event s:E", "--source s", "--region r"]
        .filter { !$0.hasPrefix(option) }.joined(separator: " ")
      let outcome = try Self.run(
        "business-baseline approve --approvals signed.jsonl \(rest) \(words) \(Self.signature) r",
        in: directory)
      #expect(outcome.exitCode == 65, "\(outcome.stderr)")
      #expect(outcome.stderr.contains(message))
      #expect(
        !FileManager.default.fileExists(atPath: directory.appendingPathComponent("signed.jsonl").path))
    }
  }
}
