import Foundation
import MDRCore
import Testing

@Suite struct `lookup-collector` {
  private static let window = ["--since", "2026-04-01", "--until", "2026-04-02", "--as-of", "2026-04-03"]

  private func collect(
    _ aws: FakeAWS, _ more: [String], regions: String = "us-east-1", events: String = "CreateAccessKey"
  ) throws -> Executable.Outcome {
    try Executable("lookup-collector").run(
      [
        "collect", "--regions", regions, "--events", events, "--aws", aws.program, "--calls-per-second", "50",
        "--output", aws.folder.appendingPathComponent("out").path,
      ] + Self.window + more)
  }

  private func lines(_ aws: FakeAWS, _ name: String) throws -> [JSONValue] {
    let text = try String(contentsOf: aws.folder.appendingPathComponent("out/" + name), encoding: .utf8)
    return try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  private func text(_ aws: FakeAWS, _ name: String) throws -> String {
    try String(contentsOf: aws.folder.appendingPathComponent("out/" + name), encoding: .utf8)
  }

  @Test func `reads every page, keeps the entries as returned, and writes each call down`() throws {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      let outcome = try collect(aws, [])
      #expect(outcome.exitCode == 0, "\(outcome.stderr)")
      let entries = try text(aws, "events/000000000001/us-east-1/CreateAccessKey.jsonl").split(
        separator: "\n")
      #expect(entries.count == 4)
      #expect(entries.first == #"{"EventId":"e-1","Username":"a \" b  c","CloudTrailEvent":"{\"n\": 1.50}"}"#)
      let ledger = try lines(aws, "ledger.jsonl").dropFirst()
      #expect(ledger.map { $0["page"]?.int } == [1, 2, 3])
      #expect(ledger.map { $0["returned"]?.int } == [2, 1, 1])
      #expect(ledger.map { $0["next_token"]?.bool } == [true, true, false])
      #expect(try !text(aws, "ledger.jsonl").contains("page-2"))
      let calls = try aws.calls
      #expect(!calls.isEmpty && calls.allSatisfy { $0.hasSuffix(" 1") && $0.contains("--region us-east-1") })
      let sums = try text(aws, "SHA256SUMS")
      for name in ["ledger.jsonl", "collection.json", "collection.md"] {
        #expect(sums.contains(SHA256Digest.hex(try text(aws, name)) + "  " + name))
      }
    }
  }

  @Test func `waits and asks again when throttled`() throws {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      #expect(try collect(aws, [], events: "StopLogging").exitCode == 0)
      #expect(
        try lines(aws, "ledger.jsonl").compactMap { $0["status"]?.string } == ["ok", "throttled", "ok"])
      #expect(try lines(aws, "ledger.jsonl")[1]["error_code"] == "ThrottlingException")
    }
  }

  @Test func `a region that denies or is not enabled is a caveat, asked once, and the rest is collected`()
    throws
  {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      let outcome = try collect(
        aws, [], regions: "eu-west-1,us-east-1,ap-east-1", events: "CreateAccessKey,DeleteTrail")
      #expect(outcome.exitCode == 2)
      #expect(
        outcome.stderr.contains("region eu-west-1: denied (AccessDeniedException) for all 2 event names"))
      #expect(outcome.stderr.contains("region ap-east-1: the region is not available"))
      #expect(try aws.calls.count { $0.contains("eu-west-1") } == 1)
      let queries = try JSONValue(parsing: text(aws, "collection.json"))["queries"]?.elements ?? []
      #expect(
        queries.map { $0["status"]?.string } == [
          "region_unavailable", "region_unavailable", "denied", "denied", "complete", "complete",
        ])
      #expect(try text(aws, "collection.md").contains("AccessDeniedException"))
    }
  }

  @Test func `assumes each account's role, goes on where one is refused, and never writes a credential`()
    throws
  {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      let file = directory.appendingPathComponent("accounts.csv")
      let rows = ["1", "2", "3"].map { "00000000000\($0),arn:aws:iam::00000000000\($0):role/collector" }
      try Data(("account_id,role_arn\n# comment\n" + rows.joined(separator: "\n")).utf8).write(to: file)
      let outcome = try collect(aws, ["--accounts", file.path, "--profile", "hub"])
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("account 000000000001, region us-east-1: denied (AccessDenied)"))
      #expect(outcome.stderr.contains("account 000000000003"))
      let lookups = try aws.calls.filter { $0.contains("lookup-events") }
      #expect(lookups.count == 3)
      #expect(lookups.allSatisfy { $0.contains("ASIAEXAMPLE hidden-token") && !$0.contains("--profile") })
      for (name, bytes) in try contents(of: directory.appendingPathComponent("out").path) {
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("hidden") && !text.contains("ASIAEXAMPLE"), "\(name)")
      }
    }
  }

  @Test func `takes a role on again where its credentials ran out, and goes on with the page`() throws {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      let file = directory.appendingPathComponent("accounts.csv")
      try Data("000000000005,arn:aws:iam::000000000005:role/collector".utf8).write(to: file)
      let outcome = try collect(aws, ["--accounts", file.path])
      #expect(outcome.exitCode == 0, "\(outcome.stderr)")
      #expect(try lines(aws, "events/000000000005/us-east-1/CreateAccessKey.jsonl").count == 4)
      #expect(
        try lines(aws, "ledger.jsonl").compactMap { $0["error_code"]?.string ?? $0["operation"]?.string } == [
          "GetCallerIdentity", "Throttling", "AssumeRole", "LookupEvents", "ExpiredTokenException",
          "AssumeRole",
          "LookupEvents", "LookupEvents",
        ])
    }
  }

  @Test func `where a role can't be taken on again nothing is asked with other credentials in its name`()
    throws
  {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      let file = directory.appendingPathComponent("accounts.csv")
      try Data("000000000006,arn:aws:iam::000000000006:role/collector".utf8).write(to: file)
      let outcome = try collect(
        aws, ["--accounts", file.path], events: "CreateAccessKey,DeleteTrail,StopLogging")
      #expect(outcome.exitCode == 2)
      let lookups = try aws.calls.filter { $0.contains("lookup-events") }
      #expect(lookups.count == 2)
      #expect(lookups.allSatisfy { $0.contains("ASIAEXAMPLE hidden-000000000006x") })
      let queries = try JSONValue(parsing: text(aws, "collection.json"))["queries"]?.elements ?? []
      #expect(queries.map { $0["status"]?.string } == ["denied", "denied", "denied"])
      #expect(queries.map { $0["events"]?.int } == [2, 0, 0])
    }
  }

  @Test func `a role's credentials stand alone, whatever the user's environment holds`() throws {
    try withTemporaryDirectory { directory in
      let program = directory.appendingPathComponent("aws").path
      let script = #"""
        #!/bin/bash
        case "$*" in
          *get-caller-identity*) echo '{"Account": "000000000001"}' ;;
          *assume-role*)
            echo '{"Credentials": {"AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "hidden", "SessionToken": "hidden"}}' ;;
          *) env >"$(dirname "$0")/environment"; echo '{"Events": []}' ;;
        esac
        """#
      try Data(script.utf8).write(to: URL(fileURLWithPath: program))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      let file = directory.appendingPathComponent("accounts.csv")
      try Data("000000000002,arn:aws:iam::000000000002:role/collector".utf8).write(to: file)
      let theirs = [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION",
        "AWS_ACCOUNT_ID",
      ]
      let outcome = try Executable("lookup-collector").run(
        [
          "collect", "--regions", "us-east-1", "--events", "DeleteTrail", "--aws", program, "--accounts",
          file.path, "--output", directory.appendingPathComponent("out").path,
        ] + Self.window,
        environment: Dictionary(uniqueKeysWithValues: theirs.map { ($0, "theirs") }).merging([
          "AWS_CLI_ERROR_FORMAT": "json", "PYTHONIOENCODING": "latin-1",
        ]) { $1 })
      #expect(outcome.exitCode == 0, "\(outcome.stderr)")
      let environment = try String(contentsOfFile: directory.path + "/environment", encoding: .utf8)
      #expect(!environment.contains("theirs"))
      #expect(environment.contains("AWS_CLI_ERROR_FORMAT=legacy"))
      #expect(environment.contains("PYTHONIOENCODING=utf-8"))
    }
  }

  @Test func `a limit on calls is a caveat, and what came before it is kept`() throws {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      let outcome = try collect(aws, ["--max-calls", "2"])
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("capped by --max-calls"))
      #expect(try lines(aws, "events/000000000001/us-east-1/CreateAccessKey.jsonl").count == 3)
    }
  }

  @Test func `without credentials ends with 69 and says how to sign in`() throws {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      let outcome = try collect(aws, ["--profile", "signed-out"])
      #expect(outcome.exitCode == 69)
      #expect(outcome.stderr.contains("aws sso login --profile signed-out"))
      #expect(try collect(aws, []).exitCode == 0)
    }
  }

  @Test func `an answer to nothing at all ends with 69, an unreadable one is a failed query`() throws {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      #expect(try collect(aws, [], regions: "eu-west-1").exitCode == 69)
    }
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      #expect(try collect(aws, [], events: "Broken,DeleteTrail").exitCode == 2)
      #expect(try lines(aws, "ledger.jsonl")[1]["error_code"] == "UnreadableAnswer")
    }
  }

  @Test func `gives the same bytes again, elsewhere, without times unless asked`() throws {
    let runs = try [[], [], ["--with-times"]].map { more in
      try withTemporaryDirectory { directory in
        let aws = try FakeAWS(in: directory)
        _ = try collect(aws, more)
        return try contents(of: directory.appendingPathComponent("out").path)
      }
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0]["ledger.jsonl"] != runs[2]["ledger.jsonl"])
  }

  @Test func `a window that reaches back too far is a caveat`() throws {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      let outcome = try Executable("lookup-collector").run([
        "collect", "--regions", "us-east-1", "--events", "DeleteTrail", "--aws", aws.program, "--since",
        "2026-01-01", "--until", "2026-04-01", "--as-of", "2026-04-02", "--output",
        directory.appendingPathComponent("out").path,
      ])
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("nothing before 2026-01-02"))
    }
  }

  @Test(
    arguments: [
      (["--regions", "../x"], 64), (["--events", "a b"], 64), (["--events", "A;rm"], 64),
      (["--accounts", "/nonexistent"], 66), (["--aws", "/nonexistent/aws"], 69),
      (["--since", "2026-04-09"], 64),
    ] as [([String], Int32)])
  func `wrong lines end with the documented codes`(arguments: [String], code: Int32) throws {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      var line = [
        "--regions": "us-east-1", "--events": "DeleteTrail", "--aws": aws.program, "--since": "2026-04-01",
        "--until": "2026-04-02", "--output": directory.appendingPathComponent("out").path,
      ]
      line[arguments[0]] = arguments[1]
      let outcome = try Executable("lookup-collector").run(
        ["collect"] + line.keys.sorted().flatMap { [$0, line[$0] ?? ""] })
      #expect(outcome.exitCode == code, "\(outcome.stderr)")
      #expect(!FileManager.default.fileExists(atPath: directory.appendingPathComponent("calls.log").path))
    }
  }

  @Test func `a page that leads back to an earlier one ends the query as failed, not as complete`() throws {
    try withTemporaryDirectory { directory in
      let aws = directory.path + "/aws"
      let script = """
        #!/bin/bash
        case "$*" in
          *get-caller-identity*) echo '{"Account":"000000000001"}' ;;
          *) echo '{"Events":[{"EventId":"e","CloudTrailEvent":"{}"}],"NextToken":"again"}' ;;
        esac
        """
      try Data(script.utf8).write(to: URL(fileURLWithPath: aws))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: aws)
      let outcome = try Executable("lookup-collector").run([
        "collect", "--regions", "us-east-1", "--events", "DeleteTrail", "--since", "2026-04-01", "--until",
        "2026-04-02", "--aws", aws, "--calls-per-second", "50", "--output", directory.path + "/out",
      ])
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("failed (RepeatedToken) for DeleteTrail"), "\(outcome.stderr)")
      #expect(outcome.stdout.contains("2 events in 2 calls; 0 of 1 query"), "\(outcome.stdout)")
    }
  }

  @Test func `an earlier collection is never overwritten`() throws {
    try withTemporaryDirectory { directory in
      let aws = try FakeAWS(in: directory)
      _ = try collect(aws, [])
      let before = try contents(of: directory.appendingPathComponent("out").path)
      #expect(try collect(aws, [], events: "DeleteTrail").exitCode == 73)
      #expect(try contents(of: directory.appendingPathComponent("out").path) == before)
    }
  }

  @Test(arguments: ["collect --events DeleteTrail --since 2026-04-01 --until 2026-04-02", "inventory"])
  func `before the first answer nothing is left but the folder that was there`(line: String) throws {
    try withTemporaryDirectory { directory in
      let aws = directory.path + "/aws"
      try Data("#!/bin/sh\necho 'Unable to locate credentials.' >&2\nexit 253\n".utf8)
        .write(to: URL(fileURLWithPath: aws))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: aws)
      let empty = directory.path + "/empty"
      try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
      for output in [empty, directory.path + "/missing/out"] {
        let words = line.split(separator: " ").map(String.init)
        let outcome = try Executable("lookup-collector").run(
          words + ["--regions", "us-east-1", "--aws", aws, "--output", output])
        #expect(outcome.exitCode == 69, "\(outcome.stderr)")
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == ["aws", "empty"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: empty).isEmpty)
    }
  }
}
